package io.interlock.bench.report;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Growth;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/** A row on the page: its figures, how they grow, its goals, why they came out so, and its chart. */
final class Section {

    /** A peer whose largest figure is more than so many times its smallest one is marked. */
    private static final int WIDE = 3;
    private static final String MARK = "(*)";

    private final Markdown text;
    private final Result result;
    private final Row row;
    private final List<String> peers;
    /** Whether somebody has latencies of single operations. */
    private final boolean taken;

    private Section(Markdown text, Result result) {
        this.text = text;
        this.result = result;
        row = result.row();
        peers = row.peers().stream().map(Peer::name).toList();
        taken = peers.stream().anyMatch(peer -> result.latencies(peer).isPresent());
    }

    /** Writes one. */
    static void write(Markdown text, Result result, Optional<String> chart) {
        Section section = new Section(text, result);
        section.head();
        section.figures();
        section.findings();
        Why.of(result.row()).ifPresent(text::paragraph);
        chart.ifPresent(file -> text.paragraph("![" + result.row().title() + "](" + file + ")"));
    }

    /** What came of a goal. */
    static String verdict(Result result, Goal goal) {
        String verdict = Ratios.verdict(result, goal);
        return verdict.equals("missed") ? "**missed**" : verdict;
    }

    private void head() {
        text.paragraph("## " + row.name());
        text.paragraph(Character.toUpperCase(row.title().charAt(0)) + row.title().substring(1) + ". "
                + (row.unit().isMoreBetter() ? "More" : "Less") + " is better.");
    }

    private void figures() {
        List<String> titles = new ArrayList<>(List.of("peer", "median", "min to max"));
        if (taken) {
            Arrays.stream(Quantile.values()).map(Quantile::title).forEach(titles::add);
        }
        titles.add("ratio to " + (row.growth().isPresent() ? "the first of its line" : peers.get(0)));
        List<String> rules = new ArrayList<>(Collections.nCopies(titles.size(), Markdown.NUMBERS));
        rules.set(0, Markdown.WORDS);
        text.head(titles, rules);
        peers.forEach(peer -> text.cells(cells(peer)));
        if (peers.stream().anyMatch(this::isWide)) {
            text.paragraph(MARK + " Rounds of this peer differed by more than " + WIDE
                    + " x: its median is uncertain.");
        }
    }

    private List<String> cells(String peer) {
        Unit unit = row.unit();
        OptionalDouble median = result.median(peer);
        List<String> cells = new ArrayList<>();
        cells.add(isWide(peer) ? peer + " " + MARK : peer);
        cells.add(median.isEmpty() ? "missing" : unit.format(median.getAsDouble()));
        cells.add(median.isEmpty() ? result.missing().get(peer)
                : unit.format(result.min(peer)) + " to " + unit.format(result.max(peer)));
        if (taken) {
            Optional<Histogram> latencies = result.latencies(peer);
            Arrays.stream(Quantile.values()).map(quantile -> latencies.map(quantile::told).orElse(""))
                    .forEach(cells::add);
        }
        OptionalDouble ratio = first(peer).map(first -> result.ratio(peer, first)).orElse(OptionalDouble.empty());
        cells.add(ratio.isEmpty() ? "" : Ratios.told(ratio.getAsDouble()));
        return cells;
    }

    private boolean isWide(String peer) {
        return result.median(peer).isPresent() && result.max(peer) > WIDE * result.min(peer);
    }

    /** With whom a peer is compared: with our first one, or with the first one of its line that took part. */
    private Optional<String> first(String peer) {
        return row.growth().isEmpty() ? Optional.of(peers.get(0))
                : row.growth().flatMap(growth -> growth.line(peer))
                        .flatMap(line -> result.measured(line).stream().findFirst()).map(Growth.Point::name);
    }

    private void findings() {
        List<String> findings = new ArrayList<>();
        row.growth().ifPresent(growth -> growth.lines().forEach(
                line -> findings.add("- " + line.name() + ": " + Ratios.grown(result, growth, line))));
        row.goals().forEach(goal -> findings.add("- " + told(goal)));
        if (!findings.isEmpty()) {
            text.paragraph(findings.toArray(String[]::new));
        }
    }

    private String told(Goal goal) {
        return goal.ours() + " " + goal.describe(row.unit()) + ": "
                + (result.ratio(goal).isEmpty() ? "" : Ratios.reached(result, goal) + ", ") + verdict(result, goal);
    }
}
