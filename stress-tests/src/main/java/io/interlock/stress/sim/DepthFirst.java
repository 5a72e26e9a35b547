package io.interlock.stress.sim;

import java.util.Arrays;

/** All schedules within the bounds, but for those that come to a state which was seen before. */
final class DepthFirst implements Scheduler {

    /* Design.
     *
     * A schedule is the list of its decisions. The next one has the same decisions up to the last that had another
     * possibility left, and takes that. Behind it, each decision takes its first possibility. When such a new decision
     * comes in a state that was seen before, everything behind it was tried, or will be: it stands further back in the
     * present list, and its other possibilities are still to come. A state is told by 64 bits of a hash; of ten million
     * states two will be mistaken for each other with a probability of one in 400 000.
     */

    private int[] choices = new int[256];
    private int[] widths = new int[256];
    private int length;
    private int at;
    private final LongSet seen = new LongSet();

    @Override
    public int step(Machine machine, int switches, int kills) {
        return choose(machine, 1 + switches + kills, 2 * kills);
    }

    @Override
    public int turn(Machine machine, int candidates) {
        return choose(machine, candidates, 1);
    }

    @Override
    public int other(Machine machine, int possibilities) {
        return choose(machine, possibilities, 3);
    }

    private int choose(Machine machine, int width, int kind) {
        if (at < length) {
            return choices[at++];
        }
        if (!seen.add(Hash.of(machine.hash(), 4L * width + kind))) {
            return CUT;
        }
        if (length == choices.length) {
            choices = Arrays.copyOf(choices, 2 * length);
            widths = Arrays.copyOf(widths, 2 * length);
        }
        choices[at] = 0;
        widths[at] = width;
        length = ++at;
        return 0;
    }

    /** Goes to the next schedule; false if there is none. */
    boolean next() {
        while (length > 0 && choices[length - 1] + 1 == widths[length - 1]) {
            length--;
        }
        if (length == 0) {
            return false;
        }
        choices[length - 1]++;
        at = 0;
        return true;
    }

    /** Begins anew. */
    void restart() {
        length = 0;
        at = 0;
        seen.clear();
    }

    int states() {
        return seen.size();
    }

    @Override
    public String toString() {
        return "DepthFirst[" + states() + " states]";
    }
}
