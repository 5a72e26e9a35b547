package io.interlock.stress.sim;

import java.util.Arrays;

/**
 * What was unusual in a schedule, to be repeated: at which moments another process went on ({@code 12:B}), the running
 * one was killed ({@code 30:x}), or something else was decided ({@code 41:1}). Moments are numbered from 1, whether
 * there is anything to decide or not, so that they mean the same whatever is known of the memory.
 */
final class Decisions {

    /** Nothing unusual. */
    static final int USUAL = 0;
    /** The running process is killed. */
    static final int KILL = 'x';

    private int[] moments = new int[16];
    private int[] codes = new int[16];
    private int size;
    private int at;

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Decisions parse(String text) {
        Decisions decisions = new Decisions();
        for (String pair : text.isBlank() ? new String[0] : text.strip().split(",")) {
            if (!pair.matches("\\d+:(\\d|[A-H]|x)")) {
                throw new IllegalArgumentException("a decision must be like 12:B, 30:x or 41:1, not '" + pair + "'");
            }
            String[] parts = pair.split(":");
            char code = parts[1].charAt(0);
            decisions.add(Integer.parseInt(parts[0]), Character.isDigit(code) ? code - '0' : code);
        }
        return decisions;
    }

    /** That this process goes on. */
    static int goesOn(VirtualProcess process) {
        return process.name.charAt(0);
    }

    void clear() {
        size = 0;
        at = 0;
    }

    /** Adds a decision, later than all others. */
    void add(int moment, int code) {
        if (code == USUAL) {
            return;
        }
        if (size == moments.length) {
            moments = Arrays.copyOf(moments, 2 * size);
            codes = Arrays.copyOf(codes, 2 * size);
        }
        moments[size] = moment;
        codes[size++] = code;
    }

    /** The same from its beginning. */
    Decisions again() {
        return without(-1);
    }

    /** The same but for one. */
    Decisions without(int index) {
        Decisions copy = new Decisions();
        for (int i = 0; i < size; i++) {
            if (i != index) {
                copy.add(moments[i], codes[i]);
            }
        }
        return copy;
    }

    int size() {
        return size;
    }

    /** What was decided at a moment; to be asked for later and later ones. */
    int at(int moment) {
        while (at < size && moments[at] < moment) {
            at++;
        }
        return at < size && moments[at] == moment ? codes[at] : USUAL;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(moments[i]).append(':');
            if (codes[i] < 10) {
                text.append(codes[i]);
            } else {
                text.append((char) codes[i]);
            }
        }
        return text.toString();
    }
}
