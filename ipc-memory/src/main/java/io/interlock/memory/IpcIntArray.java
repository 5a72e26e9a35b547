package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.nio.IntBuffer;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * A row of {@code int}s that processes share: the operations of
 * {@link java.util.concurrent.atomic.AtomicIntegerArray}, or, with its lock, Python's {@code Array('i')}.
 *
 * <pre>{@code
 * // process A                                                  // process B
 * var votes = IpcIntArray.openOrCreate(segment, "votes", 5);    var votes = IpcIntArray.open(segment, "votes");
 * votes.incrementAndGet(3);                                     int[] soFar = votes.toArray();
 * }</pre>
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcArray}.
 */
public final class IpcIntArray extends IpcArray {

    private final IntBuffer view;

    private IpcIntArray(ObjectLock lock) {
        super(lock);
        this.view = view(Integer.BYTES).asIntBuffer();
    }

    private IpcIntArray(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /**
     * Makes an anonymous array of zeros, for those who are told its {@link #id()}.
     *
     * @param length 0 or more
     */
    public static IpcIntArray create(Segment segment, int length) {
        return new IpcIntArray(segment, ArrayLayout.INT.create(segment, length, ArrayLayout::leaveZero));
    }

    /**
     * Makes an array of zeros.
     *
     * @param name   1 to 128 bytes of UTF-8, without slash and NUL
     * @param length 0 or more
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcIntArray create(Segment segment, String name, int length) {
        return new IpcIntArray(segment, ArrayLayout.INT.create(segment, name, length, ArrayLayout::leaveZero));
    }

    /** Makes an anonymous array of these elements. */
    public static IpcIntArray createOf(Segment segment, int... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcIntArray(segment, ArrayLayout.INT.create(segment, values.length, start));
    }

    /** Makes an array of these elements; nobody sees it without them. */
    public static IpcIntArray createOf(Segment segment, String name, int... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcIntArray(segment, ArrayLayout.INT.create(segment, name, values.length, start));
    }

    /**
     * Opens an array of whatever length.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcIntArray open(Segment segment, String name) {
        return new IpcIntArray(segment, ArrayLayout.INT.open(segment, name));
    }

    /** Opens an array by its {@link #id()}. */
    public static IpcIntArray open(Segment segment, int id) {
        return new IpcIntArray(segment, ArrayLayout.INT.open(segment, id));
    }

    /**
     * Opens an array, or makes one of zeros.
     *
     * @throws io.interlock.core.error.ObjectMismatchException if there is one of another length or kind
     * @throws io.interlock.core.error.SegmentFullException    if there is no room for a new one
     */
    public static IpcIntArray openOrCreate(Segment segment, String name, int length) {
        return new IpcIntArray(segment, ArrayLayout.INT.openOrCreate(segment, name, length));
    }

    private static ObjectRequest.Initializer start(int[] values) {
        Objects.requireNonNull(values, "values must not be null");
        return (mem, offset) -> {
            int at = offset + ArrayLayout.ELEMENTS_OFFSET;
            for (int value : values) {
                mem.putInt(at, value);
                at += Integer.BYTES;
            }
        };
    }

    @Override
    public IpcIntArray withLock(IpcMutex given) {
        return new IpcIntArray(lock.given(given));
    }

    @Override
    public IpcIntArray withoutLock() {
        return new IpcIntArray(lock.none());
    }

    /** Reads the element, volatile. */
    public int get(int index) {
        int seen = mem.getIntVolatile(at(index));
        context.checkOpen();
        return seen;
    }

    /** Writes the element, volatile. */
    public void set(int index, int update) {
        mem.putIntVolatile(at(index), update);
        context.checkOpen();
    }

    /** Reads the element without ordering. */
    public int getPlain(int index) {
        int seen = mem.getInt(at(index));
        context.checkOpen();
        return seen;
    }

    /** Writes the element without ordering. */
    public void setPlain(int index, int update) {
        mem.putInt(at(index), update);
        context.checkOpen();
    }

    /** Reads the element; later accesses of this thread stay behind. */
    public int getAcquire(int index) {
        int seen = mem.getIntAcquire(at(index));
        context.checkOpen();
        return seen;
    }

    /** Writes the element; earlier accesses of this thread stay before. */
    public void setRelease(int index, int update) {
        mem.putIntRelease(at(index), update);
        context.checkOpen();
    }

    /** Writes the element and returns what it was. */
    public int getAndSet(int index, int update) {
        int seen = mem.getAndSetInt(at(index), update);
        context.checkOpen();
        return seen;
    }

    /** Writes the element if it is as expected, and returns whether it was. */
    public boolean compareAndSet(int index, int expected, int update) {
        boolean done = mem.casInt(at(index), expected, update);
        context.checkOpen();
        return done;
    }

    /** Adds to the element and returns what it was; it wraps around silently. */
    public int getAndAdd(int index, int delta) {
        int seen = mem.getAndAddInt(at(index), delta);
        context.checkOpen();
        return seen;
    }

    /** Adds to the element and returns the sum; it wraps around silently. */
    public int addAndGet(int index, int delta) {
        return getAndAdd(index, delta) + delta;
    }

    /** Adds 1 and returns what the element was. */
    public int getAndIncrement(int index) {
        return getAndAdd(index, 1);
    }

    /** Adds 1 and returns the sum. */
    public int incrementAndGet(int index) {
        return getAndAdd(index, 1) + 1;
    }

    /** Subtracts 1 and returns what the element was. */
    public int getAndDecrement(int index) {
        return getAndAdd(index, -1);
    }

    /** Subtracts 1 and returns the difference. */
    public int decrementAndGet(int index) {
        return getAndAdd(index, -1) - 1;
    }

    /**
     * Replaces the element by a function of it and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public int getAndUpdate(int index, IntUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        int seen;
        do {
            seen = get(index);
        } while (!compareAndSet(index, seen, op.applyAsInt(seen)));
        return seen;
    }

    /** The same as {@link #getAndUpdate}, but returns the new value. */
    public int updateAndGet(int index, IntUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        int seen;
        int next;
        do {
            seen = get(index);
            next = op.applyAsInt(seen);
        } while (!compareAndSet(index, seen, next));
        return next;
    }

    /**
     * Replaces the element by a function of it and {@code operand}, in this order, and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public int getAndAccumulate(int index, int operand, IntBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        int seen;
        do {
            seen = get(index);
        } while (!compareAndSet(index, seen, op.applyAsInt(seen, operand)));
        return seen;
    }

    /** The same as {@link #getAndAccumulate}, but returns the new value. */
    public int accumulateAndGet(int index, int operand, IntBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        int seen;
        int next;
        do {
            seen = get(index);
            next = op.applyAsInt(seen, operand);
        } while (!compareAndSet(index, seen, next));
        return next;
    }

    /**
     * Copies {@code count} elements out, plain, from {@code index} on.
     *
     * @throws IndexOutOfBoundsException if either range does not fit; nothing is copied then
     */
    public void get(int index, int[] target, int targetIndex, int count) {
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
    public void set(int index, int[] source, int sourceIndex, int count) {
        Objects.requireNonNull(source, "source must not be null");
        checkCopy(index, count, sourceIndex, source.length);
        view.put(index, source, sourceIndex, count);
        context.checkOpen();
    }

    /** Sets all elements to a value, plain. */
    public void fill(int value) {
        for (int i = 0; i < length; i++) {
            view.put(i, value);
        }
        context.checkOpen();
    }

    /** Copies all elements out, plain. */
    public int[] toArray() {
        int[] copy = new int[length];
        get(0, copy, 0, length);
        return copy;
    }

    private int at(int index) {
        return elements + (checked(index) << 2);
    }
}
