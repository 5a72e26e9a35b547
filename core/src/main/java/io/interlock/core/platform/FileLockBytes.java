package io.interlock.core.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lock bytes by {@link FileLock}, for processes without JNA. The kernel shows them to the queries of
 * {@link OfdLockBytes} and the other way round. They belong to the process, and POSIX drops all of them when the
 * process closes <em>any</em> descriptor of the file: so the channel is never closed, and the file is never opened
 * twice.
 */
final class FileLockBytes implements LockBytes {

    private final FileChannel channel;
    /** Keeps the locks reachable; they end with the process. */
    private final Set<FileLock> held = ConcurrentHashMap.newKeySet();

    FileLockBytes(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public boolean tryLock(int slot) {
        FileLock lock = tryLock(FIRST + slot, 1, false);
        if (lock == null) {
            return false;
        }
        return held.add(lock);
    }

    @Override
    public boolean isLocked(int slot) {
        return anyLocked(slot, slot + 1);
    }

    @Override
    public boolean anyLocked(int from, int to) {
        if (from >= to) {
            return false;
        }
        FileLock lock = tryLock(FIRST + from, to - from, true);
        release(lock);
        return lock == null;
    }

    private FileLock tryLock(long start, long length, boolean shared) {
        try {
            return channel.tryLock(start, length, shared);
        } catch (OverlappingFileLockException | IOException e) {
            return null;
        }
    }

    private static void release(FileLock lock) {
        if (lock != null) {
            try {
                lock.release();
            } catch (IOException e) {
                // The byte then stays locked until this process ends: the safe side.
                Platform.LOG.log(System.Logger.Level.DEBUG, "lock byte not released", e);
            }
        }
    }
}
