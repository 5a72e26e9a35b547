package io.interlock.core.platform;

import io.interlock.core.port.Mem;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/** Shared words through the JDK's own view handles: needs no flag and no export. */
public final class VarHandleMem extends Mem {

    private static final VarHandle INTS =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder()).withInvokeExactBehavior();
    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder()).withInvokeExactBehavior();

    private final ByteBuffer bytes;

    /**
     * Wraps a direct buffer.
     *
     * @param bytes the mapping; it stays reachable as long as this object
     */
    public VarHandleMem(ByteBuffer bytes) {
        this.bytes = bytes.duplicate().clear().order(ByteOrder.nativeOrder());
    }

    @Override
    public int capacity() {
        return bytes.capacity();
    }

    @Override
    public ByteBuffer buffer() {
        return bytes.duplicate().order(ByteOrder.nativeOrder());
    }

    @Override
    public MutableDirectBuffer directBuffer(int offset, int length) {
        throw new UnsupportedOperationException("Agrona's buffers need the JVM flag " + Platform.AGRONA_FLAG
                + "; start the JVM with it, or use the ByteBuffer");
    }

    @Override
    public byte getByte(int offset) {
        return bytes.get(offset);
    }

    @Override
    public void putByte(int offset, byte value) {
        bytes.put(offset, value);
    }

    @Override
    public short getShort(int offset) {
        return bytes.getShort(offset);
    }

    @Override
    public void putShort(int offset, short value) {
        bytes.putShort(offset, value);
    }

    @Override
    public int getInt(int offset) {
        return bytes.getInt(offset);
    }

    @Override
    public void putInt(int offset, int value) {
        bytes.putInt(offset, value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return (int) INTS.getAcquire(bytes, offset);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        INTS.setRelease(bytes, offset, value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return (int) INTS.getVolatile(bytes, offset);
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        INTS.setVolatile(bytes, offset, value);
    }

    @Override
    public boolean casInt(int offset, int expected, int update) {
        return INTS.compareAndSet(bytes, offset, expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return (int) INTS.getAndAdd(bytes, offset, delta);
    }

    @Override
    public int getAndSetInt(int offset, int value) {
        return (int) INTS.getAndSet(bytes, offset, value);
    }

    @Override
    public long getLong(int offset) {
        return bytes.getLong(offset);
    }

    @Override
    public void putLong(int offset, long value) {
        bytes.putLong(offset, value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return (long) LONGS.getAcquire(bytes, offset);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        LONGS.setRelease(bytes, offset, value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return (long) LONGS.getVolatile(bytes, offset);
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        LONGS.setVolatile(bytes, offset, value);
    }

    @Override
    public boolean casLong(int offset, long expected, long update) {
        return LONGS.compareAndSet(bytes, offset, expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return (long) LONGS.getAndAdd(bytes, offset, delta);
    }

    @Override
    public long getAndSetLong(int offset, long value) {
        return (long) LONGS.getAndSet(bytes, offset, value);
    }

    @Override
    public void getBytes(int offset, byte[] target, int targetIndex, int length) {
        bytes.get(offset, target, targetIndex, length);
    }

    @Override
    public void putBytes(int offset, byte[] source, int sourceIndex, int length) {
        bytes.put(offset, source, sourceIndex, length);
    }

    @Override
    public void zero(int offset, int length) {
        Zeros.fill(this, offset, length);
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
