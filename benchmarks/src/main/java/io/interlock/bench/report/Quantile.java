package io.interlock.bench.report;

import io.interlock.bench.measure.Unit;
import org.HdrHistogram.Histogram;

/** What is told of the latencies of single operations: the time within which this part of them was done. */
enum Quantile {

    P50("p50", 50),
    P99("p99", 99),
    P999("p99.9", 99.9),
    MAX("max", 100);

    private final String title;
    private final double percentile;

    Quantile(String title, double percentile) {
        this.title = title;
        this.percentile = percentile;
    }

    /** As a table for people calls it. */
    String title() {
        return title;
    }

    /** As a table for programs calls it. */
    String column() {
        return title.replace(".", "") + "_ns";
    }

    /** In nanoseconds. */
    long of(Histogram latencies) {
        return latencies.getValueAtPercentile(percentile);
    }

    /** In words. */
    String told(Histogram latencies) {
        return Unit.NANOS_EACH.format(of(latencies));
    }
}
