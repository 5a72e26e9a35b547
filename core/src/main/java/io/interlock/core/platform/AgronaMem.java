package io.interlock.core.platform;

import io.interlock.core.port.Mem;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Shared words through Agrona's {@code UnsafeBuffer}. Its bounds checks can be switched off by Agrona's own property
 * {@code agrona.disable.bounds.checks}. Loading this class needs the package {@code jdk.internal.misc} of
 * {@code java.base} to be exported; {@link Platform} asks first.
 */
public final class AgronaMem extends Mem {

    private final ByteBuffer bytes;
    private final UnsafeBuffer words;

    /**
     * Wraps a direct buffer.
     *
     * @param bytes the mapping; it stays reachable as long as this object
     */
    public AgronaMem(ByteBuffer bytes) {
        this.bytes = bytes.duplicate().clear().order(ByteOrder.nativeOrder());
        this.words = new UnsafeBuffer(this.bytes);
    }

    /** The same memory as Agrona's own type, for codecs that are written against it. */
    public UnsafeBuffer agronaBuffer() {
        return words;
    }

    @Override
    public int capacity() {
        return words.capacity();
    }

    @Override
    public ByteBuffer buffer() {
        return bytes.duplicate().order(ByteOrder.nativeOrder());
    }

    @Override
    public byte getByte(int offset) {
        return words.getByte(offset);
    }

    @Override
    public void putByte(int offset, byte value) {
        words.putByte(offset, value);
    }

    @Override
    public short getShort(int offset) {
        return words.getShort(offset);
    }

    @Override
    public void putShort(int offset, short value) {
        words.putShort(offset, value);
    }

    @Override
    public int getInt(int offset) {
        return words.getInt(offset);
    }

    @Override
    public void putInt(int offset, int value) {
        words.putInt(offset, value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return words.getIntAcquire(offset);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        words.putIntRelease(offset, value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return words.getIntVolatile(offset);
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        words.putIntVolatile(offset, value);
    }

    @Override
    public boolean casInt(int offset, int expected, int update) {
        return words.compareAndSetInt(offset, expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return words.getAndAddInt(offset, delta);
    }

    @Override
    public int getAndSetInt(int offset, int value) {
        return words.getAndSetInt(offset, value);
    }

    @Override
    public long getLong(int offset) {
        return words.getLong(offset);
    }

    @Override
    public void putLong(int offset, long value) {
        words.putLong(offset, value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return words.getLongAcquire(offset);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        words.putLongRelease(offset, value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return words.getLongVolatile(offset);
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        words.putLongVolatile(offset, value);
    }

    @Override
    public boolean casLong(int offset, long expected, long update) {
        return words.compareAndSetLong(offset, expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return words.getAndAddLong(offset, delta);
    }

    @Override
    public long getAndSetLong(int offset, long value) {
        return words.getAndSetLong(offset, value);
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
