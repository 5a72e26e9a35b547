package io.interlock.stress.sim;

import java.util.Arrays;

/**
 * Numbers that only the judge of a scenario knows, and no process: who is inside, how many items were put. They change
 * together with the step before them, and belong to the state of the machine: two states with other ghosts are
 * different.
 */
final class Ghosts {

    private final long[] values = new long[80];
    private int used;
    private Runnable start = () -> {
    };

    /** Another number, 0 at the start of each schedule; returns its index. */
    int add() {
        return used++;
    }

    /** Several in a row; returns the index of the first. */
    int add(int count) {
        int first = used;
        used += count;
        return first;
    }

    long get(int index) {
        return values[index];
    }

    void set(int index, long value) {
        values[index] = value;
    }

    void reset() {
        Arrays.fill(values, 0, used, 0);
        start.run();
    }

    /** Says what to set at the start of each schedule. */
    void atStart(Runnable setting) {
        start = setting;
    }

    long hash() {
        long hash = 1;
        for (int i = 0; i < used; i++) {
            hash = Hash.of(hash, values[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        return "Ghosts" + Arrays.toString(Arrays.copyOf(values, used));
    }
}
