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

/** Runs all pages of {@code io.interlock.stress.jcstress}; takes a minute or two. */
@Tag("proof")
class JcstressIT {

    @Nested
    class QuickMode {

        @Test
        @Timeout(value = 15, unit = TimeUnit.MINUTES)
        void passesWithTheShippedClassesAndFailsWithEveryTwin() {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "jcstress", "--mode",
                    "quick");
            assertEquals(0, exitCode, () -> out + "\n" + err);
            assertTrue(
                    out.toString().strip().matches("stress jcstress rounds=[1-9]\\d+ violations=0 elapsed_ms=\\d+"),
                    out::toString);
        }
    }
}
