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
    /** Where an access of 4 bytes may begin: before this offset. The compiler makes one comparison of the check. */
    private final int intLimit;
    /** The same for 8 bytes. */
    private final int longLimit;

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
        this.intLimit = Math.max(0, capacity - Integer.BYTES + 1);
        this.longLimit = Math.max(0, capacity - Long.BYTES + 1);
    }

    private long byteAt(int offset) {
        return at(offset, capacity);
    }

    private long shortAt(int offset) {
        return at(offset, capacity - Short.BYTES + 1);
    }

    private long intAt(int offset) {
        return at(offset, intLimit);
    }

    private long longAt(int offset) {
        return at(offset, longLimit);
    }

    private long at(int offset, int limit) {
        if (UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
            Objects.checkIndex(offset, limit & Integer.MAX_VALUE);
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
        return UnsafeApi.getByte(null, byteAt(offset));
    }

    @Override
    public void putByte(int offset, byte value) {
        UnsafeApi.putByte(null, byteAt(offset), value);
    }

    @Override
    public short getShort(int offset) {
        return UnsafeApi.getShort(null, shortAt(offset));
    }

    @Override
    public void putShort(int offset, short value) {
        UnsafeApi.putShort(null, shortAt(offset), value);
    }

    @Override
    public int getInt(int offset) {
        return UnsafeApi.getInt(null, intAt(offset));
    }

    @Override
    public void putInt(int offset, int value) {
        UnsafeApi.putInt(null, intAt(offset), value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return UnsafeApi.getIntAcquire(null, intAt(offset));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        UnsafeApi.putIntRelease(null, intAt(offset), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return UnsafeApi.getIntVolatile(null, intAt(offset));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        UnsafeApi.putIntVolatile(null, intAt(offset), value);
    }

    @Override
    public boolean casInt(int offset, int expected, int update) {
        return UnsafeApi.compareAndSetInt(null, intAt(offset), expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return UnsafeApi.getAndAddInt(null, intAt(offset), delta);
    }

    @Override
    public int getAndSetInt(int offset, int value) {
        return UnsafeApi.getAndSetInt(null, intAt(offset), value);
    }

    @Override
    public long getLong(int offset) {
        return UnsafeApi.getLong(null, longAt(offset));
    }

    @Override
    public void putLong(int offset, long value) {
        UnsafeApi.putLong(null, longAt(offset), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return UnsafeApi.getLongAcquire(null, longAt(offset));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        UnsafeApi.putLongRelease(null, longAt(offset), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return UnsafeApi.getLongVolatile(null, longAt(offset));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        UnsafeApi.putLongVolatile(null, longAt(offset), value);
    }

    @Override
    public boolean casLong(int offset, long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, longAt(offset), expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return UnsafeApi.getAndAddLong(null, longAt(offset), delta);
    }

    @Override
    public long getAndSetLong(int offset, long value) {
        return UnsafeApi.getAndSetLong(null, longAt(offset), value);
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

    @Override
    public long place(int offset, int length) {
        return address + super.place(offset, length);
    }

    @Override
    public int getInt(long place) {
        return UnsafeApi.getInt(null, place);
    }

    @Override
    public void putInt(long place, int value) {
        UnsafeApi.putInt(null, place, value);
    }

    @Override
    public int getIntVolatile(long place) {
        return UnsafeApi.getIntVolatile(null, place);
    }

    @Override
    public void putIntVolatile(long place, int value) {
        UnsafeApi.putIntVolatile(null, place, value);
    }

    @Override
    public int getIntAcquire(long place) {
        return UnsafeApi.getIntAcquire(null, place);
    }

    @Override
    public void putIntRelease(long place, int value) {
        UnsafeApi.putIntRelease(null, place, value);
    }

    @Override
    public boolean casInt(long place, int expected, int update) {
        return UnsafeApi.compareAndSetInt(null, place, expected, update);
    }

    @Override
    public int getAndAddInt(long place, int delta) {
        return UnsafeApi.getAndAddInt(null, place, delta);
    }

    @Override
    public int getAndSetInt(long place, int value) {
        return UnsafeApi.getAndSetInt(null, place, value);
    }

    @Override
    public long getLong(long place) {
        return UnsafeApi.getLong(null, place);
    }

    @Override
    public long getLongAcquire(long place) {
        return UnsafeApi.getLongAcquire(null, place);
    }

    @Override
    public void putLong(long place, long value) {
        UnsafeApi.putLong(null, place, value);
    }

    @Override
    public void putLongRelease(long place, long value) {
        UnsafeApi.putLongRelease(null, place, value);
    }

    @Override
    public long getLongVolatile(long place) {
        return UnsafeApi.getLongVolatile(null, place);
    }

    @Override
    public void putLongVolatile(long place, long value) {
        UnsafeApi.putLongVolatile(null, place, value);
    }

    @Override
    public boolean casLong(long place, long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, place, expected, update);
    }

    @Override
    public long getAndAddLong(long place, long delta) {
        return UnsafeApi.getAndAddLong(null, place, delta);
    }

    @Override
    public long getAndSetLong(long place, long value) {
        return UnsafeApi.getAndSetLong(null, place, value);
    }
}
