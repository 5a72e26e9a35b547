package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.util.Objects;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * A {@code long} that processes share: the operations of {@link java.util.concurrent.atomic.AtomicLong}, or, with its
 * lock, Python's {@code Value('q')}.
 *
 * <pre>{@code
 * // process A                                            // process B
 * IpcLong hits = IpcLong.openOrCreate(segment, "hits");   IpcLong hits = IpcLong.openOrCreate(segment, "hits");
 * hits.incrementAndGet();                                 long soFar = hits.get();
 * }</pre>
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcValue}.
 */
public final class IpcLong extends IpcValue {

    private IpcLong(ObjectLock lock) {
        super(lock);
    }

    private IpcLong(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /** Makes an anonymous value, for those who are told its {@link #id()}. */
    public static IpcLong create(Segment segment, long initial) {
        return new IpcLong(segment, segment.directory()
                .create(ValueLayout.anonymous(ValueLayout.LONG, start(initial))));
    }

    /** Makes a value of 0. See {@link #create(Segment, String, long)}. */
    public static IpcLong create(Segment segment, String name) {
        return create(segment, name, 0);
    }

    /**
     * Makes a value.
     *
     * @param name 1 to 128 bytes of UTF-8, without slash and NUL
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcLong create(Segment segment, String name, long initial) {
        return new IpcLong(segment, segment.directory()
                .create(ValueLayout.named(ValueLayout.LONG, name, start(initial))));
    }

    /**
     * Opens a value.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcLong open(Segment segment, String name) {
        return new IpcLong(segment, segment.directory().open(ValueLayout.LONG, 0, name));
    }

    /** Opens a value by its {@link #id()}. */
    public static IpcLong open(Segment segment, int id) {
        return new IpcLong(segment, segment.directory().open(ValueLayout.LONG, id));
    }

    /** Opens a value, or makes it; a new one is 0. */
    public static IpcLong openOrCreate(Segment segment, String name) {
        return openOrCreate(segment, name, 0);
    }

    /** Opens a value, or makes it; {@code initial} is for a new one, an existing one stays as it is. */
    public static IpcLong openOrCreate(Segment segment, String name, long initial) {
        return new IpcLong(segment, segment.directory()
                .openOrCreate(ValueLayout.named(ValueLayout.LONG, name, start(initial))));
    }

    private static ObjectRequest.Initializer start(long initial) {
        return (mem, offset) -> mem.putLong(offset + ValueLayout.VALUE_OFFSET, initial);
    }

    @Override
    public IpcLong withLock(IpcMutex given) {
        return new IpcLong(lock.given(given));
    }

    @Override
    public IpcLong withoutLock() {
        return new IpcLong(lock.none());
    }

    /** Reads the value, volatile. */
    public long get() {
        long seen = mem.getLongVolatile(value);
        context.checkOpen();
        return seen;
    }

    /** Writes the value, volatile. */
    public void set(long update) {
        mem.putLongVolatile(value, update);
        context.checkOpen();
    }

    /** Reads the value without ordering. */
    public long getPlain() {
        long seen = mem.getLong(value);
        context.checkOpen();
        return seen;
    }

    /** Writes the value without ordering. */
    public void setPlain(long update) {
        mem.putLong(value, update);
        context.checkOpen();
    }

    /** Reads the value; later accesses of this thread stay behind. */
    public long getAcquire() {
        long seen = mem.getLongAcquire(value);
        context.checkOpen();
        return seen;
    }

    /** Writes the value; earlier accesses of this thread stay before. */
    public void setRelease(long update) {
        mem.putLongRelease(value, update);
        context.checkOpen();
    }

    /** Writes the value and returns what it was. */
    public long getAndSet(long update) {
        long seen = mem.getAndSetLong(value, update);
        context.checkOpen();
        return seen;
    }

    /** Writes the value if it is as expected, and returns whether it was. */
    public boolean compareAndSet(long expected, long update) {
        boolean done = mem.casLong(value, expected, update);
        context.checkOpen();
        return done;
    }

    /** Adds to the value and returns what it was; it wraps around silently. */
    public long getAndAdd(long delta) {
        long seen = mem.getAndAddLong(value, delta);
        context.checkOpen();
        return seen;
    }

    /** Adds to the value and returns the sum; it wraps around silently. */
    public long addAndGet(long delta) {
        return getAndAdd(delta) + delta;
    }

    /** Adds 1 and returns what the value was. */
    public long getAndIncrement() {
        return getAndAdd(1);
    }

    /** Adds 1 and returns the sum. */
    public long incrementAndGet() {
        return getAndAdd(1) + 1;
    }

    /** Subtracts 1 and returns what the value was. */
    public long getAndDecrement() {
        return getAndAdd(-1);
    }

    /** Subtracts 1 and returns the difference. */
    public long decrementAndGet() {
        return getAndAdd(-1) - 1;
    }

    /**
     * Replaces the value by a function of it and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public long getAndUpdate(LongUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        long seen;
        do {
            seen = get();
        } while (!compareAndSet(seen, op.applyAsLong(seen)));
        return seen;
    }

    /** The same as {@link #getAndUpdate}, but returns the new value. */
    public long updateAndGet(LongUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        long seen;
        long next;
        do {
            seen = get();
            next = op.applyAsLong(seen);
        } while (!compareAndSet(seen, next));
        return next;
    }

    /**
     * Replaces the value by a function of it and {@code operand}, in this order, and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public long getAndAccumulate(long operand, LongBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        long seen;
        do {
            seen = get();
        } while (!compareAndSet(seen, op.applyAsLong(seen, operand)));
        return seen;
    }

    /** The same as {@link #getAndAccumulate}, but returns the new value. */
    public long accumulateAndGet(long operand, LongBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        long seen;
        long next;
        do {
            seen = get();
            next = op.applyAsLong(seen, operand);
        } while (!compareAndSet(seen, next));
        return next;
    }

    @Override
    String text() {
        return Long.toString(mem.getLongVolatile(value));
    }
}
