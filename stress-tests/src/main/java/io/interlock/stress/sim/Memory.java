package io.interlock.stress.sim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes that the simulated processes share, which of them have touched which word, and a hash of all words that
 * matter. Knows nothing of steps: {@link Machine} decides when something happens.
 */
final class Memory {

    /* Design.
     *
     * A word is 8 aligned bytes. It is shared once two processes have touched it and one of them has written: only
     * there can the order of steps make a difference. What is shared is learnt by running and never forgotten; an
     * exploration that learns of a shared word on its way begins anew (DepthFirst).
     *
     * The hash is a sum over the shared words that differ from the start image, so that a store changes it by two terms
     * and not by a walk over the memory. Words of one process only need no place in it: they follow from what that
     * process has done, which the hash of a state has as well.
     */

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private final byte[] bytes;
    private byte[] image;
    private final byte[] readers;
    private final byte[] writers;
    private final boolean[] shared;
    private final boolean[] statistics;
    private final boolean[] dirty;
    private final int[] dirtyWords;
    private int dirtyCount;
    private long hash;
    private boolean grown;

    Memory(int length) {
        bytes = new byte[length];
        image = bytes.clone();
        int words = length >>> 3;
        readers = new byte[words];
        writers = new byte[words];
        shared = new boolean[words];
        statistics = new boolean[words];
        dirty = new boolean[words];
        dirtyWords = new int[words];
    }

    int length() {
        return bytes.length;
    }

    /** From now on this is how every schedule begins. */
    void keepAsImage() {
        image = bytes.clone();
        reset();
    }

    /** Restores the start image. */
    void reset() {
        for (int i = 0; i < dirtyCount; i++) {
            int word = dirtyWords[i];
            dirty[word] = false;
            System.arraycopy(image, word << 3, bytes, word << 3, Long.BYTES);
        }
        dirtyCount = 0;
        hash = 0;
    }

    /** Declares that nobody uses what is read from this word, so that the order of its changes makes no difference. */
    void isStatistics(int offset) {
        statistics[offset >>> 3] = true;
    }

    boolean countsNothing(int offset) {
        return statistics[offset >>> 3];
    }

    /** Notes an access; true if the word is shared. */
    boolean touch(int process, int offset, boolean write) {
        int word = offset >>> 3;
        byte bit = (byte) (1 << process);
        byte[] who = write ? writers : readers;
        if ((who[word] & bit) == 0) {
            who[word] |= bit;
            int all = (readers[word] | writers[word]) & 0xFF;
            boolean now = writers[word] != 0 && Integer.bitCount(all) > 1 && !statistics[word];
            grown |= now && !shared[word];
            shared[word] = now;
        }
        return shared[word];
    }

    /** Whether a word has become shared since the last call. */
    boolean hasGrown() {
        boolean was = grown;
        grown = false;
        return was;
    }

    /** A number in private bytes, as a copy moves it. */
    static long pack(byte[] source, int index, int size) {
        return size == Long.BYTES ? (long) LONGS.get(source, index) : source[index];
    }

    static void unpack(long value, byte[] target, int index, int size) {
        if (size == Long.BYTES) {
            LONGS.set(target, index, value);
        } else {
            target[index] = (byte) value;
        }
    }

    long get(int offset, int size) {
        return switch (size) {
            case Long.BYTES -> (long) LONGS.get(bytes, offset);
            case Integer.BYTES -> (int) INTS.get(bytes, offset);
            case Short.BYTES -> (short) SHORTS.get(bytes, offset);
            default -> bytes[offset];
        };
    }

    void put(int offset, int size, long value) {
        int word = offset >>> 3;
        if (!dirty[word]) {
            dirty[word] = true;
            dirtyWords[dirtyCount++] = word;
        }
        if (shared[word]) {
            hash -= Hash.of(word, get(word << 3, Long.BYTES));
            store(offset, size, value);
            hash += Hash.of(word, get(word << 3, Long.BYTES));
        } else {
            store(offset, size, value);
        }
    }

    private void store(int offset, int size, long value) {
        switch (size) {
            case Long.BYTES -> LONGS.set(bytes, offset, value);
            case Integer.BYTES -> INTS.set(bytes, offset, (int) value);
            case Short.BYTES -> SHORTS.set(bytes, offset, (short) value);
            default -> bytes[offset] = (byte) value;
        }
    }

    /** The same for equal contents of the shared words, and almost surely another one for others. */
    long hash() {
        return hash;
    }

    @Override
    public String toString() {
        int count = 0;
        for (boolean s : shared) {
            count += s ? 1 : 0;
        }
        return "Memory[" + bytes.length + " bytes, " + count + " shared words, " + Arrays.hashCode(bytes) + "]";
    }
}
