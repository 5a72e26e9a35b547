package io.interlock.core.platform;

import com.sun.jna.Memory;

/** Lock bytes by Linux "open file description" locks: bound to the description, not to the process. */
final class OfdLockBytes implements LockBytes {

    private final int lockFd;
    private final int queryFd;

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
        return isLocked(queryFd, FIRST + slot, 1);
    }

    @Override
    public boolean anyLocked(int from, int to) {
        return from < to && isLocked(queryFd, FIRST + from, to - from);
    }

    static boolean set(int fd, short type, long start) {
        return Libc.Calls.fcntl(fd, Libc.F_OFD_SETLK, range(type, start, 1)) == 0;
    }

    static boolean isLocked(int fd, long start, long length) {
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
