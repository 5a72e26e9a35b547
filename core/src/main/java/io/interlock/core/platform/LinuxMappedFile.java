package io.interlock.core.platform;

import com.sun.jna.Pointer;
import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.error.SegmentNotFoundException;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A segment file through the C library, on Linux. */
final class LinuxMappedFile implements MappedFile {

    /* Design.
     *
     * The lock byte is taken on the description that is mapped. On tmpfs and ext4 a mapping keeps that description, and
     * with it the lock, after its descriptor is closed: "locked" then means exactly "somebody may still touch the
     * mapping", and a child that was forked without exec does not inherit it (MADV_DONTFORK). On overlayfs the mapping
     * holds another file, so there the descriptor stays open until the mapping is cut off. settle() finds out which.
     *
     * detach() replaces the mapping by private zero pages at the same address, in one system call: threads that are in
     * the middle of an access read zeros or write into the void, and no access can fault. The range itself is unmapped
     * when no buffer over it is reachable.
     */

    private static final Cleaner CLEANER = Cleaner.create();

    private final Path path;
    private final Path self;
    private final Object key;
    private final OfdLockBytes lockBytes;
    private int fd;
    private long address;
    private int length;
    private ByteBuffer bytes;
    private Cleaner.Cleanable release;

    private LinuxMappedFile(Path path, int fd) {
        this.path = path;
        this.fd = fd;
        Path byDescriptor = Path.of("/proc/self/fd/" + fd);
        this.self = Files.exists(byDescriptor) ? byDescriptor : path;
        this.key = FileKeys.of(self);
        int queryFd = Libc.Calls.open(self.toString(), Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        this.lockBytes = new OfdLockBytes(fd, queryFd);
        if (queryFd < 0 || key == null) {
            int errno = Libc.errno();
            Libc.Calls.close(fd);
            lockBytes.close();
            throw new SegmentAccessException("cannot open " + path + " a second time: " + Libc.strerror(errno));
        }
    }

    static LinuxMappedFile open(Path path) {
        int fd = Libc.Calls.open(path.toString(), Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        if (fd < 0) {
            throw refusal(path, Libc.errno());
        }
        return new LinuxMappedFile(path, fd);
    }

    private static SegmentAccessException refusal(Path path, int errno) {
        return switch (errno) {
            case 2, 20 -> new SegmentNotFoundException("no segment at " + path);
            case Libc.EACCES, 1 -> new SegmentAccessException("no permission to read and write " + path
                    + "; it needs both, for this user");
            case 30 -> new SegmentAccessException(path + " is on a read-only file system; a segment must be writable");
            case 21 -> new SegmentAccessException(path + " is a directory, expected a segment file");
            default -> new SegmentAccessException("cannot open " + path + ": " + Libc.strerror(errno));
        };
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
            return Files.size(self);
        } catch (IOException e) {
            throw new SegmentAccessException("cannot tell the size of " + path, e);
        }
    }

    @Override
    public ByteBuffer head(int length) {
        try (FileInputStream in = new FileInputStream(self.toFile())) { // not a channel: interrupts close those
            return ByteBuffer.wrap(in.readNBytes(length)).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new SegmentAccessException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void reserve(long length) {
        int error;
        do {
            error = Libc.Calls.posix_fallocate(fd, 0, length);
        } while (error == Libc.EINTR);
        if (error == Libc.ENOSPC) {
            throw NoSpace.of(path, length);
        }
        if (error != 0) {
            throw new SegmentAccessException("cannot reserve " + length + " bytes for " + path + ": "
                    + Libc.strerror(error));
        }
    }

    @Override
    public ByteBuffer map(int length) {
        long mapped = Libc.Calls.mmap(0, length, Libc.PROT_READ_WRITE, Libc.MAP_SHARED, fd, 0);
        if (mapped == -1) {
            throw new SegmentAccessException("cannot map " + length + " bytes of " + path + ": "
                    + Libc.strerror(Libc.errno()));
        }
        Libc.Calls.madvise(mapped, length, Libc.MADV_DONTFORK);
        this.address = mapped;
        this.length = length;
        this.bytes = new Pointer(mapped).getByteBuffer(0, length).order(ByteOrder.nativeOrder());
        this.release = CLEANER.register(bytes, new Release(mapped, length));
        return bytes;
    }

    @Override
    public void populate() {
        Libc.Calls.madvise(address, length, Libc.MADV_POPULATE_WRITE); // kernels before 5.14 refuse: as good
    }

    @Override
    public LockBytes lockBytes() {
        return lockBytes;
    }

    @Override
    public Futex futex(Mem mem) {
        return new LinuxFutex(bytes, address);
    }

    @Override
    public void settle(int slot) {
        if (!lockBytes.isLocked(slot)) {
            throw new SegmentAccessException("the file system of " + path
                    + " does not keep byte locks; put the segment on a local one, tmpfs best");
        }
        if (!isOverlay() && mappingKeepsLock(LockBytes.PROBES + slot)) {
            Libc.Calls.close(fd);
            fd = -1;
        }
    }

    /**
     * Asked by name, too: a child that is just being started may hold a copy of the probe's descriptor for a
     * moment.
     */
    private boolean isOverlay() {
        try {
            return Files.getFileStore(self).type().equals("overlay");
        } catch (IOException e) {
            return true;
        }
    }

    private boolean mappingKeepsLock(long probe) {
        int probeFd = Libc.Calls.open(self.toString(), Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        if (probeFd < 0) {
            return false;
        }
        long page = Libc.Calls.mmap(0, 4096, Libc.PROT_READ_WRITE, Libc.MAP_SHARED, probeFd, 0);
        boolean locked = OfdLockBytes.set(probeFd, Libc.F_WRLCK, probe);
        Libc.Calls.close(probeFd);
        if (page == -1) {
            return false;
        }
        boolean kept = locked && lockBytes.isLocked(probe, 1);
        Libc.Calls.munmap(page, 4096);
        return kept;
    }

    @Override
    public boolean detach(int slot) {
        long replaced = Libc.Calls.mmap(
                address, length, Libc.PROT_READ_WRITE, Libc.MAP_PRIVATE_FIXED_ANONYMOUS_NORESERVE, -1, 0);
        if (replaced != address) {
            return false;
        }
        closeDescriptors();
        return true;
    }

    @Override
    public void abandon() {
        closeDescriptors();
        if (release != null) {
            release.clean();
        }
    }

    private void closeDescriptors() {
        if (fd >= 0) {
            Libc.Calls.close(fd);
            fd = -1;
        }
        lockBytes.close();
    }

    /** Runs when no buffer over the range is reachable any more. */
    private record Release(long address, long length) implements Runnable {

        @Override
        public void run() {
            Libc.Calls.munmap(address, length);
        }
    }
}
