package io.interlock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FuzzIT {

    @Nested
    class Fuzz {

        @Test
        void findsNothingInAFewMutations() {
            Map<String, String> said = fuzz("--mutations", "100", "--seed", "1");
            assertEquals("100", said.get("rounds"));
        }

        @Test
        @Tag("proof")
        @Timeout(value = 10, unit = TimeUnit.MINUTES)
        void findsNothingInTenThousandMutations() {
            Map<String, String> said = fuzz();
            assertEquals("10000", said.get("rounds"));
        }

        @Test
        void repeatsOneMutationAndTellsWhatItIs() {
            StringWriter err = new StringWriter();
            Map<String, String> said = fuzz(err, "--only-mutation", "7", "--seed", "1");
            assertEquals("1", said.get("rounds"));
            assertTrue(err.toString().contains("mutation 7, "), err::toString);
        }
    }

    private static Map<String, String> fuzz(String... arguments) {
        return fuzz(new StringWriter(), arguments);
    }

    private static Map<String, String> fuzz(StringWriter err, String... arguments) {
        StringWriter out = new StringWriter();
        String[] words = new String[arguments.length + 1];
        words[0] = "fuzz";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        assertEquals(0, exitCode, () -> out + "\n" + err);
        List<String> lines = out.toString().lines().toList();
        String last = lines.get(lines.size() - 1);
        assertTrue(last.matches("stress fuzz rounds=\\d+ refused=\\d+ worked=\\d+ kills=1 recoveries=\\d+"
                + " violations=0 elapsed_ms=\\d+"), last);
        return RoundJudge.pairs(last);
    }
}
