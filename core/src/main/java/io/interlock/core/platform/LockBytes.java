package io.interlock.core.platform;

/**
 * One lock byte for each participant slot, far behind the end of the segment file. The kernel drops a byte's lock when
 * the process that took it is gone, however it went; it never looks at process ids, so it is right across containers.
 */
public interface LockBytes {

    /** Takes the byte of a slot, without waiting; false if another attachment holds it. */
    boolean tryLock(int slot);

    /** Whether any attachment, this one included, holds the byte of the slot; true when in doubt. */
    boolean isLocked(int slot);

    /** Whether anybody holds a byte among slots {@code from} (inclusive) to {@code to} (exclusive). */
    boolean anyLocked(int from, int to);

    /** Where the lock bytes begin. */
    long FIRST = (1L << 62) + 1;

    /** Where the bytes of the attach-time self test begin; one for each slot. */
    long PROBES = (1L << 62) + 8192;
}
