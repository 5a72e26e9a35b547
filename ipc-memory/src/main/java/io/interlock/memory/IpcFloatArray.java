package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * A row of {@code float}s that processes share, Python's {@code Array('f')}.
 *
 * <pre>{@code
 * // process A                                                     // process B
 * var levels = IpcFloatArray.openOrCreate(segment, "levels", 5);   var levels = IpcFloatArray.open(segment, "levels");
 * levels.set(3, 0.5f);                                             float third = levels.get(3);
 * }</pre>
 *
 * <p>{@code compareAndSet} compares bits: 0.0 is not -0.0, and a NaN is the NaN of the same bits. {@code getAndAdd} and
 * its like read, compute, and compare and set until no other writer came between.
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcArray}.
 */
public final class IpcFloatArray extends IpcArray {

    private final FloatBuffer view;

    private IpcFloatArray(ObjectLock lock) {
        super(lock);
        this.view = view(Float.BYTES).asFloatBuffer();
    }

    private IpcFloatArray(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /**
     * Makes an anonymous array of zeros, for those who are told its {@link #id()}.
     *
     * @param length 0 or more
     */
    public static IpcFloatArray create(Segment segment, int length) {
        return new IpcFloatArray(segment, ArrayLayout.FLOAT.create(segment, length, ArrayLayout::leaveZero));
    }

    /**
     * Makes an array of zeros.
     *
     * @param name   1 to 128 bytes of UTF-8, without slash and NUL
     * @param length 0 or more
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcFloatArray create(Segment segment, String name, int length) {
        return new IpcFloatArray(segment, ArrayLayout.FLOAT.create(segment, name, length, ArrayLayout::leaveZero));
    }

    /** Makes an anonymous array of these elements. */
    public static IpcFloatArray createOf(Segment segment, float... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcFloatArray(segment, ArrayLayout.FLOAT.create(segment, values.length, start));
    }

    /** Makes an array of these elements; nobody sees it without them. */
    public static IpcFloatArray createOf(Segment segment, String name, float... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcFloatArray(segment, ArrayLayout.FLOAT.create(segment, name, values.length, start));
    }

    /**
     * Opens an array of whatever length.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcFloatArray open(Segment segment, String name) {
        return new IpcFloatArray(segment, ArrayLayout.FLOAT.open(segment, name));
    }

    /** Opens an array by its {@link #id()}. */
    public static IpcFloatArray open(Segment segment, int id) {
        return new IpcFloatArray(segment, ArrayLayout.FLOAT.open(segment, id));
    }

    /**
     * Opens an array, or makes one of zeros.
     *
     * @throws io.interlock.core.error.ObjectMismatchException if there is one of another length or kind
     * @throws io.interlock.core.error.SegmentFullException    if there is no room for a new one
     */
    public static IpcFloatArray openOrCreate(Segment segment, String name, int length) {
        return new IpcFloatArray(segment, ArrayLayout.FLOAT.openOrCreate(segment, name, length));
    }

    private static ObjectRequest.Initializer start(float[] values) {
        Objects.requireNonNull(values, "values must not be null");
        return (mem, offset) -> {
            int at = offset + ArrayLayout.ELEMENTS_OFFSET;
            for (float value : values) {
                mem.putInt(at, Float.floatToRawIntBits(value));
                at += Float.BYTES;
            }
        };
    }

    @Override
    public IpcFloatArray withLock(IpcMutex given) {
        return new IpcFloatArray(lock.given(given));
    }

    @Override
    public IpcFloatArray withoutLock() {
        return new IpcFloatArray(lock.none());
    }

    /** Reads the element, volatile. */
    public float get(int index) {
        int seen = mem.getIntVolatile(at(index));
        context.checkOpen();
        return Float.intBitsToFloat(seen);
    }

    /** Writes the element, volatile. */
    public void set(int index, float update) {
        mem.putIntVolatile(at(index), Float.floatToRawIntBits(update));
        context.checkOpen();
    }

    /** Reads the element without ordering. */
    public float getPlain(int index) {
        int seen = mem.getInt(at(index));
        context.checkOpen();
        return Float.intBitsToFloat(seen);
    }

    /** Writes the element without ordering. */
    public void setPlain(int index, float update) {
        mem.putInt(at(index), Float.floatToRawIntBits(update));
        context.checkOpen();
    }

    /** Reads the element; later accesses of this thread stay behind. */
    public float getAcquire(int index) {
        int seen = mem.getIntAcquire(at(index));
        context.checkOpen();
        return Float.intBitsToFloat(seen);
    }

    /** Writes the element; earlier accesses of this thread stay before. */
    public void setRelease(int index, float update) {
        mem.putIntRelease(at(index), Float.floatToRawIntBits(update));
        context.checkOpen();
    }

    /** Writes the element and returns what it was. */
    public float getAndSet(int index, float update) {
        int seen = mem.getAndSetInt(at(index), Float.floatToRawIntBits(update));
        context.checkOpen();
        return Float.intBitsToFloat(seen);
    }

    /**
     * Writes the element if it is as expected, and returns whether it was. Compares bits, as {@code VarHandle} does:
     * 0.0 is not -0.0, and a NaN is the NaN of the same bits.
     */
    public boolean compareAndSet(int index, float expected, float update) {
        boolean done = mem.casInt(at(index), Float.floatToRawIntBits(expected), Float.floatToRawIntBits(update));
        context.checkOpen();
        return done;
    }

    /** Adds to the element and returns what it was. */
    public float getAndAdd(int index, float delta) {
        int at = at(index);
        int seen;
        int sum;
        do {
            seen = mem.getIntVolatile(at);
            sum = Float.floatToRawIntBits(Float.intBitsToFloat(seen) + delta);
        } while (!mem.casInt(at, seen, sum));
        context.checkOpen();
        return Float.intBitsToFloat(seen);
    }

    /** Adds to the element and returns the sum. */
    public float addAndGet(int index, float delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Copies {@code count} elements out, plain, from {@code index} on.
     *
     * @throws IndexOutOfBoundsException if either range does not fit; nothing is copied then
     */
    public void get(int index, float[] target, int targetIndex, int count) {
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
    public void set(int index, float[] source, int sourceIndex, int count) {
        Objects.requireNonNull(source, "source must not be null");
        checkCopy(index, count, sourceIndex, source.length);
        view.put(index, source, sourceIndex, count);
        context.checkOpen();
    }

    /** Sets all elements to a value, plain. */
    public void fill(float value) {
        for (int i = 0; i < length; i++) {
            view.put(i, value);
        }
        context.checkOpen();
    }

    /** Copies all elements out, plain. */
    public float[] toArray() {
        float[] copy = new float[length];
        get(0, copy, 0, length);
        return copy;
    }

    private int at(int index) {
        return elements + (checked(index) << 2);
    }
}
