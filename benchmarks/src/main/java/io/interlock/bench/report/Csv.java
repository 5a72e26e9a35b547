package io.interlock.bench.report;

import io.interlock.bench.measure.Figure;
import io.interlock.bench.measure.Growth;
import io.interlock.bench.measure.Result;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * All figures as comma-separated values: a line for each round of each peer, and one for all of its rounds together
 * with their median. A peer that is a point of a line has the name of that line and how much there is, as x. Where
 * latencies of single operations were taken, there are their quantiles.
 */
public final class Csv {

    private static final String ALL = "all";

    private final CSVPrinter printer;

    private Csv(CSVPrinter printer) {
        this.printer = printer;
    }

    /** Writes them. */
    public static void write(List<Result> results, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            Csv csv = new Csv(printer);
            csv.head();
            for (Result result : results) {
                csv.result(result);
            }
        }
    }

    private void head() throws IOException {
        List<Object> names = new ArrayList<>(List.of("row", "unit", "peer", "line", "x", "round", "value"));
        Arrays.stream(Quantile.values()).map(Quantile::column).forEach(names::add);
        printer.printRecord(names);
    }

    private void result(Result result) throws IOException {
        for (Map.Entry<String, List<Figure>> each : result.figures().entrySet()) {
            String peer = each.getKey();
            int round = 0;
            for (Figure figure : each.getValue()) {
                line(result, peer, Integer.toString(++round), figure.value(), figure.latencies());
            }
            line(result, peer, ALL, result.median(peer).orElseThrow(), result.latencies(peer));
        }
    }

    private void line(Result result, String peer, String round, double value, Optional<Histogram> latencies)
            throws IOException {
        List<Object> values = new ArrayList<>(List.of(result.row().name(), result.row().unit(), peer));
        Optional<Growth.Line> along = result.row().growth().flatMap(growth -> growth.line(peer));
        values.add(along.map(Growth.Line::name).orElse(""));
        values.add(along.flatMap(each -> each.point(peer)).map(Growth.Point::amount).orElse(""));
        values.add(round);
        values.add(value);
        for (Quantile quantile : Quantile.values()) {
            values.add(latencies.map(quantile::of).map(Object::toString).orElse(""));
        }
        printer.printRecord(values);
    }
}
