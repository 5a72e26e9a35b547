package io.interlock.stress.sim;

/** A set of numbers that are random already, such as hashes. */
final class LongSet {

    private long[] table = new long[1 << 12];
    private int size;
    private boolean hasZero;

    /** False if the number was there already. */
    boolean add(long value) {
        if (value == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        if (2 * size >= table.length) {
            grow();
        }
        return insert(value);
    }

    private boolean insert(long value) {
        int mask = table.length - 1;
        int at = (int) value & mask;
        while (table[at] != 0) {
            if (table[at] == value) {
                return false;
            }
            at = at + 1 & mask;
        }
        table[at] = value;
        size++;
        return true;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        size = 0;
        for (long value : old) {
            if (value != 0) {
                insert(value);
            }
        }
    }

    void clear() {
        table = new long[1 << 12];
        size = 0;
        hasZero = false;
    }

    int size() {
        return size + (hasZero ? 1 : 0);
    }

    @Override
    public String toString() {
        return "LongSet[" + size() + "]";
    }
}
