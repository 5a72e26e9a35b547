package io.interlock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.bench.measure.Row;
import io.interlock.bench.work.Rows;
import io.interlock.bench.work.Scale;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Nested
    class WrongUsage {

        @TempDir
        private Path directory;

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "--nonsense|--nonsense",
            "extra|extra",
            "--only nonsense|--only matches no row, --only=nonsense, rows are [lock,",
            "--only (|--only must be a regular expression",
            "--rounds 0|--rounds must be in [1, 1000], --rounds=0",
            "--rounds 1001|--rounds must be in [1, 1000], --rounds=1001",
            "--rounds x|--rounds",
            "--out|--out"})
        void isOneLineAndExitCode2(String arguments, String message) {
            assertEquals(2, run(arguments.split(" ")));
            assertOneLine(message);
        }

        @Test
        void isToldBeforeAnythingIsMeasured() throws Exception {
            Path file = Files.createFile(directory.resolve("file"));
            assertEquals(2, run("--out", file.resolve("below").toString()));
            assertOneLine("--out must be a directory that can be made");
        }

        private void assertOneLine(String message) {
            assertEquals(1, err.toString().lines().count(), err::toString);
            assertTrue(err.toString().contains(message), err::toString);
            assertEquals("", out.toString());
        }
    }

    @Nested
    class Help {

        @Test
        void tellsTheOptionsAndTheExitCodes() {
            assertEquals(0, run("--help"));
            for (String option : List.of("--only=REGEX", "--quick", "--rounds=N", "--out=DIR", "--list")) {
                assertTrue(out.toString().contains(option), out::toString);
            }
            assertTrue(out.toString().contains("wrong usage"), out::toString);
            assertFalse(out.toString().contains("null"), out::toString);
            assertEquals("", err.toString());
        }
    }

    @Nested
    class ListOfRows {

        @Test
        void namesEachRowOnce() {
            assertEquals(0, run("--list"));
            List<String> names = out.toString().lines().map(line -> line.replaceAll(": .*", "")).toList();
            assertEquals(Rows.all(Scale.QUICK).stream().map(Row::name).toList(), names);
            assertEquals(names.stream().distinct().toList(), names);
        }

        @Test
        void namesOnlyThoseThatAreChosen() {
            assertEquals(0, run("--list", "--only", "^long$"));
            assertEquals(1, out.toString().lines().count(), out::toString);
        }
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
