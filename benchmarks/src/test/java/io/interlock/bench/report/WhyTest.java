package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.bench.measure.Fakes;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.work.Rows;
import io.interlock.bench.work.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WhyTest {

    @Nested
    class Of {

        @Test
        void isWhatTheFileOfTheRowSays() {
            assertEquals(Optional.of("It is a row of tests only,\nand this is why."),
                    Why.of(Fakes.row("explained", Unit.NANOS_EACH)));
        }

        @Test
        void isNothingWithoutAFile() {
            assertEquals(Optional.empty(), Why.of(Fakes.row("unexplained", Unit.NANOS_EACH)));
        }
    }

    /** In the main sources; there may be none. */
    @Nested
    class EachFile {

        private static final Path FILES = Path.of("src/main/resources/io/interlock/bench/report/why");
        private static final String SUFFIX = ".md";

        @Test
        void belongsToARow() throws IOException {
            List<String> rows = Rows.all(Scale.FULL).stream().map(Row::name).toList();
            for (Path file : files()) {
                String name = file.getFileName().toString();
                assertTrue(name.endsWith(SUFFIX), name);
                assertTrue(rows.contains(name.substring(0, name.length() - SUFFIX.length())), name);
            }
        }

        /** Which the page puts in without a heading of its own. */
        @Test
        void isAParagraph() throws IOException {
            for (Path file : files()) {
                String text = Files.readString(file).strip();
                assertFalse(text.isEmpty() || text.startsWith("#") || text.contains("\n#"), file::toString);
            }
        }

        private static List<Path> files() throws IOException {
            if (!Files.isDirectory(FILES)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(FILES)) {
                return files.toList();
            }
        }
    }
}
