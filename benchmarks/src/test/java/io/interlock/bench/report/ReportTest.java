package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.bench.measure.Fakes;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final int MANY = 50;

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();
    private final Row row = Fakes.row("thing", Unit.PER_SECOND);
    private final Result both = Fakes.result(row, Fakes.figures(10, 20, 30), Fakes.figures(16));
    private final Result nobody = new Result(Fakes.row("empty", Unit.PER_SECOND), Map.of(),
            Map.of("IpcThing", "no time", "Other", "no compiler (cc)"));
    private final Row growing = Fakes.growing("grows", Unit.NANOS_EACH);

    @Nested
    class Write {

        @Test
        void writesFiguresPageAndAChartForEachRowThatWasMeasured() throws IOException {
            String page = write(both, nobody);
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

        @Test
        void drawsOursAndOthersAsBarsAndAsLines() throws IOException {
            Result grown = Fakes.only(growing, Map.of("IpcThing, 1", Fakes.figures(10), "IpcThing, 4",
                    Fakes.figures(15), "Other, 4", Fakes.figures(20), "Other, 16", Fakes.figures(90, 100)));
            if (write(both, grown).contains("There are no charts")) {
                return; // on a machine without fonts
            }
            for (String row : List.of("thing", "grows")) {
                BufferedImage chart = ImageIO.read(directory.resolve("charts/" + row + ".png").toFile());
                assertTrue(pixels(chart, Plane.OURS) > MANY, row);
                assertTrue(pixels(chart, Plane.OTHERS) > MANY, row);
            }
        }

        @Test
        void drawsLinesOfOnePointOrWithoutAnyPlaceOnTheirAxis() throws IOException {
            Result point = Fakes.only(growing, Map.of("IpcThing, 4", Fakes.figures(10)));
            Result nothing = Fakes.only(Fakes.growing("nothing", Unit.OF_A_PROCESSOR),
                    Map.of("IpcThing, 1", Fakes.figures(0), "IpcThing, 4", Fakes.figures(0)));
            if (write(point, nothing).contains("There are no charts")) {
                return; // on a machine without fonts
            }
            assertTrue(pixels(ImageIO.read(directory.resolve("charts/grows.png").toFile()), Plane.OURS) > 0);
            assertTrue(Files.exists(directory.resolve("charts/nothing.png")));
        }

        private static long pixels(BufferedImage image, Color colour) {
            return IntStream.range(0, image.getHeight()).boxed()
                    .flatMap(y -> IntStream.range(0, image.getWidth()).mapToObj(x -> image.getRGB(x, y)))
                    .filter(each -> each == colour.getRGB()).count();
        }

        private String write(Result... results) throws IOException {
            new Report(Map.of("Date", "today"), List.of(), new PrintWriter(err, true)).write(List.of(results),
                    directory);
            return Files.readString(directory.resolve("performance.md"));
        }
    }
}
