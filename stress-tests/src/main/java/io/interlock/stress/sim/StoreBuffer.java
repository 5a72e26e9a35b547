package io.interlock.stress.sim;

import java.util.Arrays;

/** The stores that one process has made and the others do not see yet, oldest first: a processor's store buffer. */
final class StoreBuffer {

    private int[] offsets = new int[16];
    private int[] sizes = new int[16];
    private long[] values = new long[16];
    private int first;
    private int end;

    boolean isEmpty() {
        return first == end;
    }

    void clear() {
        first = 0;
        end = 0;
    }

    void add(int offset, int size, long value) {
        if (isEmpty()) {
            clear();
        }
        if (end == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * end);
            sizes = Arrays.copyOf(sizes, 2 * end);
            values = Arrays.copyOf(values, 2 * end);
        }
        offsets[end] = offset;
        sizes[end] = size;
        values[end++] = value;
    }

    /** Index of the newest store into any of these bytes, or -1. */
    int newest(int offset, int size) {
        for (int i = end - 1; i >= first; i--) {
            if (overlaps(i, offset, size)) {
                return i;
            }
        }
        return -1;
    }

    /** How many stores are to these bytes. */
    int count(int offset, int size) {
        int count = 0;
        for (int i = first; i < end; i++) {
            count += overlaps(i, offset, size) ? 1 : 0;
        }
        return count;
    }

    private boolean overlaps(int i, int offset, int size) {
        return offsets[i] < offset + size && offset < offsets[i] + sizes[i];
    }

    /** Whether the store is to exactly these bytes, so that a load can be answered by it. */
    boolean covers(int index, int offset, int size) {
        return offsets[index] == offset && sizes[index] == size;
    }

    long value(int index) {
        return values[index];
    }

    int firstOffset() {
        return offsets[first];
    }

    int firstSize() {
        return sizes[first];
    }

    long firstValue() {
        return values[first];
    }

    void removeFirst() {
        first++;
    }

    long hash() {
        long hash = 0;
        for (int i = first; i < end; i++) {
            hash = Hash.of(hash + offsets[i], values[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        return "StoreBuffer[" + (end - first) + " stores]";
    }
}
