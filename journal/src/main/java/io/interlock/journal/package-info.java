/**
 * The durable queue: messages that outlive all processes and a restart, and can be read again.
 *
 * <p>The words:
 * <dl>
 * <dt>journal</dt><dd>a directory of files with messages, and a segment in which its processes meet</dd>
 * <dt>index</dt><dd>number of a message: 0, 1, 2 and so on, each given once</dd>
 * <dt>excerpt</dt><dd>what is appended in one write: a message, or a batch of them; Chronicle's word</dd>
 * <dt>tailer</dt><dd>who reads a journal, at a position of its own; Chronicle's word</dd>
 * <dt>roll</dt><dd>the beginning of a new file</dd>
 * </dl>
 *
 * <p>Start with {@link io.interlock.journal.IpcJournal}; how processes meet and what a death leaves stands in {@code
 * SharedJournal}, and what is known of Chronicle Queue in the package {@code store}, which alone uses it.
 */
package io.interlock.journal;
