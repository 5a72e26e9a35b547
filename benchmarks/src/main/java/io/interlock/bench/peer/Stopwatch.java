package io.interlock.bench.peer;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;

/** Times of single operations, one after the other, with whatever else lies between them left out. */
public final class Stopwatch {

    private final Histogram histogram = Lap.newHistogram();
    private long sumNanos;
    private long count;

    /** Takes the time of an operation, and gives what that gives. */
    public <T> T time(Callable<T> operation) throws Exception {
        long start = System.nanoTime();
        T result = operation.call();
        add(System.nanoTime() - start);
        return result;
    }

    /** Adds the time of one. */
    public void add(long nanos) {
        histogram.recordValue(nanos);
        sumNanos += nanos;
        count++;
    }

    /** All of them as a lap: as long as their sum. */
    public Lap lap() {
        return new Lap(0, sumNanos, count, Optional.of(histogram));
    }
}
