package io.interlock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

    private final Row first = new Row("first", "title", Unit.NANOS_EACH, List.of(), List.of());
    private final Row second = new Row("second", "title", Unit.NANOS_EACH, List.of(), List.of());
    private final TimeLeft left = new TimeLeft(20);

    @Nested
    class Estimate {

        @Test
        void isNothingBeforeTheFirstStep() {
            left.begins(first, 10);
            assertEquals(Optional.empty(), left.estimate(0));
        }

        @Test
        void countsWhatAStepHasTakenSoFar() {
            left.begins(first, 10);
            left.did(100);
            left.did(300);
            assertEquals(18 * 200, nanos());
        }

        @Test
        void countsForThePresentRowItsOwnSteps() {
            left.begins(first, 5);
            for (int i = 0; i < 5; i++) {
                left.did(100);
            }
            left.begins(second, 5);
            assertEquals(15 * 100, nanos());
            left.did(700);
            assertEquals(4 * 700 + 10 * 200, nanos());
        }

        @Test
        void learnsNothingFromStepsThatWereSkipped() {
            left.begins(first, 10);
            left.did(100);
            left.skipped(4);
            assertEquals(15 * 100, nanos());
        }

        @Test
        void goesDownDuringAStepAndWaitsAtItsEnd() {
            left.begins(first, 10);
            left.did(100);
            assertEquals(Optional.of(Duration.ofNanos(19 * 100 - 40)), left.estimate(40));
            assertEquals(Optional.of(Duration.ofNanos(18 * 100)), left.estimate(5000));
        }

        private long nanos() {
            return left.estimate(0).map(Duration::toNanos).orElseThrow();
        }
    }
}
