package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interlock.core.Segment;
import io.interlock.examples.Programs.Outcome;
import io.interlock.examples.Programs.Running;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectIT {

    @TempDir
    private Path segments;

    /** A process that holds a lock until it is killed. */
    static final class Holder {

        private Holder() {
        }

        public static void main(String[] args) throws InterruptedException {
            try (Segment segment = Segment.open("inspected")) {
                IpcLock.open(segment, "lock").lock();
                IpcEvent.open(segment, "held").set();
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }

    @Test
    void tellsWhatIsInALiveSegmentAndAfterADeath() throws Exception {
        try (Segment segment = Segment.create(segments.resolve("inspected"))) {
            IpcLong.create(segment, "number", 42);
            IpcLock.create(segment, "lock");
            IpcEvent held = IpcEvent.create(segment, "held");
            Running holder = Programs.start(segments, "", Holder.class.getName());
            held.await();

            String live = text(inspect("inspected"));
            assertTrue(live.contains("participants: 2 alive, 0 left, 0 dead"), live);
            assertTrue(live.contains(String.valueOf(ProcessHandle.current().pid())), live);
            assertTrue(live.contains(String.valueOf(holder.process().pid())), live);
            assertTrue(live.matches("(?s).*number +Long +.*42.*"), live);
            assertTrue(live.matches("(?s).*lock +Lock +.*owner participant 1.1 \\(pid [0-9]+\\).*"), live);
            assertFalse(live.contains(", dead)"), live);

            holder.process().destroyForcibly();
            holder.await();
            String after = text(inspect("inspected"));
            assertTrue(after.contains("participants: 1 alive, 0 left, 1 dead"), after);
            assertTrue(after.matches("(?s).*lock +Lock +.*owner participant 1.1 \\(pid [0-9]+, dead\\).*"), after);
        }
        String abandoned = text(inspect(segments.resolve("inspected").toString()));
        assertTrue(abandoned.contains("participants: 0 alive, 1 left, 1 dead"), abandoned);

        String json = text(inspect("--json inspected"));
        assertTrue(json.startsWith("{\n  \"path\": "), json);
        assertTrue(json.contains("\"name\": \"number\""), json);

        assertEquals("list segments=1", Programs.interlock(segments, "list").lastLine());
        assertEquals(0, Programs.interlock(segments, "unlink inspected").exit());
        assertEquals("list segments=0", Programs.interlock(segments, "list").lastLine());
        assertRefused("unlink inspected", "no segment at");
    }

    @Test
    void refusesWhatIsNoSegmentInOneLine() throws Exception {
        assertRefused("inspect nothing", "no segment at");
        Path text = file("letter", 5000);
        assertRefused("unlink " + text, "is not an Interlock segment");
        assertTrue(Files.exists(text));
    }

    @Tag("proof")
    @Test
    void refusesEveryKindOfFileThatIsNoSegment() throws Exception {
        assertRefused("inspect " + file("empty", 0), "is empty");
        assertRefused("inspect " + file("text", 5000), "is not an Interlock segment");
        assertRefused("inspect " + segments + "/", "is a directory");
        Path pipe = segments.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo here");
        assertRefused("inspect " + pipe, "is not a regular file");
        assertRefused("unlink " + pipe, "is not a regular file");
        try (Segment segment = Segment.create(segments.resolve("whole"))) {
            byte[] head = Arrays.copyOf(new byte[0], 100);
            try (var in = Files.newInputStream(copyOf(segment.path()))) {
                assertEquals(100, in.read(head));
            }
            Path cut = segments.resolve("cut");
            Files.write(cut, head);
            assertRefused("inspect " + cut, "is cut short");
        }
    }

    /** Made by another process: this one must not open a file to which it is attached. */
    private Path copyOf(Path path) throws Exception {
        Path copy = segments.resolve("copy");
        assertEquals(0, new ProcessBuilder("cp", path.toString(), copy.toString()).inheritIO().start().waitFor());
        return copy;
    }

    private Path file(String name, int length) throws Exception {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return Files.write(segments.resolve(name), bytes);
    }

    private void assertRefused(String line, String why) throws Exception {
        Outcome outcome = Programs.interlock(segments, line);
        assertEquals(1, outcome.exit(), outcome.toString());
        assertEquals(1, outcome.err().size(), outcome.toString());
        assertTrue(outcome.err().get(0).contains(why), outcome.toString());
    }

    private Outcome inspect(String what) throws Exception {
        Outcome outcome = Programs.interlock(segments, "inspect " + what);
        assertEquals(0, outcome.exit(), outcome.toString());
        return outcome;
    }

    private static String text(Outcome outcome) {
        return String.join("\n", outcome.out());
    }
}
