package io.interlock.core.platform;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The calls of the C library that the JDK does not offer, for Linux. Nothing outside this package knows JNA.
 *
 * <p>Loading may fail in many ways (denied native access, a temporary directory without execute permission, a foreign
 * platform); {@link #available()} turns every one of them into {@code false} and keeps the reason.
 */
final class Libc {

    static final int O_RDWR = 2;
    static final int O_CLOEXEC = 0x80000;
    static final int PROT_READ_WRITE = 3;
    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE_FIXED_ANONYMOUS_NORESERVE = 0x02 | 0x10 | 0x20 | 0x4000;
    static final int MADV_DONTFORK = 10;
    static final int MADV_POPULATE_WRITE = 23;
    static final int F_OFD_GETLK = 36;
    static final int F_OFD_SETLK = 37;
    static final short F_RDLCK = 0;
    static final short F_WRLCK = 1;
    static final short F_UNLCK = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENOSPC = 28;
    static final int ETIMEDOUT = 110;
    static final int CLOCK_MONOTONIC = 1;

    private static final Throwable UNAVAILABLE = load();

    private Libc() {
    }

    static boolean available() {
        return UNAVAILABLE == null;
    }

    /** Why {@link #available()} is false, or null. */
    static Throwable unavailableBecause() {
        return UNAVAILABLE;
    }

    private static Throwable load() {
        String os = System.getProperty("os.name", "");
        if (!os.equals("Linux")) {
            return new UnsupportedOperationException("futexes and OFD locks need Linux, this is " + os);
        }
        if (syscallNumbers() == null) {
            return new UnsupportedOperationException("no system call numbers for " + System.getProperty("os.arch"));
        }
        try {
            Calls.bind();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** Numbers of futex and membarrier on this processor, or null where they are not known. */
    static long[] syscallNumbers() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> new long[]{202, 324};
            case "aarch64", "riscv64" -> new long[]{98, 283};
            default -> null;
        };
    }

    static String strerror(int errno) {
        return switch (errno) {
            case EACCES -> "permission denied";
            case ENOSPC -> "no space left on device";
            default -> "error " + errno;
        };
    }

    static int errno() {
        return Native.getLastError();
    }

    /** The bound functions: a class of its own, so that a failure to bind stays inside {@link #load()}. */
    static final class Calls {

        private Calls() {
        }

        static void bind() {
            Native.register(Calls.class, "c");
        }

        static native int open(String path, int flags, int mode);

        static native int close(int fd);

        static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

        static native int munmap(long address, long length);

        static native int madvise(long address, long length, int advice);

        static native int posix_fallocate(int fd, long offset, long length);

        static native int fcntl(int fd, int command, Pointer lock);

        static native int clock_gettime(int clock, Pointer time);

        static native long syscall(long number, long a, long b, long c, long d, long e, long f);
    }
}
