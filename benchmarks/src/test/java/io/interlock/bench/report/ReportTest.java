package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.bench.measure.Fakes;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();
    private final Row row = Fakes.row("thing", Unit.PER_SECOND);
    private final Result both = Fakes.result(row, Fakes.figures(10, 20, 30), Fakes.figures(16));
    private final Result nobody = new Result(Fakes.row("empty", Unit.PER_SECOND), Map.of(),
            Map.of("IpcThing", "no time", "Other", "no compiler (cc)"));

    @Nested
    class Write {

        @Test
        void writesFiguresPageAndAChartForEachRowThatWasMeasured() throws IOException {
            String page = write();
            assertTrue(Files.size(directory.resolve("bench.csv")) > 0);
            if (page.contains("There are no charts")) {
                assertEquals(1, err.toString().lines().count(), err::toString);
                return; // on a machine without fonts
            }
            assertTrue(page.contains("(charts/thing.png)"), page);
            assertTrue(ImageIO.read(directory.resolve("charts/thing.png").toFile()).getWidth() > 100);
            assertFalse(Files.exists(directory.resolve("charts/empty.png")));
            assertEquals("", err.toString());
        }

        private String write() throws IOException {
            new Report(Map.of("Date", "today"), List.of(), new PrintWriter(err, true)).write(List.of(both, nobody),
                    directory);
            return Files.readString(directory.resolve("performance.md"));
        }
    }
}
