package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * An {@code int} that processes share: the operations of {@link java.util.concurrent.atomic.AtomicInteger}, or, with
 * its lock, Python's {@code Value('i')}.
 *
 * <pre>{@code
 * // process A                                               // process B
 * IpcInt stock = IpcInt.openOrCreate(segment, "stock", 10);  IpcInt stock = IpcInt.open(segment, "stock");
 * stock.decrementAndGet();                                   stock.accumulateAndGet(20, Math::max);
 * }</pre>
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcValue}.
 */
public final class IpcInt extends IpcValue {

    private IpcInt(ObjectLock lock) {
        super(lock);
    }

    private IpcInt(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /** Makes an anonymous value, for those who are told its {@link #id()}. */
    public static IpcInt create(Segment segment, int initial) {
        return new IpcInt(segment, segment.directory()
                .create(ValueLayout.anonymous(ValueLayout.INT, start(initial))));
    }

    /** Makes a value of 0. See {@link #create(Segment, String, int)}. */
    public static IpcInt create(Segment segment, String name) {
        return create(segment, name, 0);
    }

    /**
     * Makes a value.
     *
     * @param name 1 to 128 bytes of UTF-8, without slash and NUL
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcInt create(Segment segment, String name, int initial) {
        return new IpcInt(segment, segment.directory()
                .create(ValueLayout.named(ValueLayout.INT, name, start(initial))));
    }

    /**
     * Opens a value.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcInt open(Segment segment, String name) {
        return new IpcInt(segment, segment.directory().open(ValueLayout.INT, 0, name));
    }

    /** Opens a value by its {@link #id()}. */
    public static IpcInt open(Segment segment, int id) {
        return new IpcInt(segment, segment.directory().open(ValueLayout.INT, id));
    }

    /** Opens a value, or makes it; a new one is 0. */
    public static IpcInt openOrCreate(Segment segment, String name) {
        return openOrCreate(segment, name, 0);
    }

    /** Opens a value, or makes it; {@code initial} is for a new one, an existing one stays as it is. */
    public static IpcInt openOrCreate(Segment segment, String name, int initial) {
        return new IpcInt(segment, segment.directory()
                .openOrCreate(ValueLayout.named(ValueLayout.INT, name, start(initial))));
    }

    private static ObjectRequest.Initializer start(int initial) {
        return (mem, offset) -> mem.putInt(offset + ValueLayout.VALUE_OFFSET, initial);
    }

    @Override
    public IpcInt withLock(IpcMutex given) {
        return new IpcInt(lock.given(given));
    }

    @Override
    public IpcInt withoutLock() {
        return new IpcInt(lock.none());
    }

    /** Reads the value, volatile. */
    public int get() {
        int seen = mem.getIntVolatile(value);
        context.checkOpen();
        return seen;
    }

    /** Writes the value, volatile. */
    public void set(int update) {
        mem.putIntVolatile(value, update);
        context.checkOpen();
    }

    /** Reads the value without ordering. */
    public int getPlain() {
        int seen = mem.getInt(value);
        context.checkOpen();
        return seen;
    }

    /** Writes the value without ordering. */
    public void setPlain(int update) {
        mem.putInt(value, update);
        context.checkOpen();
    }

    /** Reads the value; later accesses of this thread stay behind. */
    public int getAcquire() {
        int seen = mem.getIntAcquire(value);
        context.checkOpen();
        return seen;
    }

    /** Writes the value; earlier accesses of this thread stay before. */
    public void setRelease(int update) {
        mem.putIntRelease(value, update);
        context.checkOpen();
    }

    /** Writes the value and returns what it was. */
    public int getAndSet(int update) {
        int seen = mem.getAndSetInt(value, update);
        context.checkOpen();
        return seen;
    }

    /** Writes the value if it is as expected, and returns whether it was. */
    public boolean compareAndSet(int expected, int update) {
        boolean done = mem.casInt(value, expected, update);
        context.checkOpen();
        return done;
    }

    /** Adds to the value and returns what it was; it wraps around silently. */
    public int getAndAdd(int delta) {
        int seen = mem.getAndAddInt(value, delta);
        context.checkOpen();
        return seen;
    }

    /** Adds to the value and returns the sum; it wraps around silently. */
    public int addAndGet(int delta) {
        return getAndAdd(delta) + delta;
    }

    /** Adds 1 and returns what the value was. */
    public int getAndIncrement() {
        return getAndAdd(1);
    }

    /** Adds 1 and returns the sum. */
    public int incrementAndGet() {
        return getAndAdd(1) + 1;
    }

    /** Subtracts 1 and returns what the value was. */
    public int getAndDecrement() {
        return getAndAdd(-1);
    }

    /** Subtracts 1 and returns the difference. */
    public int decrementAndGet() {
        return getAndAdd(-1) - 1;
    }

    /**
     * Replaces the value by a function of it and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public int getAndUpdate(IntUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        int seen;
        do {
            seen = get();
        } while (!compareAndSet(seen, op.applyAsInt(seen)));
        return seen;
    }

    /** The same as {@link #getAndUpdate}, but returns the new value. */
    public int updateAndGet(IntUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        int seen;
        int next;
        do {
            seen = get();
            next = op.applyAsInt(seen);
        } while (!compareAndSet(seen, next));
        return next;
    }

    /**
     * Replaces the value by a function of it and {@code operand}, in this order, and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public int getAndAccumulate(int operand, IntBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        int seen;
        do {
            seen = get();
        } while (!compareAndSet(seen, op.applyAsInt(seen, operand)));
        return seen;
    }

    /** The same as {@link #getAndAccumulate}, but returns the new value. */
    public int accumulateAndGet(int operand, IntBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        int seen;
        int next;
        do {
            seen = get();
            next = op.applyAsInt(seen, operand);
        } while (!compareAndSet(seen, next));
        return next;
    }

    @Override
    String text() {
        return Integer.toString(mem.getIntVolatile(value));
    }
}
