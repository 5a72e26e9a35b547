package io.interlock.stress.kill;

import io.interlock.stress.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.concurrent.locks.LockSupport;

/** Whether a thread sleeps on a futex, as the kernel tells it. */
final class Asleep {

    private static final char SLEEPING = 'S';
    private static final long LOOK_NANOS = 200_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** The number of the system call on x86-64, and on aarch64. */
    private static final Set<String> FUTEX = Set.of("202", "98");

    private Asleep() {
    }

    /**
     * Waits until a thread sleeps.
     *
     * @param done whether it has no more reason to: it may have ended
     */
    static void await(long pid, String thread, BooleanSupplier done) throws IOException {
        Path task = Proc.of(pid, thread);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!done.getAsBoolean() && !sleeps(task)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("thread " + thread + " of process " + pid + " does not go to sleep");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** In two looks, where the kernel does not tell the system call. */
    private static boolean sleeps(Path task) throws IOException {
        try {
            return Proc.state(task) == SLEEPING && isInFutex(task);
        } catch (NoSuchFileException e) {
            return false; // it has ended
        }
    }

    private static boolean isInFutex(Path task) throws IOException {
        try {
            return FUTEX.contains(Files.readString(task.resolve("syscall")).split(" ")[0]);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            LockSupport.parkNanos(LOOK_NANOS);
            return Proc.state(task) == SLEEPING;
        }
    }
}
