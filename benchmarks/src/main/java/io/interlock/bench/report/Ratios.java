package io.interlock.bench.report;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Growth;
import io.interlock.bench.measure.Result;
import java.util.Locale;
import java.util.OptionalDouble;

/** How ratios, and what they say about goals and about growth, are told everywhere. */
final class Ratios {

    private Ratios() {
    }

    /** With three digits that count: what misses a goal by little must not look as if it met it. */
    static String told(double ratio) {
        String digits = ratio >= 100 ? "%.0f" : ratio >= 10 ? "%.1f" : ratio >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, digits, ratio);
    }

    /** How the cost has grown along a line of a row whose figures grow. */
    static String grown(Result result, Growth growth, Growth.Line line) {
        Growth.Rate rate = result.rate(line);
        return !rate.isKnown() ? "not measured"
                : String.format(Locale.ROOT, "%.0f x the %s cost %s x as much, %.3f of linear", rate.ofSize(),
                        growth.axis(), told(rate.ofCost()), rate.ofLinear());
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
