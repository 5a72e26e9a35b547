package io.interlock.bench.report;

import io.interlock.bench.measure.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run leaves in a directory: {@code bench.csv}, {@code performance.md}, and a chart for each row. */
public final class Report {

    private static final String CHARTS = "charts";

    private final Map<String, String> facts;
    private final List<String> notes;
    private final PrintWriter err;

    /**
     * Of one run.
     *
     * @param facts how it was made, each under its name
     * @param notes what a reader has to know besides
     * @param err   where is told what cannot be done here
     */
    public Report(Map<String, String> facts, List<String> notes, PrintWriter err) {
        this.facts = new LinkedHashMap<>(facts);
        this.notes = List.copyOf(notes);
        this.err = err;
    }

    /** Writes it; what stood there under the same names is replaced. */
    public void write(List<Result> results, Path directory) throws IOException {
        Files.createDirectories(directory);
        Csv.write(results, directory.resolve("bench.csv"));
        List<String> told = new ArrayList<>(notes);
        Map<String, String> charts = charts(results, directory, told);
        Files.writeString(directory.resolve("performance.md"), new Page(facts, told, results, charts).toString());
    }

    private Map<String, String> charts(List<Result> results, Path directory, List<String> told) throws IOException {
        Map<String, String> charts = new LinkedHashMap<>();
        try {
            for (Result result : results) {
                String file = CHARTS + "/" + result.row().name() + ".png";
                if (!result.figures().isEmpty()) {
                    Charts.write(result, directory.resolve(file));
                    charts.put(result.row().name(), file);
                }
            }
        } catch (RuntimeException | LinkageError | InternalError e) {
            // What a JDK without a font or without the libraries that draw throws differs from one to the next.
            String note = "There are no charts: this machine cannot draw text (are there fonts, and fontconfig?).";
            err.println("bench: " + note + " " + e);
            told.add(note);
            return Map.of();
        }
        return charts;
    }
}
