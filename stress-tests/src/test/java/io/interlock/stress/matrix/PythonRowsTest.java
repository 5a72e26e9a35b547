package io.interlock.stress.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PythonRowsTest {

    @Nested
    class Parse {

        @Test
        void readsRowsWithAndWithoutATime() {
            PythonRows read = PythonRows.parse("""
                    # CPython 3.13.0
                    lock-held\t3\tnever freed\t-
                    queue-get-waiting\t2\tgoes on (1 of 2); hangs (1 of 2)\t11.7
                    """);
            assertEquals("CPython 3.13.0", read.python());
            assertEquals(Map.of("lock-held", new PythonRow(3, "never freed", OptionalDouble.empty()),
                    "queue-get-waiting",
                    new PythonRow(2, "goes on (1 of 2); hangs (1 of 2)", OptionalDouble.of(11.7))), read.rows());
            assertEquals(List.of("lock-held", "queue-get-waiting"), List.copyOf(read.rows().keySet()));
            assertEquals(List.of(), read.whyNot());
        }

        @Test
        void keepsWhatIsNoRowAsTheReasonForMissingOnes() {
            PythonRows read = PythonRows.parse("""
                    lock-held: not tried: too slow
                    lock-held\t0\tnever freed\t-
                    rlock-held\t3\tnever freed
                    rlock-held\tmany\tnever freed\t-
                    """);
            assertEquals(Map.of(), read.rows());
            assertEquals(4, read.whyNot().size(), read::toString);
        }

        @Test
        void saysThatNothingWasSaid() {
            assertEquals(List.of("the script said nothing"), PythonRows.parse("\n").whyNot());
        }
    }

    @Nested
    class Run {

        @Test
        void saysThatThereIsNoPython() throws InterruptedException {
            PythonRows none = PythonRows.run("no-such-python", Duration.ofSeconds(10));
            assertEquals(Map.of(), none.rows());
            assertEquals(1, none.whyNot().size(), none::toString);
        }
    }
}
