package io.interlock.examples;

/** Compares what consumers took with what producers put. Pure functions, no shared memory. */
final class BufferJudge {

    /**
     * What was found.
     *
     * @param consumed   how many items were taken
     * @param lost       items that were never taken
     * @param duplicated how often an item was taken that had been taken before, or that nobody put
     * @param outOfOrder how often an item was taken after a later one of the same producer (and kind, if consumers are
     *                   selective), or by a selective consumer whose kind it is not
     */
    record Verdict(int consumed, int lost, int duplicated, int outOfOrder) {

        boolean holds(int items) {
            return consumed == items && lost == 0 && duplicated == 0 && outOfOrder == 0;
        }
    }

    private BufferJudge() {
    }

    /**
     * Judges a run.
     *
     * @param entries  of a {@link ConsumptionLog}, in the order of taking
     * @param consumed how many items were taken, if more than there are entries
     */
    static Verdict judge(BufferShape shape, int[] entries, int consumed) {
        boolean[] taken = new boolean[shape.items()];
        int[] last = new int[shape.producers() * (shape.selective() ? shape.consumers() : 1)];
        int different = 0;
        int outOfOrder = 0;
        for (int entry : entries) {
            int item = ConsumptionLog.itemOf(entry);
            if (item >= shape.items() || taken[item]) {
                continue;
            }
            taken[item] = true;
            different++;
            int line = lineOf(shape, item);
            if (item + 1 < last[line] || isMisdirected(shape, entry)) {
                outOfOrder++;
            }
            last[line] = Math.max(last[line], item + 1);
        }
        return new Verdict(consumed, shape.items() - different, consumed - different, outOfOrder);
    }

    /** Items of one line must be taken in the order in which they were put. */
    private static int lineOf(BufferShape shape, int item) {
        int producer = shape.producerOf(item);
        return shape.selective() ? producer * shape.consumers() + shape.kindOf(item) : producer;
    }

    private static boolean isMisdirected(BufferShape shape, int entry) {
        return shape.selective()
                && ConsumptionLog.consumerOf(entry) != shape.kindOf(ConsumptionLog.itemOf(entry));
    }
}
