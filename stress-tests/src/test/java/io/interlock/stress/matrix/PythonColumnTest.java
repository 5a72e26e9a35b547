package io.interlock.stress.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PythonColumnTest {

    private final PythonColumn column = new PythonColumn(PythonRows.parse("""
            # CPython 3.13.0
            lock-held\t3\tnever freed\t-
            queue-putting\t3\tnever freed\t-
            queue-put-half\t3\tcut in half\t-
            shared-memory-last-user\t3\tremoved\t-
            """));

    @Nested
    class Of {

        @Test
        void isTheRowOfThatName() {
            assertEquals("never freed", column.of("lock-held"));
        }

        @Test
        void isAllThatBelongsToTheRow() {
            assertEquals("never freed, or cut in half", column.of("queue-putting"));
            assertEquals("removed", column.of("segment-temporary-closing"));
        }

        @Test
        void isEmptyForWhatPythonDoesNotHave() {
            assertEquals("", column.of("queue-claim-open"));
            assertEquals("", column.of("queue-get-waiting"));
        }
    }

    @Nested
    class Described {

        @Test
        void saysWhichPython() {
            assertTrue(column.described().contains("CPython 3.13.0"), column::described);
        }

        @Test
        void saysNothingWithoutPython() {
            assertEquals("", new PythonColumn(PythonRows.parse("")).described());
        }
    }
}
