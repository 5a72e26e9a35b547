package io.interlock.stress.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentFormatException;
import io.interlock.stress.fuzz.CallJudge.Documented;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallJudgeTest {

    private static final List<Documented> DOCUMENTED =
            List.of(Documented.of(IllegalStateException.class, "cannot clear queue"));

    @Nested
    class OfFailure {

        @Test
        void isContentWithAnExceptionOfTheLibraryThatTellsWhatWasFound() {
            assertEquals(Optional.empty(),
                    CallJudge.ofFailure(new SegmentFormatException("segment is damaged: 7 entries, expected 3"), List
                            .of()));
        }

        @Test
        void seesAMessageThatTellsNothing() {
            assertTrue(CallJudge.ofFailure(new SegmentFormatException("damaged"), List.of()).isPresent());
            assertTrue(CallJudge.ofFailure(new SegmentFormatException(null), List.of()).isPresent());
            assertTrue(CallJudge.ofFailure(new SegmentFormatException("object null is damaged, really"), List.of())
                    .isPresent());
        }

        @Test
        void isContentWithWhatIsDocumented() {
            assertEquals(Optional.empty(),
                    CallJudge.ofFailure(new IllegalStateException("cannot clear queue \"q\""), DOCUMENTED));
        }

        @Test
        void seesADocumentedExceptionForAnotherReason() {
            assertTrue(CallJudge.ofFailure(new IllegalStateException("Misaligned access"), DOCUMENTED).isPresent());
        }

        @Test
        void seesEverythingElse() {
            for (Throwable failure : List.of(new NullPointerException(), new IndexOutOfBoundsException("8"),
                    new ClassCastException(), new NegativeArraySizeException("-1"), new OutOfMemoryError(),
                    new AssertionError(), new StackOverflowError(), new InternalError("a fault occurred"),
                    new IllegalMonitorStateException("cannot clear queue"))) {
                String wrong = CallJudge.ofFailure(failure, DOCUMENTED).orElse("nothing");
                assertTrue(wrong.startsWith("undocumented " + failure), wrong);
                assertTrue(wrong.contains("CallJudgeTest.java:"), wrong);
            }
        }
    }

    @Nested
    class OfAllocation {

        @Test
        void allowsTheSizeOfTheFileAndALittleMore() {
            assertEquals(Optional.empty(), CallJudge.ofAllocation(1_000_000 + CallJudge.SMALL_BYTES, 1_000_000));
            assertTrue(CallJudge.ofAllocation(1_000_001 + CallJudge.SMALL_BYTES, 1_000_000).isPresent());
        }
    }

    @Nested
    class OfNumber {

        @Test
        void seesOneOutOfRange() {
            assertEquals(Optional.empty(), CallJudge.ofNumber(0, 0, 3));
            assertEquals(Optional.empty(), CallJudge.ofNumber(3, 0, 3));
            assertEquals(Optional.of("returned 4, expected 0 to 3"), CallJudge.ofNumber(4, 0, 3));
            assertTrue(CallJudge.ofNumber(-1, 0, 3).isPresent());
        }
    }
}
