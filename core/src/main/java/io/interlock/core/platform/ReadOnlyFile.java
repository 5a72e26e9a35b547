package io.interlock.core.platform;

import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.port.Mem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A segment file for an onlooker: mapped read-only, its lock bytes asked but never taken. */
public final class ReadOnlyFile implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private final LockBytes lockBytes;

    private ReadOnlyFile(Path path, FileChannel channel, LockBytes lockBytes) {
        this.path = path;
        this.channel = channel;
        this.lockBytes = lockBytes;
    }

    /** Opens a file to which this process is not attached. */
    public static ReadOnlyFile open(Path path) {
        if (Files.isDirectory(path)) {
            throw new SegmentAccessException(path + " is a directory, expected a segment file");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new SegmentAccessException(path + " is not a regular file, expected a segment file");
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            LockBytes lockBytes = Platform.hasNativeCalls()
                    ? new OfdLockBytes(-1, Libc.Calls.open(path.toString(), Libc.O_CLOEXEC, 0)) : new FileLockBytes(
                            channel);
            return new ReadOnlyFile(path, channel, lockBytes);
        } catch (NoSuchFileException e) {
            throw new SegmentNotFoundException("no segment at " + path);
        } catch (AccessDeniedException e) {
            throw new SegmentAccessException("no permission to read " + path, e);
        } catch (IOException e) {
            throw new SegmentAccessException("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    /** The first bytes, at most {@code length}. */
    public ByteBuffer head(int length) {
        try {
            return JdkMappedFile.head(channel, length);
        } catch (IOException e) {
            throw new SegmentAccessException("cannot read " + path, e);
        }
    }

    /** Present length in bytes. */
    public long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new SegmentAccessException("cannot tell the size of " + path, e);
        }
    }

    /** A mapping of the file that refuses writes. Through the JDK's handles, which check for that. */
    public Mem map() {
        long length = Math.min(length(), Integer.MAX_VALUE);
        try {
            return new VarHandleMem(channel.map(FileChannel.MapMode.READ_ONLY, 0, length));
        } catch (IOException e) {
            throw new SegmentFormatException("cannot map " + path + ": " + e.getMessage());
        }
    }

    /** The lock bytes, to ask only. */
    public LockBytes lockBytes() {
        return lockBytes;
    }

    @Override
    public void close() {
        if (lockBytes instanceof OfdLockBytes ofd) {
            ofd.close();
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new SegmentAccessException("cannot close " + path, e);
        }
    }
}
