package io.interlock.stress.sim;

import io.interlock.core.port.Mem;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;

/** The shared words of the simulated machine. Every access is a step of the running process; a copy is many. */
class SimMem extends Mem {

    private final Machine machine;

    SimMem(Machine machine) {
        this.machine = machine;
    }

    @Override
    public int capacity() {
        return machine.memory.length();
    }

    /** Nothing: whoever reads and writes past the steps is not simulated. {@link #directBuffer} makes steps. */
    @Override
    public ByteBuffer buffer() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public MutableDirectBuffer directBuffer(int offset, int length) {
        return SimBuffer.of(this, offset, length);
    }

    @Override
    public byte getByte(int offset) {
        return (byte) machine.load(offset, Byte.BYTES);
    }

    @Override
    public void putByte(int offset, byte value) {
        machine.store(offset, Byte.BYTES, value, false);
    }

    @Override
    public short getShort(int offset) {
        return (short) machine.load(offset, Short.BYTES);
    }

    @Override
    public void putShort(int offset, short value) {
        machine.store(offset, Short.BYTES, value, false);
    }

    @Override
    public int getInt(int offset) {
        return (int) machine.load(offset, Integer.BYTES);
    }

    @Override
    public void putInt(int offset, int value) {
        machine.store(offset, Integer.BYTES, value, false);
    }

    @Override
    public int getIntAcquire(int offset) {
        return getInt(offset);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        putInt(offset, value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return getInt(offset);
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        machine.store(offset, Integer.BYTES, value, true);
    }

    @Override
    public boolean casInt(int offset, int expected, int update) {
        return machine.cas(offset, Integer.BYTES, expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return (int) machine.getAndAdd(offset, Integer.BYTES, delta);
    }

    @Override
    public int getAndSetInt(int offset, int value) {
        return (int) machine.getAndSet(offset, Integer.BYTES, value);
    }

    @Override
    public long getLong(int offset) {
        return machine.load(offset, Long.BYTES);
    }

    @Override
    public void putLong(int offset, long value) {
        machine.store(offset, Long.BYTES, value, false);
    }

    @Override
    public long getLongAcquire(int offset) {
        return getLong(offset);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        putLong(offset, value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return getLong(offset);
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        machine.store(offset, Long.BYTES, value, true);
    }

    @Override
    public boolean casLong(int offset, long expected, long update) {
        return machine.cas(offset, Long.BYTES, expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return machine.getAndAdd(offset, Long.BYTES, delta);
    }

    @Override
    public long getAndSetLong(int offset, long value) {
        return machine.getAndSet(offset, Long.BYTES, value);
    }

    @Override
    public void getBytes(int offset, byte[] target, int targetIndex, int length) {
        for (int i = 0; i < length;) {
            int size = unit(offset + i, length - i);
            long value = machine.load(offset + i, size);
            Memory.unpack(value, target, targetIndex + i, size);
            i += size;
        }
    }

    @Override
    public void putBytes(int offset, byte[] source, int sourceIndex, int length) {
        for (int i = 0; i < length;) {
            int size = unit(offset + i, length - i);
            machine.store(offset + i, size, Memory.pack(source, sourceIndex + i, size), false);
            i += size;
        }
    }

    @Override
    public void zero(int offset, int length) {
        for (int i = 0; i < length;) {
            int size = unit(offset + i, length - i);
            machine.store(offset + i, size, 0, false);
            i += size;
        }
    }

    /** How many bytes a copy moves at once. */
    private static int unit(int offset, int length) {
        return (offset & 7) == 0 && length >= Long.BYTES ? Long.BYTES : 1;
    }

    @Override
    public void fullFence() {
        machine.fence();
    }

    /** Keeps the order of the program, which is that of the steps anyway; stores linger as before. */
    @Override
    public void compilerFence() {
    }
}
