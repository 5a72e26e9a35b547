/**
 * How a process comes to a segment and leaves it: names and directories, birth, the header's checks, the participants
 * table, cleaning up after the dead. Start with {@link io.interlock.core.attach.Attachments}.
 */
package io.interlock.core.attach;
