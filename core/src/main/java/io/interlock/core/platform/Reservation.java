package io.interlock.core.platform;

import io.interlock.core.error.SegmentAccessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Room for a part of a file that somebody writes through a mapping: a page without room kills him with SIGBUS. */
public final class Reservation {

    private static final String ADVICE = "make room there, and try again";
    private static final int CHUNK_BYTES = 1 << 16;

    private Reservation() {
    }

    /**
     * Reserves room for a part of an existing file in which nothing has been written yet: it reads as zeros before and
     * after. The file becomes longer if it ends before that part does.
     *
     * @throws io.interlock.core.error.NoSpaceException if the file system has less
     * @throws SegmentAccessException                   if the file cannot be opened
     */
    public static void reserve(Path file, long offset, long lengthBytes) {
        if (Platform.hasNativeCalls()) {
            allocate(file, offset, lengthBytes);
        } else {
            writeZeros(file, offset, lengthBytes);
        }
    }

    private static void allocate(Path file, long offset, long lengthBytes) {
        int fd = Libc.Calls.open(file.toString(), Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        if (fd < 0) {
            throw new SegmentAccessException("cannot open " + file + ": " + Libc.strerror(Libc.errno()));
        }
        int error;
        try {
            do {
                error = Libc.Calls.posix_fallocate(fd, offset, lengthBytes);
            } while (error == Libc.EINTR);
        } finally {
            Libc.Calls.close(fd);
        }
        if (error == Libc.ENOSPC) {
            throw NoSpace.of(file, lengthBytes, ADVICE);
        }
        if (error != 0) {
            throw new SegmentAccessException("cannot reserve " + lengthBytes + " bytes for " + file + ": "
                    + Libc.strerror(error));
        }
    }

    /** What the JDK has instead. An interrupt closes the channel: then it is done again. */
    private static void writeZeros(Path file, long offset, long lengthBytes) {
        boolean interrupted = false;
        try {
            while (!tryToWriteZeros(file, offset, lengthBytes)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False if an interrupt came before or meanwhile. */
    private static boolean tryToWriteZeros(Path file, long offset, long lengthBytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writeZeros(file, channel, offset, lengthBytes);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        } catch (IOException e) {
            throw new SegmentAccessException("cannot open " + file + ": " + e, e);
        }
    }

    private static void writeZeros(Path file, FileChannel channel, long offset, long lengthBytes)
            throws ClosedByInterruptException {
        ByteBuffer zeros = ByteBuffer.allocate(CHUNK_BYTES);
        try {
            for (long done = 0; done < lengthBytes;) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), lengthBytes - done));
                done += channel.write(zeros, offset + done);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw NoSpace.of(file, lengthBytes, ADVICE);
        }
    }
}
