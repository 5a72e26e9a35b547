package io.interlock.bench.report;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Growth;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Unit;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A row as text: a line for each peer, one for each goal, and one for each line along which its figures grow. */
public final class Table {

    private static final int NAME = 34;

    private final Result result;
    private final StringBuilder text = new StringBuilder();

    /** Of this row. */
    public Table(Result result) {
        this.result = result;
        text.append(result.row().name()).append(": ").append(result.row().title()).append('\n');
        result.row().peers().forEach(this::peer);
        result.row().goals().forEach(this::goal);
        result.row().growth().ifPresent(growth -> growth.lines().forEach(line -> growth(growth, line)));
    }

    private void peer(Peer peer) {
        String name = peer.name();
        Unit unit = result.row().unit();
        OptionalDouble median = result.median(name);
        String told = median.isEmpty() ? "missing: " + result.missing().get(name)
                : String.format(Locale.ROOT, "%12s   %s to %s", unit.format(median.getAsDouble()),
                        unit.format(result.min(name)), unit.format(result.max(name)));
        text.append(String.format(Locale.ROOT, "  %-" + NAME + "s %s%s%n", name, told, latencies(name)));
    }

    private String latencies(String name) {
        return result.latencies(name).map(taken -> Arrays.stream(Quantile.values())
                .map(quantile -> quantile.title() + " " + quantile.told(taken))
                .collect(Collectors.joining(", ", "   (", ")"))).orElse("");
    }

    private void goal(Goal goal) {
        OptionalDouble ratio = result.ratio(goal);
        String verdict = Ratios.verdict(result, goal);
        text.append(String.format(Locale.ROOT, "  goal: %s %s: %s%n", goal.ours(),
                goal.describe(result.row().unit()),
                ratio.isEmpty() ? verdict : Ratios.reached(result, goal) + ", " + verdict));
    }

    private void growth(Growth growth, Growth.Line line) {
        text.append(String.format(Locale.ROOT, "  growth: %s: %s%n", line.name(),
                Ratios.grown(result, growth, line)));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
