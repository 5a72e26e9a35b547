package io.interlock.core.platform;

import io.interlock.core.port.Mem;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Shared words through Agrona's {@code UnsafeApi}, at an address that is one load away: an {@code UnsafeBuffer} would
 * be one object more between the two, and after every volatile access the compiler goes that way again. Bounds are
 * checked as {@code UnsafeBuffer} does, and not if Agrona's own property {@code agrona.disable.bounds.checks} is set.
 * Loading this class needs the package {@code jdk.internal.misc} of {@code java.base} to be exported; {@link Platform}
 * asks first.
 */
public final class AgronaMem extends Mem {

    private final ByteBuffer bytes;
    private final UnsafeBuffer words;
    private final long address;
    private final int capacity;
    /** Below it every access is inside, whatever its length: one comparison. */
    private final int wordLimit;

    /**
     * Wraps a direct buffer.
     *
     * @param bytes the mapping; it stays reachable as long as this object
     */
    public AgronaMem(ByteBuffer bytes) {
        this.bytes = bytes.duplicate().clear().order(ByteOrder.nativeOrder());
        this.words = new UnsafeBuffer(this.bytes);
        this.address = words.addressOffset();
        this.capacity = words.capacity();
        this.wordLimit = Math.max(0, capacity - Long.BYTES + 1);
    }

    private long at(int offset, int length) {
        if (UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
            if (Integer.compareUnsigned(offset, wordLimit) >= 0) {
                Objects.checkFromIndexSize(offset, length, capacity);
            }
        }
        return address + offset;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ByteBuffer buffer() {
        return bytes.duplicate().order(ByteOrder.nativeOrder());
    }

    @Override
    public MutableDirectBuffer directBuffer(int offset, int length) {
        return new UnsafeBuffer(bytes, offset, length);
    }

    @Override
    public byte getByte(int offset) {
        return UnsafeApi.getByte(null, at(offset, 1));
    }

    @Override
    public void putByte(int offset, byte value) {
        UnsafeApi.putByte(null, at(offset, 1), value);
    }

    @Override
    public short getShort(int offset) {
        return UnsafeApi.getShort(null, at(offset, 2));
    }

    @Override
    public void putShort(int offset, short value) {
        UnsafeApi.putShort(null, at(offset, 2), value);
    }

    @Override
    public int getInt(int offset) {
        return UnsafeApi.getInt(null, at(offset, 4));
    }

    @Override
    public void putInt(int offset, int value) {
        UnsafeApi.putInt(null, at(offset, 4), value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return UnsafeApi.getIntAcquire(null, at(offset, 4));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        UnsafeApi.putIntRelease(null, at(offset, 4), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return UnsafeApi.getIntVolatile(null, at(offset, 4));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        UnsafeApi.putIntVolatile(null, at(offset, 4), value);
    }

    @Override
    public boolean casInt(int offset, int expected, int update) {
        return UnsafeApi.compareAndSetInt(null, at(offset, 4), expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return UnsafeApi.getAndAddInt(null, at(offset, 4), delta);
    }

    @Override
    public int getAndSetInt(int offset, int value) {
        return UnsafeApi.getAndSetInt(null, at(offset, 4), value);
    }

    @Override
    public long getLong(int offset) {
        return UnsafeApi.getLong(null, at(offset, 8));
    }

    @Override
    public void putLong(int offset, long value) {
        UnsafeApi.putLong(null, at(offset, 8), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return UnsafeApi.getLongAcquire(null, at(offset, 8));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        UnsafeApi.putLongRelease(null, at(offset, 8), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return UnsafeApi.getLongVolatile(null, at(offset, 8));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        UnsafeApi.putLongVolatile(null, at(offset, 8), value);
    }

    @Override
    public boolean casLong(int offset, long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, at(offset, 8), expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return UnsafeApi.getAndAddLong(null, at(offset, 8), delta);
    }

    @Override
    public long getAndSetLong(int offset, long value) {
        return UnsafeApi.getAndSetLong(null, at(offset, 8), value);
    }

    @Override
    public void getBytes(int offset, byte[] target, int targetIndex, int length) {
        words.getBytes(offset, target, targetIndex, length);
    }

    @Override
    public void putBytes(int offset, byte[] source, int sourceIndex, int length) {
        words.putBytes(offset, source, sourceIndex, length);
    }

    @Override
    public void zero(int offset, int length) {
        words.setMemory(offset, length, (byte) 0);
    }

    @Override
    public void fullFence() {
        VarHandle.fullFence();
    }

    @Override
    public void compilerFence() {
        VarHandle.releaseFence();
    }
}
