package io.interlock.core.platform;

import com.sun.jna.Memory;

/** Lock bytes by Linux "open file description" locks: bound to the description, not to the process. */
final class OfdLockBytes implements LockBytes {

    private final int lockFd;
    private int queryFd;

    /**
     * Makes them.
     *
     * @param lockFd  descriptor of the description that shall own the locks
     * @param queryFd descriptor of another description of the same file, for questions
     */
    OfdLockBytes(int lockFd, int queryFd) {
        this.lockFd = lockFd;
        this.queryFd = queryFd;
    }

    @Override
    public boolean tryLock(int slot) {
        return set(lockFd, Libc.F_WRLCK, FIRST + slot);
    }

    @Override
    public boolean isLocked(int slot) {
        return isLocked(FIRST + slot, 1);
    }

    @Override
    public boolean anyLocked(int from, int to) {
        return from < to && isLocked(FIRST + from, to - from);
    }

    /** Under the monitor, so that no question ever goes to a descriptor that was closed and given to another file. */
    synchronized boolean isLocked(long start, long length) {
        return queryFd < 0 || isLocked(queryFd, start, length);
    }

    /** Closes the descriptor for questions; whoever asks later is told "locked". */
    synchronized void close() {
        if (queryFd >= 0) {
            Libc.Calls.close(queryFd);
            queryFd = -1;
        }
    }

    static boolean set(int fd, short type, long start) {
        return Libc.Calls.fcntl(fd, Libc.F_OFD_SETLK, range(type, start, 1)) == 0;
    }

    private static boolean isLocked(int fd, long start, long length) {
        Memory range = range(Libc.F_WRLCK, start, length);
        int result = Libc.Calls.fcntl(fd, Libc.F_OFD_GETLK, range);
        return result != 0 || range.getShort(0) != Libc.F_UNLCK;
    }

    /** A {@code struct flock}: type, whence, start, length, pid. */
    private static Memory range(short type, long start, long length) {
        Memory range = new Memory(32);
        range.clear();
        range.setShort(0, type);
        range.setLong(8, start);
        range.setLong(16, length);
        return range;
    }
}
