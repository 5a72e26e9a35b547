package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.nio.ShortBuffer;
import java.util.Objects;

/**
 * A row of {@code short}s that processes share, Python's {@code Array('h')}.
 *
 * <pre>{@code
 * // process A                                                    // process B
 * var samples = IpcShortArray.openOrCreate(segment, "audio", 80); var samples = IpcShortArray.open(segment, "audio");
 * samples.getLock().run(() -> samples.set(7, (short) 1));         samples.getLock().call(samples::toArray);
 * }</pre>
 *
 * <p>All its operations are plain: the JDK has no atomic ones for 16 bits on mapped memory. Guard it by its lock, or by
 * any other means that orders.
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcArray}.
 */
public final class IpcShortArray extends IpcArray {

    private final ShortBuffer view;

    private IpcShortArray(ObjectLock lock) {
        super(lock);
        this.view = view(Short.BYTES).asShortBuffer();
    }

    private IpcShortArray(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /**
     * Makes an anonymous array of zeros, for those who are told its {@link #id()}.
     *
     * @param length 0 or more
     */
    public static IpcShortArray create(Segment segment, int length) {
        return new IpcShortArray(segment, ArrayLayout.SHORT.create(segment, length, ArrayLayout::leaveZero));
    }

    /**
     * Makes an array of zeros.
     *
     * @param name   1 to 128 bytes of UTF-8, without slash and NUL
     * @param length 0 or more
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcShortArray create(Segment segment, String name, int length) {
        return new IpcShortArray(segment, ArrayLayout.SHORT.create(segment, name, length, ArrayLayout::leaveZero));
    }

    /** Makes an anonymous array of these elements. */
    public static IpcShortArray createOf(Segment segment, short... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcShortArray(segment, ArrayLayout.SHORT.create(segment, values.length, start));
    }

    /** Makes an array of these elements; nobody sees it without them. */
    public static IpcShortArray createOf(Segment segment, String name, short... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcShortArray(segment, ArrayLayout.SHORT.create(segment, name, values.length, start));
    }

    /**
     * Opens an array of whatever length.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcShortArray open(Segment segment, String name) {
        return new IpcShortArray(segment, ArrayLayout.SHORT.open(segment, name));
    }

    /** Opens an array by its {@link #id()}. */
    public static IpcShortArray open(Segment segment, int id) {
        return new IpcShortArray(segment, ArrayLayout.SHORT.open(segment, id));
    }

    /**
     * Opens an array, or makes one of zeros.
     *
     * @throws io.interlock.core.error.ObjectMismatchException if there is one of another length or kind
     * @throws io.interlock.core.error.SegmentFullException    if there is no room for a new one
     */
    public static IpcShortArray openOrCreate(Segment segment, String name, int length) {
        return new IpcShortArray(segment, ArrayLayout.SHORT.openOrCreate(segment, name, length));
    }

    private static ObjectRequest.Initializer start(short[] values) {
        Objects.requireNonNull(values, "values must not be null");
        return (mem, offset) -> {
            int at = offset + ArrayLayout.ELEMENTS_OFFSET;
            for (short value : values) {
                mem.putShort(at, value);
                at += Short.BYTES;
            }
        };
    }

    @Override
    public IpcShortArray withLock(IpcMutex given) {
        return new IpcShortArray(lock.given(given));
    }

    @Override
    public IpcShortArray withoutLock() {
        return new IpcShortArray(lock.none());
    }

    /** Reads the element, plain: without ordering. */
    public short get(int index) {
        short seen = mem.getShort(at(index));
        context.checkOpen();
        return seen;
    }

    /** Writes the element, plain: without ordering. */
    public void set(int index, short update) {
        mem.putShort(at(index), update);
        context.checkOpen();
    }

    /**
     * Copies {@code count} elements out, plain, from {@code index} on.
     *
     * @throws IndexOutOfBoundsException if either range does not fit; nothing is copied then
     */
    public void get(int index, short[] target, int targetIndex, int count) {
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
    public void set(int index, short[] source, int sourceIndex, int count) {
        Objects.requireNonNull(source, "source must not be null");
        checkCopy(index, count, sourceIndex, source.length);
        view.put(index, source, sourceIndex, count);
        context.checkOpen();
    }

    /** Sets all elements to a value, plain. */
    public void fill(short value) {
        for (int i = 0; i < length; i++) {
            view.put(i, value);
        }
        context.checkOpen();
    }

    /** Copies all elements out, plain. */
    public short[] toArray() {
        short[] copy = new short[length];
        get(0, copy, 0, length);
        return copy;
    }

    private int at(int index) {
        return elements + (checked(index) << 1);
    }
}
