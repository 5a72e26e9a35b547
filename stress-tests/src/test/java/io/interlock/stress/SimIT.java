package io.interlock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private List<String> run(String... arguments) {
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        assertEquals(0, exitCode, () -> out + "\n" + err);
        return out.toString().lines().toList();
    }

    @Nested
    class Sim {

        @Test
        void runsRoundsWithoutAViolation() {
            List<String> lines = run("sim", "--seconds", "3", "--seed", "1", "--only", "lock-2|queue-full");
            assertEquals("stress sim seed=1 seconds=3", lines.get(0));
            String last = lines.get(lines.size() - 1);
            assertTrue(last.matches("stress sim rounds=[1-9]\\d* schedules=[1-9]\\d* kills=[1-9]\\d*"
                    + " recoveries=[1-9]\\d* violations=0 elapsed_ms=\\d+"), last);
        }

        @Test
        void runsAsManySchedulesAsAskedFor() {
            List<String> lines = run("sim", "--schedules", "30000", "--seed", "1", "--only", "^lock-2$");
            assertEquals("30000", RoundJudge.pairs(lines.get(lines.size() - 1)).get("schedules"));
        }

        @Test
        void givesTheSameForTheSameSeed() {
            List<String> first = run("sim", "--schedules", "5000", "--seed", "7", "--only", "rlock-timed");
            Map<String, String> pairs = RoundJudge.pairs(first.get(first.size() - 1));
            out.getBuffer().setLength(0);
            List<String> second = run("sim", "--schedules", "5000", "--seed", "7", "--only", "rlock-timed");
            Map<String, String> others = RoundJudge.pairs(second.get(second.size() - 1));
            assertEquals(pairs.get("kills"), others.get("kills"));
            assertEquals(pairs.get("recoveries"), others.get("recoveries"));
        }

        @Test
        void repeatsOneSchedule() {
            List<String> lines = run("sim", "--only", "^lock-2$", "--repeat", "2.1s/4:x");
            assertTrue(lines.get(0).startsWith("stress sim rounds=1 schedules=1 kills=1 recoveries=1 violations=0"),
                    lines::toString);
        }
    }
}
