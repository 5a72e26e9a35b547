package io.interlock.bench.measure;

import java.util.Locale;

/** What a figure is, and which way is better. */
public enum Unit {

    /** Time for one operation, in nanoseconds. */
    NANOS_EACH(false, new Step(1, "ns"), new Step(1e3, "us"), new Step(1e6, "ms"), new Step(1e9, "s")),
    /** Operations in a second. */
    PER_SECOND(true, new Step(1, "/s"), new Step(1e3, "k/s"), new Step(1e6, "M/s")),
    /** Bytes in a second. */
    BYTES_PER_SECOND(true, new Step(1e6, "MB/s"), new Step(1e9, "GB/s")),
    /** Part of one processor's time. */
    OF_A_PROCESSOR(false, new Step(0.01, "%"));

    private final boolean more;
    private final Step[] steps;

    /** A size in which figures are told. */
    private record Step(double size, String sign) {
    }

    Unit(boolean more, Step... steps) {
        this.more = more;
        this.steps = steps;
    }

    /** Whether more is better. */
    public boolean isMoreBetter() {
        return more;
    }

    /** A figure with three digits that count. */
    public String format(double figure) {
        Step step = steps[0];
        for (Step each : steps) {
            step = Math.abs(figure) >= each.size ? each : step;
        }
        double number = figure / step.size;
        String digits = number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : number >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, digits + " %s", number, step.sign);
    }
}
