package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A {@code double} that processes share: what {@link java.lang.invoke.VarHandle} can do with one, or, with its lock,
 * Python's {@code Value('d')}.
 *
 * <pre>{@code
 * // process A                                              // process B
 * IpcDouble sum = IpcDouble.openOrCreate(segment, "sum");   IpcDouble sum = IpcDouble.openOrCreate(segment, "sum");
 * sum.addAndGet(0.5);                                       double soFar = sum.get();
 * }</pre>
 *
 * <p>{@code compareAndSet} compares bits: 0.0 is not -0.0, and a NaN is the NaN of the same bits. There is no atomic
 * instruction that adds floating-point numbers, so {@code getAndAdd} and its like read, compute, and compare and set
 * until no other writer came between.
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcValue}.
 */
public final class IpcDouble extends IpcValue {

    private IpcDouble(ObjectLock lock) {
        super(lock);
    }

    private IpcDouble(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /** Makes an anonymous value, for those who are told its {@link #id()}. */
    public static IpcDouble create(Segment segment, double initial) {
        return new IpcDouble(segment, segment.directory()
                .create(ValueLayout.anonymous(ValueLayout.DOUBLE, start(initial))));
    }

    /** Makes a value of 0.0. See {@link #create(Segment, String, double)}. */
    public static IpcDouble create(Segment segment, String name) {
        return create(segment, name, 0.0);
    }

    /**
     * Makes a value.
     *
     * @param name 1 to 128 bytes of UTF-8, without slash and NUL
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcDouble create(Segment segment, String name, double initial) {
        return new IpcDouble(segment, segment.directory()
                .create(ValueLayout.named(ValueLayout.DOUBLE, name, start(initial))));
    }

    /**
     * Opens a value.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcDouble open(Segment segment, String name) {
        return new IpcDouble(segment, segment.directory().open(ValueLayout.DOUBLE, 0, name));
    }

    /** Opens a value by its {@link #id()}. */
    public static IpcDouble open(Segment segment, int id) {
        return new IpcDouble(segment, segment.directory().open(ValueLayout.DOUBLE, id));
    }

    /** Opens a value, or makes it; a new one is 0.0. */
    public static IpcDouble openOrCreate(Segment segment, String name) {
        return openOrCreate(segment, name, 0.0);
    }

    /** Opens a value, or makes it; {@code initial} is for a new one, an existing one stays as it is. */
    public static IpcDouble openOrCreate(Segment segment, String name, double initial) {
        return new IpcDouble(segment, segment.directory()
                .openOrCreate(ValueLayout.named(ValueLayout.DOUBLE, name, start(initial))));
    }

    private static ObjectRequest.Initializer start(double initial) {
        return (mem, offset) -> mem.putLong(offset + ValueLayout.VALUE_OFFSET, Double.doubleToRawLongBits(initial));
    }

    @Override
    public IpcDouble withLock(IpcMutex given) {
        return new IpcDouble(lock.given(given));
    }

    @Override
    public IpcDouble withoutLock() {
        return new IpcDouble(lock.none());
    }

    /** Reads the value, volatile. */
    public double get() {
        long seen = mem.getLongVolatile(value);
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /** Writes the value, volatile. */
    public void set(double update) {
        mem.putLongVolatile(value, Double.doubleToRawLongBits(update));
        context.checkOpen();
    }

    /** Reads the value without ordering. */
    public double getPlain() {
        long seen = mem.getLong(value);
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /** Writes the value without ordering. */
    public void setPlain(double update) {
        mem.putLong(value, Double.doubleToRawLongBits(update));
        context.checkOpen();
    }

    /** Reads the value; later accesses of this thread stay behind. */
    public double getAcquire() {
        long seen = mem.getLongAcquire(value);
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /** Writes the value; earlier accesses of this thread stay before. */
    public void setRelease(double update) {
        mem.putLongRelease(value, Double.doubleToRawLongBits(update));
        context.checkOpen();
    }

    /** Writes the value and returns what it was. */
    public double getAndSet(double update) {
        long seen = mem.getAndSetLong(value, Double.doubleToRawLongBits(update));
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /**
     * Writes the value if it is as expected, and returns whether it was. Compares bits, as {@code VarHandle} does:
     * 0.0 is not -0.0, and a NaN is the NaN of the same bits.
     */
    public boolean compareAndSet(double expected, double update) {
        boolean done = mem.casLong(value, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(update));
        context.checkOpen();
        return done;
    }

    /** Adds to the value and returns what it was. */
    public double getAndAdd(double delta) {
        long seen;
        long sum;
        do {
            seen = mem.getLongVolatile(value);
            sum = Double.doubleToRawLongBits(Double.longBitsToDouble(seen) + delta);
        } while (!mem.casLong(value, seen, sum));
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /** Adds to the value and returns the sum. */
    public double addAndGet(double delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Replaces the value by a function of it and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public double getAndUpdate(DoubleUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        double seen;
        double next;
        do {
            seen = get();
            next = op.applyAsDouble(seen);
        } while (!compareAndSet(seen, next));
        return seen;
    }

    /** The same as {@link #getAndUpdate}, but returns the new value. */
    public double updateAndGet(DoubleUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        double seen;
        double next;
        do {
            seen = get();
            next = op.applyAsDouble(seen);
        } while (!compareAndSet(seen, next));
        return next;
    }

    /**
     * Replaces the value by a function of it and {@code operand}, in this order, and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public double getAndAccumulate(double operand, DoubleBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        double seen;
        double next;
        do {
            seen = get();
            next = op.applyAsDouble(seen, operand);
        } while (!compareAndSet(seen, next));
        return seen;
    }

    /** The same as {@link #getAndAccumulate}, but returns the new value. */
    public double accumulateAndGet(double operand, DoubleBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        double seen;
        double next;
        do {
            seen = get();
            next = op.applyAsDouble(seen, operand);
        } while (!compareAndSet(seen, next));
        return next;
    }

    @Override
    String text() {
        return Double.toString(Double.longBitsToDouble(mem.getLongVolatile(value)));
    }
}
