package io.interlock.core.platform;

import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A segment file through the JDK alone: no futex, and no way to cut a mapping off before the process ends. */
final class JdkMappedFile implements MappedFile {

    private final Path path;
    private final FileChannel channel;
    private final Object key;

    private JdkMappedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.key = FileKeys.of(path);
    }

    static JdkMappedFile open(Path path) {
        try {
            return new JdkMappedFile(
                    path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (NoSuchFileException e) {
            throw new SegmentNotFoundException("no segment at " + path);
        } catch (AccessDeniedException e) {
            throw new SegmentAccessException("no permission to read and write " + path
                    + "; it needs both, for this user", e);
        } catch (IOException e) {
            throw new SegmentAccessException("cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    static ByteBuffer head(FileChannel channel, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        int read = 0;
        while (head.hasRemaining() && read >= 0) {
            read = channel.read(head, head.position());
        }
        return head.flip();
    }

    @Override
    public Object key() {
        return key;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long length() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new SegmentAccessException("cannot tell the size of " + path, e);
        }
    }

    @Override
    public ByteBuffer head(int length) {
        try {
            return head(channel, length);
        } catch (IOException e) {
            throw new SegmentAccessException("cannot read " + path, e);
        }
    }

    /** Writes zeros over the whole length: what the JDK has instead of {@code posix_fallocate}. */
    @Override
    public void reserve(long length) {
        ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
        try {
            for (long done = 0; done < length;) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), length - done));
                done += channel.write(zeros, done);
            }
        } catch (IOException e) {
            throw NoSpace.of(path, length);
        }
    }

    @Override
    public ByteBuffer map(int length) {
        try {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, length).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new SegmentAccessException("cannot map " + length + " bytes of " + path, e);
        }
    }

    @Override
    public void populate() {
        // reserve() has written every page already.
    }

    @Override
    public LockBytes lockBytes() {
        return new FileLockBytes(channel);
    }

    @Override
    public Futex futex(Mem mem) {
        return new BackoffFutex(mem);
    }

    @Override
    public void settle(int slot) {
        // The process's own file locks cannot be asked for from inside; tryLock has already succeeded.
    }

    @Override
    public boolean detach(int slot) {
        return false;
    }

    @Override
    public void abandon() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new SegmentAccessException("cannot close " + path, e);
        }
    }
}
