package io.interlock.bench.work;

import io.interlock.bench.measure.Contest;
import java.util.List;

/**
 * How much is done.
 *
 * @param rounds  how often each peer does its work
 * @param percent of the operations of a full round
 * @param millis  how long JMH measures in one go
 */
public record Scale(Contest.Rounds rounds, int percent, long millis) {

    private static final int HUNDRED = 100;
    private static final int FEW = 2;

    /** Enough for figures that mean something. */
    public static final Scale FULL = new Scale(new Contest.Rounds(3, 9), HUNDRED, 200);
    /** Enough to see that everything runs. */
    public static final Scale QUICK = new Scale(new Contest.Rounds(0, 2), 1, 10);

    /** All of them in a full run, the first ones otherwise. */
    public <T> List<T> some(List<T> all) {
        return percent == HUNDRED ? all : all.subList(0, Math.min(FEW, all.size()));
    }

    /** A part of what is done in full. */
    public long of(long operations) {
        return Math.max(1, operations * percent / HUNDRED);
    }
}
