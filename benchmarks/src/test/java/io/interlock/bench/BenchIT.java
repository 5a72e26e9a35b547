package io.interlock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real runs, as processes: what they write, and that nothing is left of them. What they measure does not matter. */
class BenchIT {

    private static final String MARK = "INTERLOCK_BENCH_MARK";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path directory;

    /** In the environment of a run and of all processes that it starts. */
    private final String mark = MARK + "=" + UUID.randomUUID();
    private Path temporary;
    private Path out;
    private Path err;

    @BeforeEach
    void makeDirectories() throws IOException {
        temporary = Files.createDirectory(directory.resolve("temporary"));
        out = directory.resolve("out");
        err = directory.resolve("err");
    }

    @Nested
    class AQuickRun {

        @Test
        void writesItsReportAndLeavesNothingBehind() throws Exception {
            Path report = directory.resolve("report");
            Process run = start("--quick", "--rounds", "1", "--only", "^long$|^event-set$", "--out",
                    report.toString());
            assertEquals(0, exitCode(run), BenchIT.this::said);
            List<String> lines = Files.readAllLines(out);
            String last = lines.get(lines.size() - 1);
            assertTrue(last.matches("bench rows=2 goals=\\d+ met=\\d+ missed=(none|[\\w:.,-]+) elapsed_ms=\\d+"), last);
            assertTrue(errors().containsAll(List.of("measuring 1/2: long", "measuring 2/2: event-set")),
                    BenchIT.this::said);
            assertFigures(Files.readAllLines(report.resolve("bench.csv")));
            assertPage(report);
            assertNothingIsLeft(run);
        }

        private void assertFigures(List<String> lines) {
            assertEquals("row,unit,peer,line,x,round,value,p50_ns,p99_ns,p999_ns,max_ns", lines.get(0));
            lines.stream().skip(1).forEach(line -> assertTrue(
                    line.matches("(long|event-set),[A-Z_]+,(\"[^\"]+\"|[^,]+),,,(1|all),\\d+\\.\\d+(E\\d+)?(,\\d*){4}"),
                    line));
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("long,NANOS_EACH,IpcLong,,,1,")),
                    lines::toString);
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("event-set,NANOS_EACH,IpcEvent,,,all,")),
                    lines::toString);
        }

        private void assertPage(Path report) throws IOException {
            String page = Files.readString(report.resolve("performance.md"));
            assertTrue(page.contains("| Command | `./interlock bench --only '^long$\\|^event-set$' --quick --rounds 1 "
                    + "--out DIR` |"), page);
            assertTrue(page.contains("the figures mean nothing"), page);
            assertTrue(page.contains("\n## long\n") && page.contains("\n## event-set\n"), page);
            assertTrue(!page.contains(directory.toString()), page);
            if (page.contains("There are no charts")) {
                return; // on a machine without fonts
            }
            for (String name : List.of("long", "event-set")) {
                assertTrue(page.contains("(charts/" + name + ".png)"), page);
                assertTrue(ImageIO.read(report.resolve("charts/" + name + ".png").toFile()).getWidth() > 100);
            }
        }
    }

    @Tag("proof")
    @Nested
    class ARunThatIsTerminated {

        /** While JMH measures, which starts its processes itself; and while processes that talk by lines are there. */
        @ParameterizedTest
        @CsvSource({"^long$, 1", "^event-set$, 2"})
        void leavesNothingBehind(String row, int processes) throws Exception {
            Process run = start("--only", row);
            while (run.descendants().count() < processes) {
                assertTrue(run.isAlive(), BenchIT.this::said);
                Thread.sleep(10);
            }
            run.destroy();
            assertEquals(128 + 15, exitCode(run), BenchIT.this::said);
            assertEquals("", Files.readString(out));
            assertEquals(List.of("measuring 1/1: " + row.replaceAll("[$^]", "")), errors());
            assertNothingIsLeft(run);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms16m", "-Xmx256m",
                "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + temporary, "-cp",
                System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put(MARK, mark.substring(MARK.length() + 1));
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1"); // short lives, in all JVMs
        return builder.start();
    }

    private static int exitCode(Process run) throws InterruptedException {
        try {
            assertTrue(run.waitFor(100, TimeUnit.SECONDS), "still running");
            return run.exitValue();
        } finally {
            run.destroyForcibly();
        }
    }

    /** What was said on standard error, without what the JVM says about our flags. */
    private List<String> errors() throws IOException {
        return Files.readAllLines(err).stream().filter(line -> !line.startsWith("Picked up ")).toList();
    }

    private String said() {
        try {
            return Files.readString(out) + Files.readString(err);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void assertNothingIsLeft(Process run) throws IOException {
        assertEquals(List.of(), names(temporary, ""));
        if (Files.isDirectory(SHARED_MEMORY)) {
            assertEquals(List.of(), names(SHARED_MEMORY, "interlock-bench-" + run.pid() + "-"));
        }
        assertEquals(List.of(), markedProcesses());
    }

    private static List<String> names(Path where, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(prefix)).toList();
        }
    }

    /** Wherever they hang in the tree of processes; dead ones have no environment any more. */
    private List<String> markedProcesses() {
        return ProcessHandle.allProcesses().filter(this::isMarked).map(each -> each.pid() + " " + each.info()).toList();
    }

    private boolean isMarked(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/environ"),
                    StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException e) {
            return false; // ended, or somebody else's
        }
    }
}
