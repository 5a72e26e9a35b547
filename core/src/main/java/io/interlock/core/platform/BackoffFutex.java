package io.interlock.core.platform;

import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import java.util.concurrent.locks.LockSupport;

/**
 * Sleeping without help of the kernel: looks at the word again and again, with pauses that grow from 50 microseconds to
 * 2 milliseconds. For platforms without futexes, and for processes that may not load native code.
 */
public final class BackoffFutex implements Futex {

    private static final long SHORTEST_NANOS = 50_000;
    private static final long LONGEST_NANOS = 2_000_000;

    private final Mem mem;

    /**
     * Makes one.
     *
     * @param mem the words to look at
     */
    public BackoffFutex(Mem mem) {
        this.mem = mem;
    }

    @Override
    public Wake await(int offset, int expected, long nanos, ThreadRecord thread, boolean interruptible) {
        long deadline = System.nanoTime() + nanos;
        long pause = SHORTEST_NANOS;
        boolean interrupted = false;
        try {
            while (true) {
                if (mem.getIntVolatile(offset) != expected) {
                    return Wake.CHANGED;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return Wake.TIMED_OUT;
                }
                if (interruptible && Thread.currentThread().isInterrupted()) {
                    return Wake.INTERRUPTED;
                }
                interrupted |= !interruptible && Thread.interrupted();
                LockSupport.parkNanos(this, Math.min(pause, left));
                if (thread.parkedOffset() != offset) {
                    return Wake.INTERRUPTED;
                }
                pause = Math.min(2 * pause, LONGEST_NANOS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Wakes nobody: sleepers see the changed word at their next look. */
    @Override
    public int wake(int offset, int count) {
        return 0;
    }

    @Override
    public void disturb(ThreadRecord thread) {
        thread.unparked();
        LockSupport.unpark(thread.thread);
    }

    @Override
    public boolean barrier() {
        return false;
    }

    @Override
    public boolean reachesOthers() {
        return false;
    }
}
