package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.nio.DoubleBuffer;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A row of {@code double}s that processes share, Python's {@code Array('d')}.
 *
 * <pre>{@code
 * // process A                                                 // process B
 * var means = IpcDoubleArray.openOrCreate(segment, "m", 5);    var means = IpcDoubleArray.open(segment, "m");
 * means.set(3, -1.0);                                          double[] now = means.toArray();
 * }</pre>
 *
 * <p>{@code compareAndSet} compares bits: 0.0 is not -0.0, and a NaN is the NaN of the same bits. {@code getAndAdd} and
 * its like read, compute, and compare and set until no other writer came between.
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcArray}.
 */
public final class IpcDoubleArray extends IpcArray {

    private final DoubleBuffer view;

    private IpcDoubleArray(ObjectLock lock) {
        super(lock);
        this.view = view(Double.BYTES).asDoubleBuffer();
    }

    private IpcDoubleArray(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /**
     * Makes an anonymous array of zeros, for those who are told its {@link #id()}.
     *
     * @param length 0 or more
     */
    public static IpcDoubleArray create(Segment segment, int length) {
        return new IpcDoubleArray(segment, ArrayLayout.DOUBLE.create(segment, length, ArrayLayout::leaveZero));
    }

    /**
     * Makes an array of zeros.
     *
     * @param name   1 to 128 bytes of UTF-8, without slash and NUL
     * @param length 0 or more
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcDoubleArray create(Segment segment, String name, int length) {
        return new IpcDoubleArray(segment, ArrayLayout.DOUBLE.create(segment, name, length, ArrayLayout::leaveZero));
    }

    /** Makes an anonymous array of these elements. */
    public static IpcDoubleArray createOf(Segment segment, double... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcDoubleArray(segment, ArrayLayout.DOUBLE.create(segment, values.length, start));
    }

    /** Makes an array of these elements; nobody sees it without them. */
    public static IpcDoubleArray createOf(Segment segment, String name, double... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcDoubleArray(segment, ArrayLayout.DOUBLE.create(segment, name, values.length, start));
    }

    /**
     * Opens an array of whatever length.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcDoubleArray open(Segment segment, String name) {
        return new IpcDoubleArray(segment, ArrayLayout.DOUBLE.open(segment, name));
    }

    /** Opens an array by its {@link #id()}. */
    public static IpcDoubleArray open(Segment segment, int id) {
        return new IpcDoubleArray(segment, ArrayLayout.DOUBLE.open(segment, id));
    }

    /**
     * Opens an array, or makes one of zeros.
     *
     * @throws io.interlock.core.error.ObjectMismatchException if there is one of another length or kind
     * @throws io.interlock.core.error.SegmentFullException    if there is no room for a new one
     */
    public static IpcDoubleArray openOrCreate(Segment segment, String name, int length) {
        return new IpcDoubleArray(segment, ArrayLayout.DOUBLE.openOrCreate(segment, name, length));
    }

    private static ObjectRequest.Initializer start(double[] values) {
        Objects.requireNonNull(values, "values must not be null");
        return (mem, offset) -> {
            int at = offset + ArrayLayout.ELEMENTS_OFFSET;
            for (double value : values) {
                mem.putLong(at, Double.doubleToRawLongBits(value));
                at += Double.BYTES;
            }
        };
    }

    @Override
    public IpcDoubleArray withLock(IpcMutex given) {
        return new IpcDoubleArray(lock.given(given));
    }

    @Override
    public IpcDoubleArray withoutLock() {
        return new IpcDoubleArray(lock.none());
    }

    /** Reads the element, volatile. */
    public double get(int index) {
        long seen = mem.getLongVolatile(at(index));
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /** Writes the element, volatile. */
    public void set(int index, double update) {
        mem.putLongVolatile(at(index), Double.doubleToRawLongBits(update));
        context.checkOpen();
    }

    /** Reads the element without ordering. */
    public double getPlain(int index) {
        long seen = mem.getLong(at(index));
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /** Writes the element without ordering. */
    public void setPlain(int index, double update) {
        mem.putLong(at(index), Double.doubleToRawLongBits(update));
        context.checkOpen();
    }

    /** Reads the element; later accesses of this thread stay behind. */
    public double getAcquire(int index) {
        long seen = mem.getLongAcquire(at(index));
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /** Writes the element; earlier accesses of this thread stay before. */
    public void setRelease(int index, double update) {
        mem.putLongRelease(at(index), Double.doubleToRawLongBits(update));
        context.checkOpen();
    }

    /** Writes the element and returns what it was. */
    public double getAndSet(int index, double update) {
        long seen = mem.getAndSetLong(at(index), Double.doubleToRawLongBits(update));
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /**
     * Writes the element if it is as expected, and returns whether it was. Compares bits, as {@code VarHandle} does:
     * 0.0 is not -0.0, and a NaN is the NaN of the same bits.
     */
    public boolean compareAndSet(int index, double expected, double update) {
        boolean done = mem.casLong(at(index), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(update));
        context.checkOpen();
        return done;
    }

    /** Adds to the element and returns what it was. */
    public double getAndAdd(int index, double delta) {
        int at = at(index);
        long seen;
        long sum;
        do {
            seen = mem.getLongVolatile(at);
            sum = Double.doubleToRawLongBits(Double.longBitsToDouble(seen) + delta);
        } while (!mem.casLong(at, seen, sum));
        context.checkOpen();
        return Double.longBitsToDouble(seen);
    }

    /** Adds to the element and returns the sum. */
    public double addAndGet(int index, double delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Replaces the element by a function of it and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public double getAndUpdate(int index, DoubleUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        double seen;
        double next;
        do {
            seen = get(index);
            next = op.applyAsDouble(seen);
        } while (!compareAndSet(index, seen, next));
        return seen;
    }

    /** The same as {@link #getAndUpdate}, but returns the new value. */
    public double updateAndGet(int index, DoubleUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        double seen;
        double next;
        do {
            seen = get(index);
            next = op.applyAsDouble(seen);
        } while (!compareAndSet(index, seen, next));
        return next;
    }

    /**
     * Replaces the element by a function of it and {@code operand}, in this order, and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public double getAndAccumulate(int index, double operand, DoubleBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        double seen;
        double next;
        do {
            seen = get(index);
            next = op.applyAsDouble(seen, operand);
        } while (!compareAndSet(index, seen, next));
        return seen;
    }

    /** The same as {@link #getAndAccumulate}, but returns the new value. */
    public double accumulateAndGet(int index, double operand, DoubleBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        double seen;
        double next;
        do {
            seen = get(index);
            next = op.applyAsDouble(seen, operand);
        } while (!compareAndSet(index, seen, next));
        return next;
    }

    /**
     * Copies {@code count} elements out, plain, from {@code index} on.
     *
     * @throws IndexOutOfBoundsException if either range does not fit; nothing is copied then
     */
    public void get(int index, double[] target, int targetIndex, int count) {
        Objects.requireNonNull(target, "target must not be null");
        checkCopy(index, count, targetIndex, target.length);
        view.get(index, target, targetIndex, count);
        context.checkOpen();
    }

    /**
     * Copies {@code count} elements in, plain, to {@code index} and on.
     *
     * @throws IndexOutOfBoundsException if either range does not fit; nothing is copied then
     */
    public void set(int index, double[] source, int sourceIndex, int count) {
        Objects.requireNonNull(source, "source must not be null");
        checkCopy(index, count, sourceIndex, source.length);
        view.put(index, source, sourceIndex, count);
        context.checkOpen();
    }

    /** Sets all elements to a value, plain. */
    public void fill(double value) {
        for (int i = 0; i < length; i++) {
            view.put(i, value);
        }
        context.checkOpen();
    }

    /** Copies all elements out, plain. */
    public double[] toArray() {
        double[] copy = new double[length];
        get(0, copy, 0, length);
        return copy;
    }

    private int at(int index) {
        return elements + (checked(index) << 3);
    }
}
