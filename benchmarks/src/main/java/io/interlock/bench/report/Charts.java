package io.interlock.bench.report;

import io.interlock.bench.measure.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows as pictures: lines where the figures grow with something, bars elsewhere. */
final class Charts {

    private Charts() {
    }

    /** Writes one, of a row in which somebody took part. */
    static void write(Result result, Path file) throws IOException {
        Plane drawn = result.row().growth().map(growth -> new LineChart(result, growth).drawn())
                .orElseGet(() -> new BarChart(result).drawn());
        byte[] image = drawn.png();
        Files.createDirectories(file.getParent());
        Files.write(file, image);
    }
}
