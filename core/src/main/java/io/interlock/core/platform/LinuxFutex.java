package io.interlock.core.platform;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.interlock.core.port.Futex;
import io.interlock.core.port.ThreadRecord;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Sleeping on Linux futexes. The kernel knows a futex in a shared mapping by (inode, page, offset), so processes that
 * map the file at different addresses, or live in different PID namespaces, meet.
 */
public final class LinuxFutex implements Futex {

    /* Design.
     *
     * Wait is FUTEX_WAIT_BITSET with an absolute CLOCK_MONOTONIC deadline, wake is FUTEX_WAKE; the private flag is off.
     * Each thread waits with the bit of its number, so that an interrupt or a close can wake it almost alone.
     *
     * An interrupt reaches a sleeping platform thread through InterruptHook. The wake-up that it sends is lost when it
     * comes between the hook's begin() and the kernel's queueing; the bounded slices of every caller are the backstop.
     *
     * A virtual thread must not sleep in native code (it would take its carrier along), so a daemon platform thread
     * waits in its place while the virtual one is parked. If the virtual thread is interrupted or disturbed it wakes
     * its deputy and takes the deputy's result, never its own: a wake-up that the deputy has consumed is never lost.
     */

    private static final int WAKE = 1;
    private static final int WAIT_BITSET = 9;
    private static final int WAKE_BITSET = 10;
    private static final int MATCH_ANY = -1;
    private static final int MEMBARRIER_GLOBAL_EXPEDITED = 2;
    private static final int MEMBARRIER_REGISTER_GLOBAL_EXPEDITED = 4;

    private static final long[] NUMBERS = Libc.syscallNumbers();
    private static final boolean BARRIER = registerForBarrier();
    /** What {@code System.nanoTime()} lacks to be CLOCK_MONOTONIC; 0 on HotSpot. */
    private static final long CLOCK_DIFFERENCE = clockDifference();

    private final ByteBuffer bytes;
    private final long base;

    /**
     * Makes the futexes of a mapping.
     *
     * @param bytes the mapping, kept reachable
     * @param base  its address
     */
    LinuxFutex(ByteBuffer bytes, long base) {
        this.bytes = bytes;
        this.base = base;
    }

    @Override
    public Wake await(int offset, int expected, long nanos, ThreadRecord thread, boolean interruptible) {
        if (nanos <= 0) {
            return Wake.TIMED_OUT;
        }
        if (thread.virtual) {
            return new Deputy(this, offset, expected, nanos, thread).await(interruptible);
        }
        Scratch scratch = scratch(thread);
        if (!interruptible) {
            return sleep(offset, expected, nanos, thread.wakeBit(), scratch.time);
        }
        scratch.hook.enter();
        try {
            return Thread.currentThread().isInterrupted() ? Wake.INTERRUPTED
                    : sleep(offset, expected, nanos, thread.wakeBit(), scratch.time);
        } finally {
            scratch.hook.leave();
        }
    }

    @Override
    public int wake(int offset, int count) {
        long woken = Libc.Calls.syscall(NUMBERS[0], base + offset, WAKE, count, 0, 0, 0);
        Reference.reachabilityFence(bytes);
        return (int) Math.max(woken, 0);
    }

    @Override
    public void disturb(ThreadRecord thread) {
        int offset = thread.parkedOffset();
        if (offset >= 0) {
            Libc.Calls.syscall(NUMBERS[0], base + offset, WAKE_BITSET, Integer.MAX_VALUE, 0, 0, thread.wakeBit());
            Reference.reachabilityFence(bytes);
        }
    }

    @Override
    public boolean barrier() {
        return BARRIER && Libc.Calls.syscall(NUMBERS[1], MEMBARRIER_GLOBAL_EXPEDITED, 0, 0, 0, 0, 0) == 0;
    }

    @Override
    public boolean reachesOthers() {
        return true;
    }

    private Wake sleep(int offset, int expected, long nanos, int bit, Memory time) {
        long deadline = System.nanoTime() + CLOCK_DIFFERENCE + nanos;
        time.setLong(0, deadline / 1_000_000_000L);
        time.setLong(8, deadline % 1_000_000_000L);
        long result = Libc.Calls.syscall(
                NUMBERS[0], base + offset, WAIT_BITSET, expected & 0xFFFF_FFFFL, Pointer.nativeValue(time), 0, bit);
        Wake wake = result == 0 ? Wake.WOKEN : reason(Libc.errno());
        Reference.reachabilityFence(bytes);
        Reference.reachabilityFence(time);
        return wake;
    }

    private static Wake reason(int errno) {
        return switch (errno) {
            case Libc.EAGAIN -> Wake.CHANGED;
            case Libc.ETIMEDOUT -> Wake.TIMED_OUT;
            case Libc.EINTR -> Wake.INTERRUPTED;
            default -> throw new IllegalStateException("futex wait failed with errno " + errno);
        };
    }

    private Scratch scratch(ThreadRecord thread) {
        if (thread.futexScratch == null) {
            thread.futexScratch = new Scratch(new Memory(16), new InterruptHook(() -> disturb(thread)));
        }
        return (Scratch) thread.futexScratch;
    }

    private static boolean registerForBarrier() {
        return Libc.Calls.syscall(NUMBERS[1], MEMBARRIER_REGISTER_GLOBAL_EXPEDITED, 0, 0, 0, 0, 0) == 0;
    }

    private static long clockDifference() {
        Memory time = new Memory(16);
        long before = System.nanoTime();
        Libc.Calls.clock_gettime(Libc.CLOCK_MONOTONIC, time);
        long after = System.nanoTime();
        long monotonic = time.getLong(0) * 1_000_000_000L + time.getLong(8);
        return monotonic >= before && monotonic <= after ? 0 : monotonic - after;
    }

    /** What a platform thread needs to sleep, made once for each thread. */
    private record Scratch(Memory time, InterruptHook hook) {
    }

    /** A platform thread that sleeps in the place of a virtual one. */
    private static final class Deputy implements Runnable {

        private static final Executor DEPUTIES = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "interlock-deputy");
            thread.setDaemon(true);
            return thread;
        });

        private final LinuxFutex futex;
        private final int offset;
        private final int expected;
        private final long nanos;
        private final ThreadRecord client;
        private volatile Wake result;

        Deputy(LinuxFutex futex, int offset, int expected, long nanos, ThreadRecord client) {
            this.futex = futex;
            this.offset = offset;
            this.expected = expected;
            this.nanos = nanos;
            this.client = client;
        }

        Wake await(boolean interruptible) {
            DEPUTIES.execute(this);
            boolean interrupted = false;
            while (result == null) {
                LockSupport.park(this);
                if (result == null && Thread.currentThread().isInterrupted()) {
                    interrupted |= Thread.interrupted();
                    if (interruptible) {
                        futex.disturb(client);
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return result;
        }

        @Override
        public void run() {
            Wake ended = Wake.INTERRUPTED;
            try {
                ended = futex.sleep(offset, expected, nanos, client.wakeBit(), new Memory(16));
            } finally {
                result = ended;
                LockSupport.unpark(client.thread);
            }
        }
    }
}
