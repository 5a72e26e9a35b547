package io.interlock.core.port;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;

/**
 * The shared words of one segment: the only way in which an algorithm touches memory that other processes see.
 *
 * <p>An access names its ordering in full, so that the memory order can be read off every call. Offsets are in bytes
 * from the start of the segment; {@code int} words are 4-byte aligned and {@code long} words 8-byte aligned, in the
 * byte order of the machine. An offset outside the segment is an {@link IndexOutOfBoundsException} unless the
 * implementation's bounds checks were switched off.
 *
 * <p>This is an abstract class and not an interface because exactly one implementation is loaded in production: calls
 * then stay monomorphic and are inlined.
 *
 * <table class="striped">
 * <caption>Orderings</caption>
 * <thead><tr><th>suffix</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>(none)</td><td>plain: no ordering, no atomicity beyond the hardware's</td></tr>
 * <tr><td>Acquire, Release</td><td>as {@link java.lang.invoke.VarHandle#getAcquire} and {@code setRelease}</td></tr>
 * <tr><td>Volatile, cas, getAndAdd, getAndSet</td><td>sequentially consistent among themselves</td></tr>
 * </tbody>
 * </table>
 */
public abstract class Mem {

    /** For implementations. */
    protected Mem() {
    }

    /** Length of the segment in bytes. */
    public abstract int capacity();

    /** The bytes as a buffer in native order that shares this memory, for bulk access; its position is 0. */
    public abstract ByteBuffer buffer();

    /**
     * A part of the memory as Agrona's type, for codecs that are written against it.
     *
     * @throws UnsupportedOperationException if Agrona's buffers do not work in this JVM; the message says how they do
     */
    public abstract MutableDirectBuffer directBuffer(int offset, int length);

    /**
     * A place: an offset that is checked here once and not at each access. For words that an algorithm touches at every
     * operation, and for ranges in which its own arithmetic keeps it: {@code place + n} is a place too as long as what
     * is touched there ends before {@code length}. The type tells the two apart: an {@code int} is an offset, a
     * {@code long} is a place.
     *
     * @param offset from the start of the segment
     * @param length bytes that may be touched from there
     * @throws IndexOutOfBoundsException if that is not inside the segment, whatever was switched off
     */
    public long place(int offset, int length) {
        return Objects.checkFromIndexSize(offset, length, capacity());
    }

    public abstract byte getByte(int offset);

    public abstract void putByte(int offset, byte value);

    public abstract short getShort(int offset);

    public abstract void putShort(int offset, short value);

    public abstract int getInt(int offset);

    public abstract void putInt(int offset, int value);

    public abstract int getIntAcquire(int offset);

    public abstract void putIntRelease(int offset, int value);

    public abstract int getIntVolatile(int offset);

    public abstract void putIntVolatile(int offset, int value);

    public abstract boolean casInt(int offset, int expected, int update);

    public abstract int getAndAddInt(int offset, int delta);

    public abstract int getAndSetInt(int offset, int value);

    public abstract long getLong(int offset);

    public abstract void putLong(int offset, long value);

    public abstract long getLongAcquire(int offset);

    public abstract void putLongRelease(int offset, long value);

    public abstract long getLongVolatile(int offset);

    public abstract void putLongVolatile(int offset, long value);

    public abstract boolean casLong(int offset, long expected, long update);

    public abstract long getAndAddLong(int offset, long delta);

    public abstract long getAndSetLong(int offset, long value);

    /** Copies {@code length} bytes out, plain. */
    public abstract void getBytes(int offset, byte[] target, int targetIndex, int length);

    /** Copies {@code length} bytes in, plain. */
    public abstract void putBytes(int offset, byte[] source, int sourceIndex, int length);

    /** Sets {@code length} bytes to zero, plain. */
    public abstract void zero(int offset, int length);

    /** Orders every earlier access of this thread before every later one. */
    public abstract void fullFence();

    /**
     * Keeps the compiler from moving accesses across; the processor may still let a later load overtake an earlier
     * store. Only for code whose counterpart runs {@link Futex#barrier()}.
     */
    public abstract void compilerFence();

    /** The same at a place. */
    public int getInt(long place) {
        return getInt((int) place);
    }

    /** The same at a place. */
    public void putInt(long place, int value) {
        putInt((int) place, value);
    }

    /** The same at a place. */
    public int getIntVolatile(long place) {
        return getIntVolatile((int) place);
    }

    /** The same at a place. */
    public void putIntVolatile(long place, int value) {
        putIntVolatile((int) place, value);
    }

    /** The same at a place. */
    public int getIntAcquire(long place) {
        return getIntAcquire((int) place);
    }

    /** The same at a place. */
    public void putIntRelease(long place, int value) {
        putIntRelease((int) place, value);
    }

    /** The same at a place. */
    public boolean casInt(long place, int expected, int update) {
        return casInt((int) place, expected, update);
    }

    /** The same at a place. */
    public int getAndAddInt(long place, int delta) {
        return getAndAddInt((int) place, delta);
    }

    /** The same at a place. */
    public int getAndSetInt(long place, int value) {
        return getAndSetInt((int) place, value);
    }

    /** The same at a place. */
    public long getLong(long place) {
        return getLong((int) place);
    }

    /** The same at a place. */
    public long getLongAcquire(long place) {
        return getLongAcquire((int) place);
    }

    /** The same at a place. */
    public void putLong(long place, long value) {
        putLong((int) place, value);
    }

    /** The same at a place. */
    public void putLongRelease(long place, long value) {
        putLongRelease((int) place, value);
    }

    /** The same at a place. */
    public long getLongVolatile(long place) {
        return getLongVolatile((int) place);
    }

    /** The same at a place. */
    public void putLongVolatile(long place, long value) {
        putLongVolatile((int) place, value);
    }

    /** The same at a place. */
    public boolean casLong(long place, long expected, long update) {
        return casLong((int) place, expected, update);
    }

    /** The same at a place. */
    public long getAndAddLong(long place, long delta) {
        return getAndAddLong((int) place, delta);
    }

    /** The same at a place. */
    public long getAndSetLong(long place, long value) {
        return getAndSetLong((int) place, value);
    }
}
