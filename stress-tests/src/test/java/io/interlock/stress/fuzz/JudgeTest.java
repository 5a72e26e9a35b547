package io.interlock.stress.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentFormatException;
import io.interlock.stress.fuzz.Judge.Documented;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final List<Documented> DOCUMENTED =
            List.of(Documented.of(IllegalStateException.class, "cannot clear queue"));

    @Nested
    class OfFailure {

        @Test
        void isContentWithAnExceptionOfTheLibraryThatTellsWhatWasFound() {
            assertEquals(Optional.empty(),
                    Judge.ofFailure(new SegmentFormatException("segment is damaged: 7 entries, expected 3"), List
                            .of()));
        }

        @Test
        void seesAMessageThatTellsNothing() {
            assertTrue(Judge.ofFailure(new SegmentFormatException("damaged"), List.of()).isPresent());
            assertTrue(Judge.ofFailure(new SegmentFormatException(null), List.of()).isPresent());
            assertTrue(Judge.ofFailure(new SegmentFormatException("object null is damaged, really"), List.of())
                    .isPresent());
        }

        @Test
        void isContentWithWhatIsDocumented() {
            assertEquals(Optional.empty(),
                    Judge.ofFailure(new IllegalStateException("cannot clear queue \"q\""), DOCUMENTED));
        }

        @Test
        void seesADocumentedExceptionForAnotherReason() {
            assertTrue(Judge.ofFailure(new IllegalStateException("Misaligned access"), DOCUMENTED).isPresent());
        }

        @Test
        void seesEverythingElse() {
            for (Throwable failure : List.of(new NullPointerException(), new IndexOutOfBoundsException("8"),
                    new ClassCastException(), new NegativeArraySizeException("-1"), new OutOfMemoryError(),
                    new AssertionError(), new StackOverflowError(), new InternalError("a fault occurred"),
                    new IllegalMonitorStateException("cannot clear queue"))) {
                String wrong = Judge.ofFailure(failure, DOCUMENTED).orElse("nothing");
                assertTrue(wrong.startsWith("undocumented " + failure), wrong);
                assertTrue(wrong.contains("JudgeTest.java:"), wrong);
            }
        }
    }

    @Nested
    class OfAllocation {

        @Test
        void allowsTheSizeOfTheFileAndALittleMore() {
            assertEquals(Optional.empty(), Judge.ofAllocation(1_000_000 + Judge.SMALL_BYTES, 1_000_000));
            assertTrue(Judge.ofAllocation(1_000_001 + Judge.SMALL_BYTES, 1_000_000).isPresent());
        }
    }

    @Nested
    class OfNumber {

        @Test
        void seesOneOutOfRange() {
            assertEquals(Optional.empty(), Judge.ofNumber(0, 0, 3));
            assertEquals(Optional.empty(), Judge.ofNumber(3, 0, 3));
            assertEquals(Optional.of("returned 4, expected 0 to 3"), Judge.ofNumber(4, 0, 3));
            assertTrue(Judge.ofNumber(-1, 0, 3).isPresent());
        }
    }
}
