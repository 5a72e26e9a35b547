package io.interlock.bench.report;

import io.interlock.bench.measure.Figure;
import io.interlock.bench.measure.Result;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** All figures, one in a line, as comma-separated values. */
public final class Csv {

    private Csv() {
    }

    /** Writes them. */
    public static void write(List<Result> results, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            printer.printRecord("row", "unit", "peer", "round", "value");
            for (Result result : results) {
                for (Map.Entry<String, List<Figure>> each : result.figures().entrySet()) {
                    int round = 0;
                    for (Figure figure : each.getValue()) {
                        printer.printRecord(result.row().name(), result.row().unit(), each.getKey(), ++round,
                                figure.value());
                    }
                }
            }
        }
    }
}
