/**
 * The ring under {@link io.interlock.memory.IpcQueue} and {@link io.interlock.memory.IpcPipe}: bytes in, bytes out, no
 * codec. Not for users of the library.
 *
 * <dl>
 * <dt>unit</dt><dd>8 bytes; records are whole units</dd>
 * <dt>record</dt><dd>a header and its payload ({@link io.interlock.memory.ring.RecordHeader})</dd>
 * <dt>message</dt><dd>a record that somebody put and nobody took</dd>
 * <dt>head, tail</dt><dd>before the oldest, behind the newest message ({@link io.interlock.memory.ring.RingWord})</dd>
 * <dt>side</dt><dd>producers or consumers, with a lock for each</dd>
 * <dt>operation, hold, role</dt><dd>what a side's lock is held for: an instant, a claim or handler, exclusive use</dd>
 * </dl>
 *
 * <p>Start with {@link io.interlock.memory.ring.Ring}, then {@link io.interlock.memory.ring.Producers}.
 */
package io.interlock.memory.ring;
