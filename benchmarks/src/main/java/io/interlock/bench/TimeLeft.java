package io.interlock.bench;

import io.interlock.bench.measure.Row;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a run will still take. The rows differ by far more than the rounds of one row: for the present row counts
 * what its own steps have taken, for those that are to come what a step has taken so far.
 */
final class TimeLeft {

    private Row row;
    private long stepsAll;
    private long stepsOfRow;
    private long nanosAll;
    private long nanosOfRow;
    private long leftInRow;
    private long leftAfterwards;

    /** All steps of a run are to come. */
    TimeLeft(long steps) {
        leftAfterwards = steps;
    }

    /** A row begins, unless it is the one that goes on. */
    synchronized void begins(Row present, long stepsOfPresent) {
        if (present == row) {
            return;
        }
        row = present;
        stepsOfRow = 0;
        nanosOfRow = 0;
        leftInRow = stepsOfPresent;
        leftAfterwards -= stepsOfPresent;
    }

    /** A step of the present row is done. */
    synchronized void did(long nanos) {
        stepsAll++;
        stepsOfRow++;
        nanosAll += nanos;
        nanosOfRow += nanos;
        leftInRow--;
    }

    /** Steps that took no time, and say nothing about the others. */
    synchronized void skipped(long steps) {
        leftInRow -= steps;
    }

    /** Nothing as long as nothing is known; some of the present step is done already. */
    synchronized Optional<Duration> estimate(long nanosOfStep) {
        if (stepsAll == 0) {
            return Optional.empty();
        }
        double each = (double) nanosAll / stepsAll;
        double eachOfRow = stepsOfRow == 0 ? each : (double) nanosOfRow / stepsOfRow;
        double done = leftInRow == 0 ? 0 : Math.min(nanosOfStep, eachOfRow);
        return Optional.of(Duration.ofNanos((long) (leftInRow * eachOfRow + leftAfterwards * each - done)));
    }
}
