package io.interlock.core.port;

import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.format.HeaderLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What an algorithm knows of the machine: the five ports, who it is, and whether its handle of the segment is still
 * open. One for each handle; the handles of one process share the ports and the participant.
 */
public final class Context {

    /** Longest sleep on a word that has an owner, at first: then somebody asks whether the owner is dead. */
    public static final long OWNER_SLICE_NANOS = 50_000_000;
    /** Longest sleep on a word without an owner, or on one on which nobody was woken for a second. */
    public static final long EVENT_SLICE_NANOS = 250_000_000;
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    /** Longest sleep while a participant is attached that cannot wake sleepers of other processes. */
    private static final long DEAF_SLICE_NANOS = 2_000_000;

    private static final VarHandle CLOSED = closedHandle();

    public final Mem mem;
    public final Futex futex;
    public final Liveness liveness;
    public final Clock clock;
    public final Self self;
    /** The participant as it stands in words that it owns: {@code generation:18 | slot+1:12}. */
    public final int participant;

    private volatile boolean closed;

    /** Puts the ports of one attachment together; also for simulated ones. */
    public Context(Mem mem, Futex futex, Liveness liveness, Clock clock, Self self, int participant) {
        this.mem = mem;
        this.futex = futex;
        this.liveness = liveness;
        this.clock = clock;
        this.self = self;
        this.participant = participant;
    }

    private static VarHandle closedHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Context.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Another handle on the same attachment. */
    public Context anotherHandle() {
        return new Context(mem, futex, liveness, clock, self, participant);
    }

    /**
     * To be called after every access to shared memory whose result the caller uses: once the last handle is closed,
     * accesses read zeros.
     *
     * @throws SegmentClosedException if this handle was closed
     */
    public void checkOpen() {
        if (closed) {
            throw new SegmentClosedException("this handle of the segment was closed; open the segment again");
        }
    }

    /** Whether this handle was closed. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Whether this handle was closed, as far as this thread has heard: without ordering, so that the compiler may keep
     * what it has read before. For a look before the change; {@link #checkOpen()} comes after it in any case.
     */
    public boolean isKnownClosed() {
        return (boolean) CLOSED.getOpaque(this);
    }

    /** Closes this handle and wakes its waiters, who then throw. */
    public void close() {
        closed = true;
        self.forEach(thread -> {
            if (thread.parkedFor() == this) {
                futex.disturb(thread);
            }
        });
    }

    /**
     * Sleeps while the word has the expected value, at most one slice and not past the deadline.
     *
     * @param deadline moment of {@link Clock#nanoTime()}
     * @param slice    {@link #OWNER_SLICE_NANOS} or {@link #EVENT_SLICE_NANOS}
     */
    public Futex.Wake sleep(int offset, int expected, long deadline, long slice, ThreadRecord me,
            boolean interruptible) {
        long nanos = Math.min(deadline - clock.nanoTime(), slice());
        me.parking(offset, this);
        try {
            checkOpen();
            mem.getAndAddLong(HeaderLayout.WAITS_OFFSET, 1);
            return futex.await(offset, expected, Math.min(nanos, slice), me, interruptible);
        } finally {
            me.unparked();
        }
    }

    private long slice() {
        return mem.getIntVolatile(HeaderLayout.DEAF_OFFSET) == 0 ? Long.MAX_VALUE : DEAF_SLICE_NANOS;
    }

    /** Offset of the low 32 bits of a 64-bit word: the half on which threads sleep. */
    public int futexOffset(int wordOffset) {
        return LITTLE_ENDIAN ? wordOffset : wordOffset + 4;
    }

    /** The deadline of a wait that begins now. */
    public long deadline(long timeoutNanos) {
        return clock.nanoTime() + Math.max(0, Math.min(timeoutNanos, Long.MAX_VALUE >> 1));
    }

    /** Whether the moment has come. */
    public boolean isOver(long deadline) {
        return deadline - clock.nanoTime() <= 0;
    }
}
