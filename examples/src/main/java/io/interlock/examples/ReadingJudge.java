package io.interlock.examples;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Compares the readings in a journal, and those that a reader has handled, with what was to be appended. Readings are
 * given by their {@linkplain ReadingPlan#placeOf places}. Pure functions, no shared memory.
 */
final class ReadingJudge {

    /**
     * What was found.
     *
     * @param appended      different readings of the plan in the journal
     * @param read          different readings of the plan that were handled
     * @param lost          readings of the plan that are not in the journal, or were not handled
     * @param duplicated    how often a reading was handled that had been handled before
     * @param appendedAgain how often a reading is in the journal that stands in it before
     * @param unplanned     readings in the journal, or handled, that are not in the plan, and readings that were
     *                      handled without being in the journal
     * @param outOfOrder    how often a reading comes after a later one of its sensor, in the journal or handled; the
     *                      same one again is no later one
     */
    record Verdict(int appended, int read, int lost, int duplicated, int appendedAgain, int unplanned,
            int outOfOrder) {

        /** Whether that is all right, if the reader was killed so often: each time it may handle one reading again. */
        boolean holds(int readerKills) {
            return lost == 0 && duplicated <= readerKills && appendedAgain == 0 && unplanned == 0 && outOfOrder == 0;
        }
    }

    private ReadingJudge() {
    }

    /**
     * Judges a run.
     *
     * @param appended places of what is in the journal, in its order
     * @param handled  places of what was handled, in the order of handling
     */
    static Verdict judge(ReadingPlan plan, int[] appended, int[] handled) {
        Sequence journal = new Sequence(plan, appended);
        Sequence reader = new Sequence(plan, handled);
        BitSet both = (BitSet) journal.seen.clone();
        both.and(reader.seen);
        int notAppended = reader.seen.cardinality() - both.cardinality();
        return new Verdict(journal.seen.cardinality(), reader.seen.cardinality(), plan.size() - both.cardinality(),
                reader.again, journal.again, journal.unplanned + reader.unplanned + notAppended,
                journal.outOfOrder + reader.outOfOrder);
    }

    /** What is to be said of readings in a row. */
    private static final class Sequence {

        final BitSet seen = new BitSet();
        int again;
        int unplanned;
        int outOfOrder;

        Sequence(ReadingPlan plan, int[] places) {
            int[] newest = new int[plan.sensors()];
            Arrays.fill(newest, ReadingPlan.NONE);
            for (int place : places) {
                if (place < 0 || place >= plan.size()) {
                    unplanned++;
                    continue;
                }
                int sensor = plan.sensorAt(place);
                outOfOrder += place < newest[sensor] ? 1 : 0;
                newest[sensor] = Math.max(newest[sensor], place);
                again += seen.get(place) ? 1 : 0;
                seen.set(place);
            }
        }
    }
}
