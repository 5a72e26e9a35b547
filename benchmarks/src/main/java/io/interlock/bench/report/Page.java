package io.interlock.bench.report;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** A run as a page in Markdown: how it was made, all goals, and then row by row. */
final class Page {

    private final StringBuilder text = new StringBuilder();

    /**
     * Of a run.
     *
     * @param facts  how it was made, each under its name
     * @param notes  what the reader has to know besides
     * @param charts those that there are, as the page refers to them, by the name of the row
     */
    Page(Map<String, String> facts, List<String> notes, List<Result> results, Map<String, String> charts) {
        line("# Performance");
        line("");
        line("Interlock and what could be taken instead, side by side: the same work, in turns, in one run on one");
        line("machine. How it is measured and why: decision 0013. This page was written by the run itself.");
        notes.forEach(note -> {
            line("");
            line("**" + note + "**");
        });
        facts(facts);
        goals(results);
        results.forEach(result -> row(result, Optional.ofNullable(charts.get(result.row().name()))));
    }

    private void facts(Map<String, String> facts) {
        line("");
        cells(Stream.of("what", "which"));
        rule("---", "---");
        facts.forEach((name, fact) -> cells(Stream.of(name, fact)));
    }

    private void goals(List<Result> results) {
        line("");
        line("## Goals");
        line("");
        line("A ratio is our median divided by the other one's in the same run. Where less is better it should be at");
        line("most the goal, where more is better at least.");
        line("");
        cells(Stream.of("row", "peer", "goal", "ratio", ""));
        rule("---", "---", "---", "---:", "---");
        results.forEach(result -> result.row().goals().forEach(goal -> cells(Stream.concat(
                Stream.of("[" + result.row().name() + "](#" + anchor(result.row()) + ")"), goal(result, goal)))));
    }

    private static Stream<String> goal(Result result, Goal goal) {
        String verdict = Ratios.verdict(result, goal);
        return Stream.of(goal.ours(), goal.describe(result.row().unit()), Ratios.reached(result, goal),
                verdict.equals("missed") ? "**missed**" : verdict);
    }

    private void row(Result result, Optional<String> chart) {
        Row row = result.row();
        line("");
        line("## " + row.name());
        line("");
        line(Character.toUpperCase(row.title().charAt(0)) + row.title().substring(1) + ". "
                + (row.unit().isMoreBetter() ? "More" : "Less") + " is better.");
        line("");
        peers(result);
        if (!row.goals().isEmpty()) {
            line("");
            row.goals().forEach(goal -> line("- " + told(result, goal)));
        }
        chart.ifPresent(file -> {
            line("");
            line("![" + row.title() + "](" + file + ")");
        });
    }

    private static String told(Result result, Goal goal) {
        List<String> parts = goal(result, goal).toList();
        return parts.get(0) + " " + parts.get(1) + ": " + (result.ratio(goal).isEmpty() ? "" : parts.get(2) + ", ")
                + parts.get(3);
    }

    /** The other peers are compared with our first one. */
    private void peers(Result result) {
        List<String> names = result.row().peers().stream().map(Peer::name).toList();
        boolean taken = names.stream().anyMatch(name -> result.latencies(name).isPresent());
        Stream<String> quantiles = taken ? titles() : Stream.of();
        cells(concat(Stream.of("peer", "median", "min to max"), quantiles, Stream.of("ratio to " + names.get(0))));
        String[] rules = new String[taken ? 4 + Quantile.values().length : 4];
        Arrays.fill(rules, "---:");
        rules[0] = "---";
        rule(rules);
        names.forEach(name -> peer(result, name, names.get(0), taken));
    }

    private void peer(Result result, String name, String ours, boolean taken) {
        Unit unit = result.row().unit();
        Stream<String> quantiles = taken ? quantiles(result.latencies(name)) : Stream.of();
        OptionalDouble median = result.median(name);
        if (median.isEmpty()) {
            cells(concat(Stream.of(name, "missing", result.missing().get(name)), quantiles,
                    Stream.of("")));
            return;
        }
        OptionalDouble ratio = result.ratio(name, ours);
        cells(concat(
                Stream.of(name, unit.format(median.getAsDouble()),
                        unit.format(result.min(name)) + " to " + unit.format(result.max(name))),
                quantiles, Stream.of(ratio.isEmpty() ? "" : Ratios.told(ratio.getAsDouble()))));
    }

    private static Stream<String> titles() {
        return Arrays.stream(Quantile.values()).map(Quantile::title);
    }

    private static Stream<String> quantiles(Optional<Histogram> latencies) {
        return Arrays.stream(Quantile.values()).map(quantile -> latencies.map(quantile::told).orElse(""));
    }

    /** As readers of Markdown call the heading of a row. */
    private static String anchor(Row row) {
        return row.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }

    private static Stream<String> concat(Stream<String> first, Stream<String> second, Stream<String> third) {
        return Stream.concat(Stream.concat(first, second), third);
    }

    private void rule(String... rules) {
        line("|" + String.join("|", rules) + "|");
    }

    private void cells(Stream<String> cells) {
        line(cells.map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
