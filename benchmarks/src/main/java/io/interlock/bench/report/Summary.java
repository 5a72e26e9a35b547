package io.interlock.bench.report;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A whole run in one line, and its goals in another one. */
public final class Summary {

    private final int rows;
    private final List<String> missed = new ArrayList<>();
    private int goals;
    private int met;
    private int unmeasured;

    /** Of these rows. */
    public Summary(List<Result> results) {
        rows = results.size();
        results.forEach(result -> result.row().goals().forEach(goal -> count(result, goal)));
    }

    private void count(Result result, Goal goal) {
        OptionalDouble ratio = result.ratio(goal);
        if (ratio.isEmpty()) {
            unmeasured++;
            return;
        }
        goals++;
        if (goal.isMetBy(result.row().unit(), ratio.getAsDouble())) {
            met++;
        } else {
            missed.add(result.row().name() + ":" + Ratios.told(ratio.getAsDouble()));
        }
    }

    /** How many there are, and what came of them. */
    public String goals() {
        return (goals + unmeasured) + " in all: " + met + " met, " + missed.size() + " missed, " + unmeasured
                + " not measured.";
    }

    /** The last line of a run. Goals about peers that are missing are not counted in it. */
    public String line(long elapsedMillis) {
        return "bench rows=" + rows + " goals=" + goals + " met=" + met + " missed="
                + (missed.isEmpty() ? "none" : String.join(",", missed)) + " elapsed_ms=" + elapsedMillis;
    }
}
