package io.interlock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the pages of {@code io.interlock.stress.jcstress}; takes two minutes. */
@Tag("proof")
class JcstressIT {

    /**
     * All pages but four, for the sake of time: the simulator tries all orders of steps of the first three in every
     * build, and the last one needs no more than what {@code LockExclusion} shows.
     */
    private static final String PAGES =
            "^(?!.*\\.(QueueTakeOnce|QueueEnd|ValueConservation|PipeEndClosed)\\.)";

    @Nested
    class QuickMode {

        @Test
        @Timeout(value = 15, unit = TimeUnit.MINUTES)
        void passesWithTheShippedClassesAndFailsWithEveryTwin() {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "jcstress", "--mode",
                    "quick", "--only", PAGES);
            assertEquals(0, exitCode, () -> out + "\n" + err);
            assertTrue(
                    out.toString().strip().matches("stress jcstress rounds=[1-9]\\d+ violations=0 elapsed_ms=\\d+"),
                    out::toString);
        }
    }
}
