package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.examples.Counter.Mode;
import io.interlock.examples.Counter.Result;
import io.interlock.examples.Programs.Outcome;
import io.interlock.examples.Programs.Running;
import io.interlock.memory.IpcLong;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of the counter are killed while they count. */
class CounterCrashIT {

    private static final Pattern LINE = Pattern.compile("counter mode=\\w+ processes=\\d+ increments=\\d+ "
            + "expected=(\\d+) actual=(\\d+) lost=0 elapsed_ms=\\d+ killed=(\\d+) recoveries=(\\d+)");

    @TempDir
    private Path segments;

    @Test
    void nothingIsLostWhenProcessesAreKilled() throws Exception {
        assertNothingIsLost("counter --kill 2 --processes 3 --increments 3000", "rlock", 3, 3000, 2);
    }

    @Tag("proof")
    @Test
    void evenOneIncrementEachIsEnoughToBeKilled() throws Exception {
        assertNothingIsLost("counter --kill 1 --processes 2 --increments 1 --mode lock", "lock", 2, 1, 1);
    }

    @Tag("proof")
    @RepeatedTest(5)
    void nothingIsLostWithTheDefaultNumbers() throws Exception {
        assertNothingIsLost("counter --kill 3", "rlock", 10, 100_000, 3);
        assertNothingIsLost("counter --kill 9 --mode lock", "lock", 10, 100_000, 9);
    }

    private void assertNothingIsLost(String command, String mode, int processes, int increments, int kills)
            throws Exception {
        Outcome outcome = Programs.interlock(segments, command);
        assertEquals(0, outcome.exit(), outcome.toString());
        assertEquals(2, outcome.out().size(), outcome.toString());
        Matcher line = LINE.matcher(outcome.out().get(0));
        assertTrue(line.matches() && line.group().startsWith("counter mode=" + mode + " "), outcome.toString());
        assertEquals(line.group(1), line.group(2), outcome.toString());
        long expected = Long.parseLong(line.group(1));
        assertTrue(expected < (long) processes * increments, outcome.toString());
        assertTrue(expected >= (long) (processes - kills) * increments, outcome.toString());
        assertEquals(kills, Integer.parseInt(line.group(3)), outcome.toString());
        assertTrue(Integer.parseInt(line.group(4)) <= kills, outcome.toString());
        assertEquals(kills, outcome.err().size(), outcome.toString());
        assertTrue(outcome.err().stream().allMatch(said -> said.startsWith("counter: killed process ")),
                outcome.toString());
    }

    /** A process that is killed between the two stores of its addition, and one that adds after it. */
    @Nested
    class TheJudge {

        @Test
        void isContentWhenTheNextOwnerRepairs() throws Exception {
            try (Segment segment = segmentWithHalfAnAddition()) {
                new RepairableCounter(segment, Mode.RLOCK).add(1);
                assertEquals(0, judge(segment).lost());
            }
        }

        @Test
        void seesThatTheNextOwnerDidNotRepair() throws Exception {
            try (Segment segment = segmentWithHalfAnAddition()) {
                IpcLong number = IpcLong.open(segment, "counter");
                number.getLock().run(() -> number.set(number.get() + 1));
                assertEquals(1, judge(segment).lost());
            }
        }

        private Segment segmentWithHalfAnAddition() throws Exception {
            Segment segment = Segment.create(segments.resolve("half"));
            IpcLong.create(segment, "counter").getLock();
            Ledger.create(segment, 2);
            Running half = Programs.start(segments, "", HalfAnAddition.class.getName(), segment.path().toString());
            assertEquals(HalfAnAddition.EXIT_CODE, half.await().exit());
            return segment;
        }

        private Result judge(Segment segment) {
            long expected = Ledger.open(segment).completedBy(HalfAnAddition.PROCESS) + 1;
            return new Result(Mode.RLOCK, expected, IpcLong.open(segment, "counter").get(), 0);
        }
    }
}
