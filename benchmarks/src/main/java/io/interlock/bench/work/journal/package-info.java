/**
 * The durable queue, and Chronicle Queue used directly, on which it stands. {@link
 * io.interlock.bench.work.journal.JournalRows} says what is compared; a {@code Log} is how a peer appends and reads.
 */
package io.interlock.bench.work.journal;
