package io.interlock.core.port;

import java.util.Arrays;

/**
 * What one thread is and holds, as far as one attachment is concerned. Written by its thread only. Others read
 * {@link #parkedOffset} at any time, and the holds once the thread has ended ({@link Thread#isAlive()} orders that).
 */
public final class ThreadRecord {

    /** Value of {@link #parkedOffset} while the thread does not sleep. */
    public static final int NOT_PARKED = -1;

    /** Number of the thread in this process: ours, from 1, never given to another thread. */
    public final long number;
    /** The thread itself. */
    public final Thread thread;
    /** Whether it is a virtual thread, which must never sleep in native code. */
    public final boolean virtual;
    /** Private memory of the {@link Futex} implementation. */
    public Object futexScratch;

    private volatile int parkedOffset = NOT_PARKED;
    private volatile Object parkedFor;
    /** The newest hold, which is the only one of most threads that have any; the others stand in the arrays. */
    private int topOffset;
    private long topToken;
    private int[] heldOffsets = new int[4];
    private long[] heldTokens = new long[4];
    private int depth;
    private long acquired;

    /**
     * Makes a record.
     *
     * @param number  the thread's number, not 0
     * @param thread  the thread
     * @param virtual whether it is virtual
     */
    public ThreadRecord(long number, Thread thread, boolean virtual) {
        this.number = number;
        this.thread = thread;
        this.virtual = virtual;
    }

    /** The bit by which a sleeping thread can be woken almost alone. */
    public int wakeBit() {
        return 1 << (int) (number & 31);
    }

    /** Says on which word the thread is about to sleep, and for which handle. */
    public void parking(int offset, Object handle) {
        parkedFor = handle;
        parkedOffset = offset;
    }

    /** Says that the thread is awake again. */
    public void unparked() {
        parkedOffset = NOT_PARKED;
        parkedFor = null;
    }

    /** The word on which the thread sleeps, or {@link #NOT_PARKED}. */
    public int parkedOffset() {
        return parkedOffset;
    }

    /** The handle for which the thread sleeps, or null. */
    public Object parkedFor() {
        return parkedFor;
    }

    /** Says which token the thread's newest acquisition of a lock has. */
    public void acquired(long token) {
        acquired = token;
    }

    /** Token of the thread's newest acquisition. */
    public long acquired() {
        return acquired;
    }

    /** Notes the newest acquisition as the hold of the object at this offset; returns its index. */
    public int noteHold(int offset) {
        int hold = findHold(offset);
        if (hold < 0) {
            pushHold(offset, acquired);
            return depth - 1;
        }
        if (hold == depth - 1) {
            topToken = acquired;
        } else {
            heldTokens[hold] = acquired;
        }
        return hold;
    }

    /** Makes room for one more hold, so that noting it cannot fail. */
    public void prepareHold() {
        if (depth > 0) {
            prepareOneMore();
        }
    }

    private void prepareOneMore() {
        if (depth > heldOffsets.length) {
            heldTokens = Arrays.copyOf(heldTokens, 2 * depth);
            heldOffsets = Arrays.copyOf(heldOffsets, 2 * depth);
        }
    }

    /** Notes a hold of the object at this offset. */
    public void pushHold(int offset, long token) {
        int d = depth;
        if (d > 0) {
            prepareOneMore();
            heldOffsets[d - 1] = topOffset;
            heldTokens[d - 1] = topToken;
        }
        topOffset = offset;
        topToken = token;
        depth = d + 1;
    }

    /** Index of the newest hold of the object at this offset, or -1. */
    public int findHold(int offset) {
        int d = depth;
        return d <= 0 ? -1 : topOffset == offset ? d - 1 : findBelow(d - 1, offset);
    }

    private int findBelow(int top, int offset) {
        int i = top - 1;
        while (i >= 0 && heldOffsets[i] != offset) {
            i--;
        }
        return i;
    }

    /** Offset of the object of hold {@code index}. */
    public int holdOffset(int index) {
        assert index >= 0 && index < depth : index;
        return index == depth - 1 ? topOffset : heldOffsets[index];
    }

    /** Token of hold {@code index}. */
    public long holdToken(int index) {
        assert index >= 0 && index < depth : index;
        return index == depth - 1 ? topToken : heldTokens[index];
    }

    /** Forgets hold {@code index}. */
    public void dropHold(int index) {
        assert index >= 0 && index < depth : index;
        int d = depth;
        if (d != 1) {
            dropOneOfSeveral(index, d - 1);
        }
        depth = d - 1;
    }

    private void dropOneOfSeveral(int index, int below) {
        if (index == below) {
            topOffset = heldOffsets[below - 1];
            topToken = heldTokens[below - 1];
        } else {
            System.arraycopy(heldOffsets, index + 1, heldOffsets, index, below - 1 - index);
            System.arraycopy(heldTokens, index + 1, heldTokens, index, below - 1 - index);
        }
    }

    /** How many holds are noted. */
    public int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return "thread #" + number + " (" + thread.getName() + ")";
    }
}
