package io.interlock.core.attach;

import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.platform.Platform;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock under which files of a directory are made, replaced and removed: one hidden, empty file for each directory,
 * locked by the kernel, so that a creator's death frees it. It is never removed: removing a lock file is a race.
 */
final class BirthLock implements AutoCloseable {

    private static final String FILE = ".interlock.lock";
    /** How long a creator waits for another one. */
    static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long POLL_NANOS = 500_000;

    private final FileChannel channel;

    private BirthLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory. Callers hold the monitor of {@link Attachments}, so this process asks only once,
     * and have put the thread's interrupt status aside.
     *
     * @throws SegmentAccessException if the directory cannot be written, or somebody holds the lock for longer than
     * that
     */
    static BirthLock of(Path directory) {
        return of(directory, PATIENCE_NANOS);
    }

    /** The same with another patience. */
    static BirthLock of(Path directory, long patienceNanos) {
        Path file = directory.resolve(FILE);
        FileChannel channel = null;
        try {
            channel = open(file);
            await(channel, file, patienceNanos);
            return new BirthLock(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new SegmentAccessException("cannot make files in " + directory + ": " + reason(directory, e), e);
        } catch (RuntimeException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /** Whoever may write the directory may take its lock, whatever the umask of the one who made the file. */
    private static FileChannel open(Path file) throws IOException {
        try {
            // Without CREATE: in a sticky directory the kernel may refuse that for a file of another user.
            return FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return make(file);
        }
    }

    private static FileChannel make(Path file) throws IOException {
        boolean fresh = !Files.exists(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (fresh) {
            try {
                Set<PosixFilePermission> mode = new HashSet<>(Files.getPosixFilePermissions(file.getParent()));
                mode.removeAll(PosixFilePermissions.fromString("--x--x--x"));
                Files.setPosixFilePermissions(file, mode);
            } catch (IOException | UnsupportedOperationException e) {
                Platform.LOG.log(System.Logger.Level.DEBUG, "mode of " + file + " not set", e);
            }
        }
        return channel;
    }

    private static void await(FileChannel channel, Path file, long patienceNanos) throws IOException {
        long begin = System.nanoTime();
        FileLock lock = channel.tryLock();
        while (lock == null) {
            if (System.nanoTime() - begin > patienceNanos) {
                throw new SegmentAccessException(
                        file + " has been locked for " + patienceNanos / 1_000_000
                                + " ms by another process; is that process stopped?");
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
                // Nothing was written, and a first failure is the one to tell.
                Platform.LOG.log(System.Logger.Level.DEBUG, "lock file not closed", e);
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
