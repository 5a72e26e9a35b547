package io.interlock.bench.report;

import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;

/** From one decimal logarithm to another one: what there is along an axis. */
record Span(double from, double to) {

    /** Of these positive numbers, and at least so long. */
    static Span of(DoubleStream numbers, double least) {
        DoubleSummaryStatistics all = numbers.map(Math::log10).summaryStatistics();
        if (all.getCount() == 0) {
            return new Span(0, least);
        }
        double more = Math.max(0, least - (all.getMax() - all.getMin())) / 2;
        return new Span(all.getMin() - more, all.getMax() + more);
    }

    double length() {
        return to - from;
    }

    /** With parts of its length added. */
    Span with(double before, double after) {
        return new Span(from - before * length(), to + after * length());
    }

    boolean contains(double log) {
        return from <= log && log <= to;
    }
}
