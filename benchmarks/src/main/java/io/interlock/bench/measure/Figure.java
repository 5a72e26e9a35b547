package io.interlock.bench.measure;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What one peer has reached in one round.
 *
 * @param value     in the unit of the row
 * @param latencies of single operations, in nanoseconds, where they were taken
 */
public record Figure(double value, Optional<Histogram> latencies) {

    /** One without single operations. */
    public static Figure of(double value) {
        return new Figure(value, Optional.empty());
    }
}
