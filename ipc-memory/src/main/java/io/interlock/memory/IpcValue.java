package io.interlock.memory;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.sync.IpcMutex;

/**
 * One number or truth value that processes share, Python's {@code Value}: {@link IpcInt}, {@link IpcLong},
 * {@link IpcDouble} and {@link IpcBoolean}, with the operations of {@code java.util.concurrent.atomic} where the JDK
 * has them.
 *
 * <pre>{@code
 * // process A                                                  // process B
 * IpcLong hits = IpcLong.openOrCreate(segment, "hits");         IpcLong hits = IpcLong.openOrCreate(segment, "hits");
 * hits.incrementAndGet();                                       hits.getLock().run(() -> hits.set(hits.get() * 2));
 * }</pre>
 *
 * <p>A read followed by a write is two operations, and another process may come between them: take
 * {@linkplain #getLock() the lock}, or an operation that does both. Operations do not take the lock by themselves, so
 * an atomic operation of one process also comes between what another does under the lock: use one of the two for a
 * value, and use it everywhere.
 *
 * <p><b>When a process dies</b> each of its operations has happened or has not; nothing has to be repaired. If it died
 * holding the lock, the next owner takes it over as {@link IpcMutex} says, and finds the value as the dead left it.
 *
 * <p><b>Waiting.</b> No operation of a value waits; only its lock does.
 *
 * <p><b>Progress.</b> Reads and writes are wait-free. Atomic operations on whole numbers are one atomic instruction
 * where the processor has it. Those that take a function, and the sums of {@link IpcDouble}, try again until no other
 * writer came between: lock-free. No operation makes a system call, and none allocates; a function given may.
 *
 * <p><b>Memory consistency effects.</b> As those of {@link java.util.concurrent.atomic.AtomicLong}, between threads of
 * all processes (see {@linkplain io.interlock.core.robust the package that argues so}): actions prior to a write by
 * {@code set}, {@code setRelease} or an atomic operation <i>happen-before</i> actions following a read of what it wrote
 * by {@code get}, {@code getAcquire} or an atomic operation. {@code getPlain} and {@code setPlain} order nothing; they
 * are enough under the lock.
 *
 * <p><b>Limits.</b> A value takes 128 bytes of the segment, so that writers of different values do not slow each other
 * down, and its lock takes more once somebody has asked for it. It stays as long as the segment. Every operation throws
 * {@link io.interlock.core.error.SegmentClosedException} once its handle of the segment was closed.
 */
public abstract sealed class IpcValue permits IpcInt, IpcLong, IpcDouble, IpcBoolean {

    /* Design.
     *
     * The siblings call Mem directly, and check after each access that the segment is still open: the mapping of a
     * closed one reads zeros. They share no accessor, since an accessor shared by several classes would be shared by
     * their profiles, too. What they do share is here: identity and lock.
     */

    final Context context;
    final Mem mem;
    /** Place of the value in the segment. */
    final long value;
    final ObjectLock lock;

    IpcValue(ObjectLock lock) {
        this.lock = lock;
        this.context = lock.block().context();
        this.mem = context.mem;
        this.value = mem.place(lock.block().offset() + ValueLayout.VALUE_OFFSET, Long.BYTES);
    }

    /**
     * The lock of this value: one of its own, the same for all processes and made when somebody first asks, unless this
     * handle was made by {@link #withLock} or {@link #withoutLock}. Always the same object for one handle.
     *
     * @throws UnsupportedOperationException if this handle was made by {@link #withoutLock}
     * @throws io.interlock.core.error.SegmentFullException if there is no room to make the lock
     */
    public final IpcMutex getLock() {
        return lock.get();
    }

    /**
     * Another handle of the same value whose {@link #getLock()} is the given lock; several values may share one. It
     * belongs to the handle: every process gives the lock that they agreed on.
     */
    public abstract IpcValue withLock(IpcMutex lock);

    /** Another handle of the same value that has no lock; for values that only atomic operations change. */
    public abstract IpcValue withoutLock();

    /** Number of the value in its segment; {@code open(segment, id)} takes it in other processes. */
    public final int id() {
        return block().id();
    }

    /** Name of the value, or {@code #id} for an anonymous one. */
    public final String name() {
        return block().label();
    }

    private SharedBlock block() {
        return lock.block();
    }

    /** The value in words, as it is now. */
    abstract String text();

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + name() + ", value=" + text() + "]";
    }
}
