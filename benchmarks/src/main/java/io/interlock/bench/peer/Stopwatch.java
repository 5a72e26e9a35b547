package io.interlock.bench.peer;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Times of single operations, one after the other, with whatever else lies between them left out. */
public final class Stopwatch {

    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(DIGITS);
    private long sumNanos;
    private long count;

    /** An operation that may fail. */
    @FunctionalInterface
    public interface Operation {

        /** Does it. */
        void run() throws Exception;
    }

    /** Takes the time of an operation. */
    public void time(Operation operation) throws Exception {
        long start = System.nanoTime();
        operation.run();
        add(System.nanoTime() - start);
    }

    /** Adds the time of one. */
    public void add(long nanos) {
        histogram.recordValue(Math.max(0, nanos));
        sumNanos += nanos;
        count++;
    }

    /** All of them as a lap: as long as their sum. */
    public Lap lap() {
        return new Lap(0, sumNanos, count, Optional.of(histogram));
    }
}
