package io.interlock.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResultTest {

    private static final Goal GOAL = new Goal("IpcThing", "Other", 1);

    private final Row row = Fakes.row("thing", Unit.NANOS_EACH, GOAL);
    private final Result result = Fakes.result(row, Fakes.figures(30, 10, 20), Fakes.figures(40, 10, 30, 20));

    @Nested
    class Median {

        @Test
        void isTheFigureInTheMiddle() {
            assertEquals(OptionalDouble.of(20), result.median("IpcThing"));
        }

        @Test
        void isBetweenTheTwoInTheMiddleOfAnEvenNumber() {
            assertEquals(OptionalDouble.of(25), result.median("Other"));
        }

        @Test
        void isNothingIfThePeerIsMissing() {
            assertTrue(Fakes.withoutOther(row, Fakes.figures(1)).median("Other").isEmpty());
        }
    }

    @Nested
    class MinAndMax {

        @Test
        void areTheOutermostFigures() {
            assertEquals(10, result.min("IpcThing"));
            assertEquals(30, result.max("IpcThing"));
        }
    }

    @Nested
    class Ratio {

        @Test
        void isOursDividedByTheirs() {
            assertEquals(OptionalDouble.of(0.8), result.ratio(GOAL));
            assertEquals(OptionalDouble.of(1.25), result.ratio("Other", "IpcThing"));
        }

        @Test
        void isNothingIfOneOfThemIsMissing() {
            assertTrue(Fakes.withoutOther(row, Fakes.figures(1)).ratio(GOAL).isEmpty());
        }
    }

    @Nested
    class Latencies {

        @Test
        void areThoseOfAllRounds() {
            Result taken = Fakes.result(row, List.of(Fakes.figure(1, 100, 200), Fakes.figure(2, 300)),
                    Fakes.figures(1));
            Histogram all = taken.latencies("IpcThing").orElseThrow();
            assertEquals(3, all.getTotalCount());
            assertEquals(300, all.getMaxValue());
        }

        @Test
        void leaveTheFiguresAsTheyAre() {
            Figure first = Fakes.figure(1, 100);
            Result taken = Fakes.result(row, List.of(first, Fakes.figure(2, 300)), Fakes.figures(1));
            taken.latencies("IpcThing");
            assertEquals(1, first.latencies().orElseThrow().getTotalCount());
        }

        @Test
        void areNothingWhereNoneWereTaken() {
            assertEquals(Optional.empty(), result.latencies("IpcThing"));
        }
    }
}
