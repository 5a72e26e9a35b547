package io.interlock.stress.kill;

import io.interlock.core.port.Mem;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;

/** The shipped memory, each change of which is a point at which its process may die; loads are none. */
class WatchedMem extends Mem {

    private final Mem mem;
    private final Points points;
    /** The place of the segment's first byte. */
    private final long start;

    WatchedMem(Mem mem, Points points) {
        this.mem = mem;
        this.points = points;
        this.start = mem.place(0, 1);
    }

    @Override
    public long place(int offset, int length) {
        return mem.place(offset, length);
    }

    private void before(String what, long place) {
        points.before(what, this, (int) (place - start));
    }

    @Override
    public int capacity() {
        return mem.capacity();
    }

    /** What is written past the points: messages in a ring, before anything points at them. */
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
        points.before("store", this, offset);
        mem.putByte(offset, value);
    }

    @Override
    public short getShort(int offset) {
        return mem.getShort(offset);
    }

    @Override
    public void putShort(int offset, short value) {
        points.before("store", this, offset);
        mem.putShort(offset, value);
    }

    @Override
    public int getInt(int offset) {
        return mem.getInt(offset);
    }

    @Override
    public void putInt(int offset, int value) {
        points.before("store", this, offset);
        mem.putInt(offset, value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return mem.getIntAcquire(offset);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        points.before("store", this, offset);
        mem.putIntRelease(offset, value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return mem.getIntVolatile(offset);
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        points.before("store", this, offset);
        mem.putIntVolatile(offset, value);
    }

    @Override
    public boolean casInt(int offset, int expected, int update) {
        points.before("cas", this, offset);
        return mem.casInt(offset, expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        points.before("add", this, offset);
        return mem.getAndAddInt(offset, delta);
    }

    @Override
    public int getAndSetInt(int offset, int value) {
        points.before("swap", this, offset);
        return mem.getAndSetInt(offset, value);
    }

    @Override
    public long getLong(int offset) {
        return mem.getLong(offset);
    }

    @Override
    public void putLong(int offset, long value) {
        points.before("store", this, offset);
        mem.putLong(offset, value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return mem.getLongAcquire(offset);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        points.before("store", this, offset);
        mem.putLongRelease(offset, value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return mem.getLongVolatile(offset);
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        points.before("store", this, offset);
        mem.putLongVolatile(offset, value);
    }

    @Override
    public boolean casLong(int offset, long expected, long update) {
        points.before("cas", this, offset);
        return mem.casLong(offset, expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        points.before("add", this, offset);
        return mem.getAndAddLong(offset, delta);
    }

    @Override
    public long getAndSetLong(int offset, long value) {
        points.before("swap", this, offset);
        return mem.getAndSetLong(offset, value);
    }

    @Override
    public void getBytes(int offset, byte[] target, int targetIndex, int length) {
        mem.getBytes(offset, target, targetIndex, length);
    }

    /** In two halves, so that a copy may be half done. */
    @Override
    public void putBytes(int offset, byte[] source, int sourceIndex, int length) {
        int half = length / 2;
        points.before("copy", this, offset);
        mem.putBytes(offset, source, sourceIndex, half);
        points.before("copy", this, offset + half);
        mem.putBytes(offset + half, source, sourceIndex + half, length - half);
    }

    @Override
    public void zero(int offset, int length) {
        points.before("zero", this, offset);
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

    @Override
    public int getInt(long place) {
        return mem.getInt(place);
    }

    @Override
    public void putInt(long place, int value) {
        before("store", place);
        mem.putInt(place, value);
    }

    @Override
    public int getIntVolatile(long place) {
        return mem.getIntVolatile(place);
    }

    @Override
    public long getLong(long place) {
        return mem.getLong(place);
    }

    @Override
    public long getLongVolatile(long place) {
        return mem.getLongVolatile(place);
    }

    @Override
    public long getLongAcquire(long place) {
        return mem.getLongAcquire(place);
    }

    @Override
    public void putLong(long place, long value) {
        before("store", place);
        mem.putLong(place, value);
    }

    @Override
    public void putLongRelease(long place, long value) {
        before("store", place);
        mem.putLongRelease(place, value);
    }

    @Override
    public void putLongVolatile(long place, long value) {
        before("store", place);
        mem.putLongVolatile(place, value);
    }

    @Override
    public void putIntVolatile(long place, int value) {
        before("store", place);
        mem.putIntVolatile(place, value);
    }

    @Override
    public int getIntAcquire(long place) {
        return mem.getIntAcquire(place);
    }

    @Override
    public void putIntRelease(long place, int value) {
        before("store", place);
        mem.putIntRelease(place, value);
    }

    @Override
    public int getAndAddInt(long place, int delta) {
        before("add", place);
        return mem.getAndAddInt(place, delta);
    }

    @Override
    public int getAndSetInt(long place, int value) {
        before("swap", place);
        return mem.getAndSetInt(place, value);
    }

    @Override
    public boolean casInt(long place, int expected, int update) {
        before("cas", place);
        return mem.casInt(place, expected, update);
    }

    @Override
    public boolean casLong(long place, long expected, long update) {
        before("cas", place);
        return mem.casLong(place, expected, update);
    }

    @Override
    public long getAndAddLong(long place, long delta) {
        before("add", place);
        return mem.getAndAddLong(place, delta);
    }

    @Override
    public long getAndSetLong(long place, long value) {
        before("swap", place);
        return mem.getAndSetLong(place, value);
    }
}
