package io.interlock.bench.report;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Result;
import java.util.Locale;
import java.util.OptionalDouble;

/** How ratios, and what they say about goals, are told everywhere. */
final class Ratios {

    private Ratios() {
    }

    /** With three digits that count: what misses a goal by little must not look as if it met it. */
    static String told(double ratio) {
        String digits = ratio >= 100 ? "%.0f" : ratio >= 10 ? "%.1f" : ratio >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, digits, ratio);
    }

    /** The ratio that was reached. */
    static String reached(Result result, Goal goal) {
        OptionalDouble ratio = result.ratio(goal);
        return ratio.isEmpty() ? "-" : told(ratio.getAsDouble());
    }

    /** Whether a goal was reached. */
    static String verdict(Result result, Goal goal) {
        OptionalDouble ratio = result.ratio(goal);
        if (ratio.isEmpty()) {
            return "not measured";
        }
        return goal.isMetBy(result.row().unit(), ratio.getAsDouble()) ? "met" : "missed";
    }
}
