package io.interlock.core.attach;

import io.interlock.core.error.SegmentAccessException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock under which files of a directory are made, replaced and removed: one hidden, empty file for each directory,
 * locked by the kernel, so that a creator's death frees it. It is never removed: removing a lock file is a race.
 */
final class BirthLock implements AutoCloseable {

    private static final String FILE = ".interlock.lock";
    private static final long TIMEOUT_NANOS = 30_000_000_000L;
    private static final long POLL_NANOS = 500_000;

    private final FileChannel channel;

    private BirthLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory. Callers hold the monitor of {@link Attachments}, so this process asks only once.
     *
     * @throws SegmentAccessException if the directory cannot be written, or somebody has held the lock for 30 s
     */
    static BirthLock of(Path directory) {
        Path file = directory.resolve(FILE);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            await(channel, file);
            return new BirthLock(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new SegmentAccessException("cannot make files in " + directory + ": " + reason(directory, e), e);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static void await(FileChannel channel, Path file) throws IOException {
        long begin = System.nanoTime();
        FileLock lock = channel.tryLock();
        while (lock == null) {
            if (System.nanoTime() - begin > TIMEOUT_NANOS) {
                throw new SegmentAccessException(
                        file + " has been locked for 30 seconds by another process; is that process stopped?");
            }
            LockSupport.parkNanos(POLL_NANOS);
            lock = channel.tryLock();
        }
    }

    private static String reason(Path directory, IOException e) {
        if (!Files.isDirectory(directory)) {
            return "there is no such directory";
        }
        return Files.isWritable(directory) ? e.getMessage() : "it is not writable for this user";
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing was written; the first failure is the one to tell.
                assert channel.isOpen() || e != null;
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
