package io.interlock.core.testing;

import io.interlock.core.port.Mem;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.agrona.MutableDirectBuffer;

/**
 * Shared words that do something before a CAS: that is, between somebody's look at a word and its change of it; or
 * before each change.
 */
public final class TrapMem extends Mem {

    private final Mem mem;
    private int at = -1;
    private Runnable action;
    private IntConsumer eachChange = offset -> {
    };

    /** The same words as those. */
    public TrapMem(Mem mem) {
        this.mem = mem;
    }

    /** What to do before the next CAS of the 64-bit word at this offset, once. */
    public void beforeCasOf(int offset, Runnable what) {
        at = offset;
        action = what;
    }

    /** What to do before each change of a word, told its offset; from now on. */
    public void beforeEachChange(IntConsumer what) {
        eachChange = what;
    }

    private void change(int offset) {
        eachChange.accept(offset);
    }

    private void before(int offset) {
        change(offset);
        if (offset == at) {
            at = -1;
            action.run();
        }
    }

    @Override
    public int capacity() {
        return mem.capacity();
    }

    @Override
    public ByteBuffer buffer() {
        return mem.buffer();
    }

    @Override
    public MutableDirectBuffer directBuffer(int offset, int length) {
        return mem.directBuffer(offset, length);
    }

    @Override
    public byte getByte(int offset) {
        return mem.getByte(offset);
    }

    @Override
    public void putByte(int offset, byte value) {
        change(offset);
        mem.putByte(offset, value);
    }

    @Override
    public short getShort(int offset) {
        return mem.getShort(offset);
    }

    @Override
    public void putShort(int offset, short value) {
        change(offset);
        mem.putShort(offset, value);
    }

    @Override
    public int getInt(int offset) {
        return mem.getInt(offset);
    }

    @Override
    public void putInt(int offset, int value) {
        change(offset);
        mem.putInt(offset, value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return mem.getIntAcquire(offset);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        change(offset);
        mem.putIntRelease(offset, value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return mem.getIntVolatile(offset);
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        change(offset);
        mem.putIntVolatile(offset, value);
    }

    @Override
    public boolean casInt(int offset, int expected, int update) {
        change(offset);
        return mem.casInt(offset, expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        change(offset);
        return mem.getAndAddInt(offset, delta);
    }

    @Override
    public int getAndSetInt(int offset, int value) {
        change(offset);
        return mem.getAndSetInt(offset, value);
    }

    @Override
    public long getLong(int offset) {
        return mem.getLong(offset);
    }

    @Override
    public void putLong(int offset, long value) {
        change(offset);
        mem.putLong(offset, value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return mem.getLongAcquire(offset);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        change(offset);
        mem.putLongRelease(offset, value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return mem.getLongVolatile(offset);
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        change(offset);
        mem.putLongVolatile(offset, value);
    }

    @Override
    public boolean casLong(int offset, long expected, long update) {
        before(offset);
        return mem.casLong(offset, expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        change(offset);
        return mem.getAndAddLong(offset, delta);
    }

    @Override
    public long getAndSetLong(int offset, long value) {
        change(offset);
        return mem.getAndSetLong(offset, value);
    }

    @Override
    public void getBytes(int offset, byte[] target, int targetIndex, int length) {
        mem.getBytes(offset, target, targetIndex, length);
    }

    @Override
    public void putBytes(int offset, byte[] source, int sourceIndex, int length) {
        change(offset);
        mem.putBytes(offset, source, sourceIndex, length);
    }

    @Override
    public void zero(int offset, int length) {
        change(offset);
        mem.zero(offset, length);
    }

    @Override
    public void fullFence() {
        mem.fullFence();
    }

    @Override
    public void compilerFence() {
        mem.compilerFence();
    }
}
