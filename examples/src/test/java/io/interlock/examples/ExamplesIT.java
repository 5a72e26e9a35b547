package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interlock.examples.Programs.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesIT {

    /** Of times in a trace, more than is lost when they are written. */
    private static final double ROUNDED_MICROS = 0.01;

    @TempDir
    private Path segments;

    @AfterEach
    void leaveNoSegment() throws IOException {
        try (Stream<Path> left = Files.list(segments)) {
            assertEquals(Set.of(), left.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals(".interlock.lock")).collect(Collectors.toSet()));
        }
    }

    @Test
    void counterCountsExactlyInAllLockedModes() throws Exception {
        Outcome outcome = run("counter --processes 2 --increments 3000");
        assertEquals(0, outcome.exit(), outcome.toString());
        assertEquals(List.of(), outcome.err());
        assertEquals(5, outcome.out().size());
        assertMatches("counter mode=unlocked processes=2 increments=3000 expected=6000 actual=\\d+ lost=\\d+ "
                + "elapsed_ms=\\d+", outcome.out().get(0));
        for (int i = 1; i < 4; i++) {
            String mode = List.of("", "lock", "rlock", "atomic").get(i);
            assertMatches("counter mode=" + mode + " processes=2 increments=3000 expected=6000 actual=6000 lost=0 "
                    + "elapsed_ms=\\d+", outcome.out().get(i));
        }
        assertMatches("counter-summary modes=4 exact=3 unlocked_lost=\\d+", outcome.lastLine());
    }

    @Tag("proof")
    @Test
    void demoShowsBothExamplesAndJudgesThem() throws Exception {
        Outcome outcome = run("demo");
        assertEquals(0, outcome.exit(), outcome.toString());
        assertTrue(outcome.out().stream().anyMatch(l -> l.startsWith("counter-summary modes=4 exact=3 ")));
        assertTrue(outcome.out().stream().anyMatch(l -> l.contains(
                "items=10 capacity=5 produced=10 consumed=10 lost=0")));
        assertMatches("demo examples=2 failed=0 elapsed_ms=\\d+", outcome.lastLine());
    }

    /** Twenty runs of the seed's program: every locked mode is exact in all of them, and the unlocked one is not. */
    @Tag("proof")
    @RepeatedTest(5)
    void counterIsExactWithTheSeedsNumbers() throws Exception {
        Outcome outcome = run("counter");
        assertEquals(0, outcome.exit(), outcome.toString());
        assertMatches("counter-summary modes=4 exact=3 unlocked_lost=\\d+", outcome.lastLine());
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "nothing is lost for sure on one processor");
        assertMatches(".* unlocked_lost=[1-9]\\d*", outcome.lastLine());
    }

    @Tag("proof")
    @Test
    void counterRunsOneMode() throws Exception {
        Outcome outcome = run("counter --mode atomic --processes 1 --increments 1");
        assertEquals(0, outcome.exit(), outcome.toString());
        assertEquals("counter-summary modes=1 exact=1 unlocked_lost=0", outcome.lastLine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"semaphore 1 3 2 5", "queue 2 2 1000 5"})
    void boundedBufferKeepsAllItemsInOrder(String shape) throws Exception {
        assertBoundedBuffer(shape);
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(strings = {"semaphore 2 2 1000 1", "at-least 2 2 1000 5", "at-least 1 2 1 3",
        "free-at-least 2 1 1001 3", "selective 2 2 1000 4", "selective 1 2 1 1", "queue 1 3 2 1"})
    void boundedBufferKeepsAllItemsInOrderInMoreShapes(String shape) throws Exception {
        assertBoundedBuffer(shape);
    }

    private void assertBoundedBuffer(String shape) throws Exception {
        String[] s = shape.split(" ");
        Outcome outcome = run("bounded-buffer --variant " + s[0] + " --producers " + s[1] + " --consumers " + s[2]
                + " --items " + s[3] + " --capacity " + s[4]);
        assertEquals(0, outcome.exit(), outcome.toString());
        assertEquals(List.of(), outcome.err());
        assertEquals(1, outcome.out().size());
        assertMatches("bounded-buffer variant=" + s[0] + " producers=" + s[1] + " consumers=" + s[2] + " items=" + s[3]
                + " capacity=" + s[4] + " produced=" + s[3] + " consumed=" + s[3]
                + " lost=0 duplicated=0 out_of_order=0 elapsed_ms=\\d+", outcome.lastLine());
    }

    @Test
    void boundedBufferTellsEachItem() throws Exception {
        Outcome outcome = run("bounded-buffer --verbose --items 2");
        assertEquals(0, outcome.exit(), outcome.toString());
        assertEquals(Set.of("produced -> 0", "produced -> 1", "    consumed <- 0", "    consumed <- 1"),
                Set.copyOf(outcome.out().subList(0, 4)));
    }

    @Test
    void smallExamplesPrintTheirLine() throws Exception {
        assertPrints("values value=100 array=[-1.0,-2.0,-3.0]", "values");
        assertPrints("event waiters=2 timeouts=2 woken_before_set=0 woken=2", "event --processes 2");
        assertPrints("condition waiters=3 woken_by_signal=1 woken_by_signal_all=2", "condition");
        assertPrints("pipe received=1 characters=26 ended=true", "pipe");
    }

    @Tag("proof")
    @Test
    void moreSmallExamplesPrintTheirLine() throws Exception {
        assertPrints("reentrancy lock_second=timeout rlock_counts=1,2,1,0", "reentrancy");
        assertPrints("lock-printer lines=3 torn=0", "lock-printer --processes 3");
        assertPrints("queue taken=1 characters=24 left=0", "queue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-item 100000 2 9592", "single 100000 1 9592"})
    void primesAreAsManyAsInPython(String shape) throws Exception {
        assertPrimes(shape);
    }

    @Tag("proof")
    @Test
    void primesAreSearchedByMoreProcessesThanThereAreNumbers() throws Exception {
        assertPrimes("per-item 2 3 1");
    }

    private void assertPrimes(String shape) throws Exception {
        String[] s = shape.split(" ");
        Outcome outcome = run("primes --variant " + s[0] + " --max " + s[1] + " --processes " + s[2]);
        assertEquals(0, outcome.exit(), outcome.toString());
        assertEquals(List.of(), outcome.err());
        assertEquals(1, outcome.out().size());
        assertMatches("primes variant=" + s[0] + " max=" + s[1] + " processes=" + s[2] + " count=" + s[3]
                + " elapsed_ms=\\d+", outcome.lastLine());
    }

    @Test
    void primesInBatchesTellWhenEachWorkerHasFinished() throws Exception {
        Outcome outcome = run("primes --max 100000 --processes 2 --variant batch --batch 30000");
        assertEquals(0, outcome.exit(), outcome.toString());
        assertEquals(List.of(), outcome.err());
        assertEquals(3, outcome.out().size(), outcome.toString());
        int batches = 0;
        for (int i = 0; i < 2; i++) {
            String line = outcome.out().get(i);
            assertMatches("primes-worker number=" + i + " batches=\\d primes=\\d+ finished_ms=\\d+", line);
            batches += Integer.parseInt(line.replaceAll(".*batches=(\\d).*", "$1"));
        }
        assertEquals(4, batches);
        assertMatches("primes variant=batch max=100000 processes=2 count=9592 elapsed_ms=\\d+", outcome.lastLine());
    }

    /** A viewer draws what is inside one event in a second row: events of a thread must not overlap. */
    @ParameterizedTest
    @ValueSource(strings = {"per-item", "single"})
    void primesWriteATraceThatViewersCanOpen(String variant, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("trace.json");
        Outcome outcome = run("primes --max 30000 --processes 2 --variant " + variant + " --trace " + file);
        assertEquals(0, outcome.exit(), outcome.toString());
        assertMatches("primes-trace file=.*trace.json events=\\d+", outcome.out().get(outcome.out().size() - 2));

        Map<?, ?> trace = (Map<?, ?>) JsonReader.read(Files.readString(file));
        Set<String> names = new HashSet<>();
        Set<String> phases = new HashSet<>();
        Map<List<?>, Double> ends = new HashMap<>();
        for (Object each : (List<?>) trace.get("traceEvents")) {
            Map<?, ?> event = (Map<?, ?>) each;
            if (event.get("name").equals("process_name")) {
                names.add(((Map<?, ?>) event.get("args")).get("name").toString());
            } else if (event.get("ph").equals("X")) {
                phases.add(event.get("name").toString());
                double start = (double) event.get("ts");
                Double end = ends.put(List.of(event.get("pid"), event.get("tid")), start + (double) event.get("dur"));
                assertTrue(end == null ? start >= 0 : start > end - ROUNDED_MICROS, event.toString());
            }
        }
        boolean alone = variant.equals("single");
        assertEquals(alone ? Set.of("main") : Set.of("main", "worker 0", "worker 1"), names);
        assertTrue(phases.containsAll(alone ? Set.of("compute") : Set.of("compute", "take", "put")), phases.toString());
    }

    @Test
    void journalLosesNothingWhenAnAppenderAndTheReaderAreKilled(@TempDir Path directory) throws Exception {
        Path kept = directory.resolve("kept");
        Outcome outcome = Programs.interlockWithJournal(segments, directory, "journal --readings 20000 --dir " + kept);
        assertJournal(outcome, 20_000);
        assertEquals(2, outcome.err().size(), outcome.toString());
        assertMatches("journal: killed the appender of sensor 0 \\(pid \\d+\\) after its reading \\d+ of 20000",
                outcome.err().get(0));
        assertMatches("journal: killed the reader \\(pid \\d+\\) after reading \\d+ of 40000", outcome.err().get(1));
        assertEquals("journal-kept directory=" + kept + " messages=40000", outcome.out().get(0));

        Outcome inspected = run("inspect " + kept.resolve("journal.segment"));
        String text = String.join("\n", inspected.out());
        assertTrue(text.contains("participants: 0 alive, 4 left, 2 dead"), text);
        assertTrue(text.matches("(?s).*journal +Journal +end index 40000, append lock nobody, .*"), text);
        assertTrue(text.matches("(?s).*journal/display +Tailer +position 40000, owner nobody, owner deaths 1.*"), text);
    }

    @Tag("proof")
    @RepeatedTest(5)
    void journalIsCompleteWithTheDefaultNumbersAndRemovedAtTheEnd(@TempDir Path directory) throws Exception {
        assertJournal(Programs.interlockWithJournal(segments, directory, "journal"), 200_000);
        assertNothingIsLeft(directory);
    }

    @Tag("proof")
    @Test
    void journalNeedsNobodyToBeKilled(@TempDir Path directory) throws Exception {
        Outcome outcome = Programs.interlockWithJournal(segments, directory, "journal --readings 1 --no-kill");
        assertJournal(outcome, 1);
        assertEquals(List.of(), outcome.err());
        assertNothingIsLeft(directory);
    }

    private static void assertNothingIsLeft(Path directory) throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.filter(path -> path.toString().contains("interlock")).toList());
        }
    }

    private static void assertJournal(Outcome outcome, int readings) {
        assertEquals(0, outcome.exit(), outcome.toString());
        assertMatches("journal appended=" + 2 * readings + " read=" + 2 * readings
                + " lost=0 duplicated=[01] elapsed_ms=\\d+", outcome.lastLine());
    }

    private void assertPrints(String line, String command) throws Exception {
        Outcome outcome = run(command);
        assertEquals(line, outcome.lastLine(), outcome.toString());
        assertEquals(0, outcome.exit(), outcome.toString());
        assertEquals(List.of(), outcome.err());
    }

    private Outcome run(String line) throws Exception {
        return Programs.interlock(segments, line);
    }

    private static void assertMatches(String pattern, String line) {
        assertTrue(line.matches(pattern), line);
    }
}
