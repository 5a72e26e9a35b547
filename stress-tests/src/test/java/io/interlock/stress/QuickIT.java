package io.interlock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QuickIT {

    @Nested
    class Quick {

        @Test
        void runsRoundsWithoutAViolation() {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "quick", "--seconds", "3",
                    "--seed", "1");
            List<String> lines = out.toString().lines().toList();
            assertEquals(0, exitCode, () -> out + "\n" + err);
            assertEquals("stress quick seed=1 seconds=3", lines.get(0));
            String last = lines.get(lines.size() - 1);
            assertTrue(last.matches("stress quick rounds=[1-9]\\d* violations=0 elapsed_ms=\\d+"), last);
            Map<String, String> pairs = RoundJudge.pairs(last);
            assertTrue(Long.parseLong(pairs.get("elapsed_ms")) >= 3000, last);
        }
    }
}
