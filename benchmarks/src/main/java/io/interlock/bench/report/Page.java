package io.interlock.bench.report;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as a page in Markdown: how it was made, all goals, and then row by row. */
final class Page {

    private final Markdown text = new Markdown();

    /**
     * Of a run.
     *
     * @param facts  how it was made, each under its name
     * @param notes  what the reader has to know besides
     * @param charts those that there are, as the page refers to them, by the name of the row
     */
    Page(Map<String, String> facts, List<String> notes, List<Result> results, Map<String, String> charts) {
        text.line("# Performance");
        text.paragraph(
                "Interlock and what could be taken instead, side by side: the same work, in turns, in one run on one",
                "machine. How it is measured and why: decision 0013. This page was written by the run itself.");
        notes.forEach(note -> text.paragraph("**" + note + "**"));
        facts(facts);
        goals(results);
        results.forEach(
                result -> Section.write(text, result, Optional.ofNullable(charts.get(result.row().name()))));
    }

    private void facts(Map<String, String> facts) {
        text.head(List.of("what", "which"), List.of(Markdown.WORDS, Markdown.WORDS));
        facts.forEach((name, fact) -> text.cells(List.of(name, fact)));
    }

    private void goals(List<Result> results) {
        text.paragraph("## Goals");
        text.paragraph(
                "A ratio is our median divided by the other one's in the same run. Where less is better it should be",
                "at most the goal, where more is better at least.");
        text.paragraph(new Summary(results).goals());
        text.head(List.of("row", "peer", "goal", "ratio", ""),
                List.of(Markdown.WORDS, Markdown.WORDS, Markdown.WORDS, Markdown.NUMBERS, Markdown.WORDS));
        results.forEach(result -> result.row().goals().forEach(goal -> goal(result, goal)));
    }

    private void goal(Result result, Goal goal) {
        String row = result.row().name();
        text.cells(List.of("[" + row + "](#" + Markdown.anchor(row) + ")", goal.ours(),
                goal.describe(result.row().unit()), Ratios.reached(result, goal), Section.verdict(result, goal)));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
