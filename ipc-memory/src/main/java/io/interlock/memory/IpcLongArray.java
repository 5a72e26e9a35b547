package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.nio.LongBuffer;
import java.util.Objects;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * A row of {@code long}s that processes share: the operations of {@link java.util.concurrent.atomic.AtomicLongArray},
 * or, with its lock, Python's {@code Array('q')}.
 *
 * <pre>{@code
 * // process A                                                  // process B
 * var sums = IpcLongArray.openOrCreate(segment, "sums", 5);     var sums = IpcLongArray.open(segment, "sums");
 * sums.getAndAdd(3, 100);                                       long third = sums.get(3);
 * }</pre>
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcArray}.
 */
public final class IpcLongArray extends IpcArray {

    private final LongBuffer view;

    private IpcLongArray(ObjectLock lock) {
        super(lock);
        this.view = view(Long.BYTES).asLongBuffer();
    }

    private IpcLongArray(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /**
     * Makes an anonymous array of zeros, for those who are told its {@link #id()}.
     *
     * @param length 0 or more
     */
    public static IpcLongArray create(Segment segment, int length) {
        return new IpcLongArray(segment, ArrayLayout.LONG.create(segment, length, ArrayLayout::leaveZero));
    }

    /**
     * Makes an array of zeros.
     *
     * @param name   1 to 128 bytes of UTF-8, without slash and NUL
     * @param length 0 or more
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcLongArray create(Segment segment, String name, int length) {
        return new IpcLongArray(segment, ArrayLayout.LONG.create(segment, name, length, ArrayLayout::leaveZero));
    }

    /** Makes an anonymous array of these elements. */
    public static IpcLongArray createOf(Segment segment, long... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcLongArray(segment, ArrayLayout.LONG.create(segment, values.length, start));
    }

    /** Makes an array of these elements; nobody sees it without them. */
    public static IpcLongArray createOf(Segment segment, String name, long... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcLongArray(segment, ArrayLayout.LONG.create(segment, name, values.length, start));
    }

    /**
     * Opens an array of whatever length.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcLongArray open(Segment segment, String name) {
        return new IpcLongArray(segment, ArrayLayout.LONG.open(segment, name));
    }

    /** Opens an array by its {@link #id()}. */
    public static IpcLongArray open(Segment segment, int id) {
        return new IpcLongArray(segment, ArrayLayout.LONG.open(segment, id));
    }

    /**
     * Opens an array, or makes one of zeros.
     *
     * @throws io.interlock.core.error.ObjectMismatchException if there is one of another length or kind
     * @throws io.interlock.core.error.SegmentFullException    if there is no room for a new one
     */
    public static IpcLongArray openOrCreate(Segment segment, String name, int length) {
        return new IpcLongArray(segment, ArrayLayout.LONG.openOrCreate(segment, name, length));
    }

    private static ObjectRequest.Initializer start(long[] values) {
        Objects.requireNonNull(values, "values must not be null");
        return (mem, offset) -> {
            int at = offset + ArrayLayout.ELEMENTS_OFFSET;
            for (long value : values) {
                mem.putLong(at, value);
                at += Long.BYTES;
            }
        };
    }

    @Override
    public IpcLongArray withLock(IpcMutex given) {
        return new IpcLongArray(lock.given(given));
    }

    @Override
    public IpcLongArray withoutLock() {
        return new IpcLongArray(lock.none());
    }

    /** Reads the element, volatile. */
    public long get(int index) {
        long seen = mem.getLongVolatile(at(index));
        context.checkOpen();
        return seen;
    }

    /** Writes the element, volatile. */
    public void set(int index, long update) {
        mem.putLongVolatile(at(index), update);
        context.checkOpen();
    }

    /** Reads the element without ordering. */
    public long getPlain(int index) {
        long seen = mem.getLong(at(index));
        context.checkOpen();
        return seen;
    }

    /** Writes the element without ordering. */
    public void setPlain(int index, long update) {
        mem.putLong(at(index), update);
        context.checkOpen();
    }

    /** Reads the element; later accesses of this thread stay behind. */
    public long getAcquire(int index) {
        long seen = mem.getLongAcquire(at(index));
        context.checkOpen();
        return seen;
    }

    /** Writes the element; earlier accesses of this thread stay before. */
    public void setRelease(int index, long update) {
        mem.putLongRelease(at(index), update);
        context.checkOpen();
    }

    /** Writes the element and returns what it was. */
    public long getAndSet(int index, long update) {
        long seen = mem.getAndSetLong(at(index), update);
        context.checkOpen();
        return seen;
    }

    /** Writes the element if it is as expected, and returns whether it was. */
    public boolean compareAndSet(int index, long expected, long update) {
        boolean done = mem.casLong(at(index), expected, update);
        context.checkOpen();
        return done;
    }

    /** Adds to the element and returns what it was; it wraps around silently. */
    public long getAndAdd(int index, long delta) {
        long seen = mem.getAndAddLong(at(index), delta);
        context.checkOpen();
        return seen;
    }

    /** Adds to the element and returns the sum; it wraps around silently. */
    public long addAndGet(int index, long delta) {
        return getAndAdd(index, delta) + delta;
    }

    /** Adds 1 and returns what the element was. */
    public long getAndIncrement(int index) {
        return getAndAdd(index, 1);
    }

    /** Adds 1 and returns the sum. */
    public long incrementAndGet(int index) {
        return getAndAdd(index, 1) + 1;
    }

    /** Subtracts 1 and returns what the element was. */
    public long getAndDecrement(int index) {
        return getAndAdd(index, -1);
    }

    /** Subtracts 1 and returns the difference. */
    public long decrementAndGet(int index) {
        return getAndAdd(index, -1) - 1;
    }

    /**
     * Replaces the element by a function of it and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public long getAndUpdate(int index, LongUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        long seen;
        do {
            seen = get(index);
        } while (!compareAndSet(index, seen, op.applyAsLong(seen)));
        return seen;
    }

    /** The same as {@link #getAndUpdate}, but returns the new value. */
    public long updateAndGet(int index, LongUnaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        long seen;
        long next;
        do {
            seen = get(index);
            next = op.applyAsLong(seen);
        } while (!compareAndSet(index, seen, next));
        return next;
    }

    /**
     * Replaces the element by a function of it and {@code operand}, in this order, and returns what it was.
     *
     * @param op free of side effects: it is called again if another writer came between; if it throws, nothing changes
     */
    public long getAndAccumulate(int index, long operand, LongBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        long seen;
        do {
            seen = get(index);
        } while (!compareAndSet(index, seen, op.applyAsLong(seen, operand)));
        return seen;
    }

    /** The same as {@link #getAndAccumulate}, but returns the new value. */
    public long accumulateAndGet(int index, long operand, LongBinaryOperator op) {
        Objects.requireNonNull(op, "op must not be null");
        long seen;
        long next;
        do {
            seen = get(index);
            next = op.applyAsLong(seen, operand);
        } while (!compareAndSet(index, seen, next));
        return next;
    }

    /**
     * Copies {@code count} elements out, plain, from {@code index} on.
     *
     * @throws IndexOutOfBoundsException if either range does not fit; nothing is copied then
     */
    public void get(int index, long[] target, int targetIndex, int count) {
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
    public void set(int index, long[] source, int sourceIndex, int count) {
        Objects.requireNonNull(source, "source must not be null");
        checkCopy(index, count, sourceIndex, source.length);
        view.put(index, source, sourceIndex, count);
        context.checkOpen();
    }

    /** Sets all elements to a value, plain. */
    public void fill(long value) {
        for (int i = 0; i < length; i++) {
            view.put(i, value);
        }
        context.checkOpen();
    }

    /** Copies all elements out, plain. */
    public long[] toArray() {
        long[] copy = new long[length];
        get(0, copy, 0, length);
        return copy;
    }

    private int at(int index) {
        return elements + (checked(index) << 3);
    }
}
