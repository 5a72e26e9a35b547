package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import java.util.Objects;

/**
 * A row of {@code byte}s that processes share, Python's {@code Array('b')}.
 *
 * <pre>{@code
 * // process A                                                   // process B
 * var frame = IpcByteArray.openOrCreate(segment, "frame", 4096); var frame = IpcByteArray.open(segment, "frame");
 * frame.getLock().run(() -> frame.set(0, bytes, 0, n));          byte[] now = frame.getLock().call(frame::toArray);
 * }</pre>
 *
 * <p>All its operations are plain: processors have few atomic instructions for single bytes, and the JDK has none on
 * mapped memory. Guard it by its lock, or by any other means that orders.
 *
 * <p>What happens when a process dies, progress, memory effects and limits: {@link IpcArray}.
 */
public final class IpcByteArray extends IpcArray {

    private IpcByteArray(ObjectLock lock) {
        super(lock);
    }

    private IpcByteArray(Segment segment, SharedBlock block) {
        this(ObjectLock.onDemand(segment, block));
    }

    /**
     * Makes an anonymous array of zeros, for those who are told its {@link #id()}.
     *
     * @param length 0 or more
     */
    public static IpcByteArray create(Segment segment, int length) {
        return new IpcByteArray(segment, ArrayLayout.BYTE.create(segment, length, ArrayLayout::leaveZero));
    }

    /**
     * Makes an array of zeros.
     *
     * @param name   1 to 128 bytes of UTF-8, without slash and NUL
     * @param length 0 or more
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcByteArray create(Segment segment, String name, int length) {
        return new IpcByteArray(segment, ArrayLayout.BYTE.create(segment, name, length, ArrayLayout::leaveZero));
    }

    /** Makes an anonymous array of these elements. */
    public static IpcByteArray createOf(Segment segment, byte... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcByteArray(segment, ArrayLayout.BYTE.create(segment, values.length, start));
    }

    /** Makes an array of these elements; nobody sees it without them. */
    public static IpcByteArray createOf(Segment segment, String name, byte... values) {
        ObjectRequest.Initializer start = start(values);
        return new IpcByteArray(segment, ArrayLayout.BYTE.create(segment, name, values.length, start));
    }

    /**
     * Opens an array of whatever length.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcByteArray open(Segment segment, String name) {
        return new IpcByteArray(segment, ArrayLayout.BYTE.open(segment, name));
    }

    /** Opens an array by its {@link #id()}. */
    public static IpcByteArray open(Segment segment, int id) {
        return new IpcByteArray(segment, ArrayLayout.BYTE.open(segment, id));
    }

    /**
     * Opens an array, or makes one of zeros.
     *
     * @throws io.interlock.core.error.ObjectMismatchException if there is one of another length or kind
     * @throws io.interlock.core.error.SegmentFullException    if there is no room for a new one
     */
    public static IpcByteArray openOrCreate(Segment segment, String name, int length) {
        return new IpcByteArray(segment, ArrayLayout.BYTE.openOrCreate(segment, name, length));
    }

    private static ObjectRequest.Initializer start(byte[] values) {
        Objects.requireNonNull(values, "values must not be null");
        return (mem, offset) -> mem.putBytes(offset + ArrayLayout.ELEMENTS_OFFSET, values, 0, values.length);
    }

    @Override
    public IpcByteArray withLock(IpcMutex given) {
        return new IpcByteArray(lock.given(given));
    }

    @Override
    public IpcByteArray withoutLock() {
        return new IpcByteArray(lock.none());
    }

    /** Reads the element, plain: without ordering. */
    public byte get(int index) {
        byte seen = mem.getByte(at(index));
        context.checkOpen();
        return seen;
    }

    /** Writes the element, plain: without ordering. */
    public void set(int index, byte update) {
        mem.putByte(at(index), update);
        context.checkOpen();
    }

    /**
     * Copies {@code count} elements out, plain, from {@code index} on.
     *
     * @throws IndexOutOfBoundsException if either range does not fit; nothing is copied then
     */
    public void get(int index, byte[] target, int targetIndex, int count) {
        Objects.requireNonNull(target, "target must not be null");
        checkCopy(index, count, targetIndex, target.length);
        mem.getBytes(elements + index, target, targetIndex, count);
        context.checkOpen();
    }

    /**
     * Copies {@code count} elements in, plain, to {@code index} and on.
     *
     * @throws IndexOutOfBoundsException if either range does not fit; nothing is copied then
     */
    public void set(int index, byte[] source, int sourceIndex, int count) {
        Objects.requireNonNull(source, "source must not be null");
        checkCopy(index, count, sourceIndex, source.length);
        mem.putBytes(elements + index, source, sourceIndex, count);
        context.checkOpen();
    }

    /** Sets all elements to a value, plain. */
    public void fill(byte value) {
        for (int i = 0; i < length; i++) {
            mem.putByte(elements + i, value);
        }
        context.checkOpen();
    }

    /** Copies all elements out, plain. */
    public byte[] toArray() {
        byte[] copy = new byte[length];
        get(0, copy, 0, length);
        return copy;
    }

    private int at(int index) {
        return elements + checked(index);
    }
}
