package io.interlock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Nested
    class WrongUsage {

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "''|Missing command",
            "nonsense|nonsense",
            "quick --nonsense|--nonsense",
            "quick --seconds 0|--seconds must be in [1, 86400], --seconds=0",
            "quick --seconds -1|--seconds must be in [1, 86400], --seconds=-1",
            "quick --seconds many|--seconds",
            "quick --seed x|--seed",
            "quick extra|extra",
            "fuzz --mutations 0|--mutations must be in [1, 1000000000000], --mutations=0",
            "fuzz --seconds 0|--seconds must be in [1, 86400], --seconds=0",
            "fuzz --only-mutation -1|--only-mutation must be in [0, 1000000000000], --only-mutation=-1",
            "fuzz --seed x|--seed",
            "jcstress --mode hard|must be quick or full, not 'hard'",
            "jcstress --mode QUICK|must be quick or full, not 'QUICK'",
            "jcstress --seconds 0|--seconds must be in [1, 86400], --seconds=0",
            "jcstress --only NoSuchTest|--only matches no test, --only=NoSuchTest",
            "jcstress --only (|--only must be a regular expression",
            "sim --seconds 0|--seconds must be in [1, 86400], --seconds=0",
            "sim --schedules 0|--schedules must be in [1, 1000000000000], --schedules=0",
            "sim --seed x|--seed",
            "sim --only nonsense|--only matches no scenario, --only=nonsense",
            "sim --only (|--only must be a regular expression",
            "sim --repeat x|--repeat must be what a violation was told with",
            "sim --repeat 2.1/x|--repeat must be what a violation was told with",
            "kill --seconds 0|--seconds must be in [1, 86400], --seconds=0",
            "kill --kills 0|--kills must be in [1, 1000000000], --kills=0",
            "kill --only nonsense|--only matches nothing, --only=nonsense, there are [lock, rlock,",
            "kill --only (|--only must be a regular expression",
            "all --seconds 0|--seconds must be in [1, 86400], --seconds=0",
            "sim --repeat y/3:x|--repeat must be what a violation was told with"})
        void isOneLineAndExitCode2(String arguments, String message) {
            assertEquals(2, run(arguments));
            assertEquals(1, err.toString().lines().count(), err::toString);
            assertTrue(err.toString().contains(message), err::toString);
            assertEquals("", out.toString());
        }
    }

    @Nested
    class Help {

        @ParameterizedTest
        @ValueSource(strings = {"--help", "quick --help", "sim --help", "jcstress --help", "jcstress -h",
            "fuzz --help", "kill --help", "all --help"})
        void isThereForEveryCommand(String arguments) {
            assertEquals(0, run(arguments));
            assertTrue(out.toString().contains("Usage: stress"), out::toString);
            assertEquals("", err.toString());
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "quick|(default: 60)",
            "quick|(default: another one each time",
            "sim|(default: 60)",
            "sim|(default: another one each time",
            "fuzz|(default: 10000, or",
            "fuzz|(default: another one each time",
            "kill|(default: as many as there is time for)",
            "all|(default: 600)"})
        void tellsTheDefaults(String command, String text) {
            run(command + " --help");
            String inOneLine = out.toString().replaceAll("\\s+", " ");
            assertTrue(inOneLine.contains(text), inOneLine);
            assertFalse(inOneLine.contains("null"), inOneLine);
        }

        @Test
        void tellsTheExitCodes() {
            run("--help");
            assertTrue(out.toString().contains("wrong usage"), out::toString);
        }
    }

    private int run(String arguments) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }
}
