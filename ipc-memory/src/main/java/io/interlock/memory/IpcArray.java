package io.interlock.memory;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.sync.IpcMutex;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A row of numbers of fixed length that processes share, Python's {@code Array}: {@link IpcByteArray},
 * {@link IpcShortArray}, {@link IpcIntArray}, {@link IpcLongArray}, {@link IpcFloatArray} and {@link IpcDoubleArray}.
 *
 * <pre>{@code
 * // process A                                                  // process B
 * var heights = IpcDoubleArray.openOrCreate(s, "heights", 3);   var heights = IpcDoubleArray.open(s, "heights");
 * heights.set(0, 1.5);                                          heights.get(0);
 * heights.getLock().run(() -> heights.fill(-1.0));              heights.getLock().call(heights::toArray);
 * }</pre>
 *
 * <p>Elements of 32 and 64 bits have the operations of {@link java.util.concurrent.atomic.AtomicIntegerArray}: their
 * {@code get} and {@code set} are volatile. Elements of 8 and 16 bits have plain ones only. Operations on many elements
 * (copies in and out, {@code fill}, {@code toArray}) are plain and not atomic: others see them half done, and they see
 * others' changes half done, unless all take {@linkplain #getLock() the lock}. No operation takes it by itself.
 *
 * <p><b>When a process dies</b> each of its operations on one element has happened or has not. Of one on many elements,
 * any part may have happened. If it died holding the lock, the next owner takes it over as {@link IpcMutex} says, finds
 * {@link IpcMutex#previousOwnerDied()} true, and the elements as the dead left them.
 *
 * <p><b>Waiting.</b> No operation of an array waits; only its lock does.
 *
 * <p><b>Progress.</b> Reads and writes are wait-free. Atomic operations on whole numbers are one atomic instruction
 * where the processor has it; those that take a function, and sums of floating-point numbers, try again until no other
 * writer came between: lock-free. No operation makes a system call, and none allocates but {@code toArray}; a function
 * given may.
 *
 * <p><b>Memory consistency effects.</b> As those of {@code AtomicIntegerArray}, for each element and between threads of
 * all processes (see {@linkplain io.interlock.core.robust the package that argues so}). Plain operations, those of
 * 8-bit and 16-bit elements among them, order nothing: they need the lock, a semaphore, or an atomic operation on
 * another element or value, before and after.
 *
 * <p><b>Limits.</b> The length is fixed when the array is made, 0 or more; all elements together must fit into the
 * segment, which has less than 2 GiB. Elements stand side by side, so that processes that write to neighbours slow each
 * other down. An array stays as long as the segment. Every operation throws
 * {@link io.interlock.core.error.SegmentClosedException} once its handle of the segment was closed.
 */
public abstract sealed class IpcArray
        permits IpcByteArray, IpcShortArray, IpcIntArray, IpcLongArray, IpcFloatArray, IpcDoubleArray {

    /* Design.
     *
     * The siblings call Mem directly, and check after each access that the segment is still open: the mapping of a
     * closed one reads zeros. The index is checked by ourselves before the access, because Mem knows the bounds of the
     * segment only; Objects.checkIndex would do it as fast, but cannot say which array it was. The length is read
     * once, when the array is opened, and compared with the block: a damaged directory cannot lead out of it.
     *
     * Copies go through a view of the elements in native order, made once for each handle: absolute bulk operations
     * of a buffer use no position, so threads can share it. The view keeps the mapping reachable.
     */

    final Context context;
    final Mem mem;
    /** Offset of element 0 in the segment. */
    final int elements;
    final int length;
    final ObjectLock lock;

    IpcArray(ObjectLock lock) {
        this.lock = lock;
        this.context = lock.block().context();
        this.mem = context.mem;
        this.elements = lock.block().offset() + ArrayLayout.ELEMENTS_OFFSET;
        this.length = (int) lock.block().parameter0();
    }

    /** How many elements there are. */
    public final int length() {
        return length;
    }

    /**
     * The lock of this array: one of its own, the same for all processes and made when somebody first asks, unless this
     * handle was made by {@link #withLock} or {@link #withoutLock}. Always the same object for one handle.
     *
     * @throws UnsupportedOperationException if this handle was made by {@link #withoutLock}
     * @throws io.interlock.core.error.SegmentFullException if there is no room to make the lock
     */
    public final IpcMutex getLock() {
        return lock.get();
    }

    /**
     * Another handle of the same array whose {@link #getLock()} is the given lock; several arrays may share one. It
     * belongs to the handle: every process gives the lock that they agreed on.
     */
    public abstract IpcArray withLock(IpcMutex lock);

    /** Another handle of the same array that has no lock; for arrays that are guarded by other means. */
    public abstract IpcArray withoutLock();

    /** Number of the array in its segment; {@code open(segment, id)} takes it in other processes. */
    public final int id() {
        return block().id();
    }

    /** Name of the array, or {@code #id} for an anonymous one. */
    public final String name() {
        return block().label();
    }

    /** An index that is one. */
    final int checked(int index) {
        if (index < 0 || index >= length) {
            throw outOfBounds("index " + index);
        }
        return index;
    }

    /** Checks a range of this array and the range of the caller's array that it is copied from or to. */
    final void checkCopy(int index, int count, int otherIndex, int otherLength) {
        if (!isWithin(index, count, length)) {
            throw outOfBounds("range [" + index + ", " + index + " + " + count + ")");
        }
        if (!isWithin(otherIndex, count, otherLength)) {
            throw new IndexOutOfBoundsException("range [" + otherIndex + ", " + otherIndex + " + " + count
                    + ") is out of bounds for the given array of length " + otherLength);
        }
    }

    /** The elements as bytes in native order. */
    final ByteBuffer view(int widthBytes) {
        return mem.buffer().slice(elements, length * widthBytes).order(ByteOrder.nativeOrder());
    }

    private static boolean isWithin(int index, int count, int bound) {
        return index >= 0 && count >= 0 && index <= bound - count;
    }

    private IndexOutOfBoundsException outOfBounds(String what) {
        return new IndexOutOfBoundsException(what + " is out of bounds for " + getClass().getSimpleName() + " \""
                + name() + "\" of length " + length);
    }

    private SharedBlock block() {
        return lock.block();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + name() + ", length=" + length + "]";
    }
}
