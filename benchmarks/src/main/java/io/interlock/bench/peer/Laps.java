package io.interlock.bench.peer;

import io.interlock.bench.measure.Figure;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** What the processes of a peer have done in one round, taken together. */
public enum Laps {

    /** Nanoseconds for each operation, from the first beginning to the last end. */
    NANOS_EACH {
        @Override
        double value(long nanos, long operations) {
            return (double) nanos / operations;
        }
    },
    /** Operations in a second, the same way. */
    PER_SECOND {
        @Override
        double value(long nanos, long operations) {
            return operations * 1e9 / nanos;
        }
    },
    /** The whole time, in nanoseconds. */
    NANOS {
        @Override
        double value(long nanos, long operations) {
            return nanos;
        }
    },
    /** Part of a processor; its time, in nanoseconds, is counted as operations. */
    OF_A_PROCESSOR {
        @Override
        double value(long nanos, long operations) {
            return (double) operations / nanos;
        }
    };

    abstract double value(long nanos, long operations);

    /** The figure of a round; those whose part is uncounted are left out. */
    public Figure figure(List<Lap> laps) {
        List<Lap> counted = laps.stream().filter(lap -> lap.operations() > 0).toList();
        long start = counted.stream().mapToLong(Lap::startNanos).min().orElseThrow();
        long end = counted.stream().mapToLong(Lap::endNanos).max().orElseThrow();
        long operations = counted.stream().mapToLong(Lap::operations).sum();
        return new Figure(value(end - start, operations), latencies(counted));
    }

    private static Optional<Histogram> latencies(List<Lap> laps) {
        return laps.stream().flatMap(lap -> lap.latencies().stream()).reduce((sum, each) -> {
            sum.add(each);
            return sum;
        });
    }
}
