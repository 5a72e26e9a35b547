package io.interlock.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.bench.measure.Growth.Line;
import io.interlock.bench.measure.Growth.Point;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final double EXACTLY = 1e-9;
    private static final Line LINE = new Line("work", List.of(new Point(1, new Nobody("one")),
            new Point(4, new Nobody("four")), new Point(16, new Nobody("sixteen"))));

    /** Whose figures are made up. */
    private record Nobody(String name) implements Peer {

        @Override
        public Entrant enter(Path directory) {
            throw new AssertionError("nobody works");
        }
    }

    private static Result result(Unit unit, List<Goal> goals, Map<String, Double> figures) {
        Map<String, List<Figure>> all = new HashMap<>();
        figures.forEach((name, value) -> all.put(name, List.of(Figure.of(value))));
        return new Result(Row.growing("row", "title", unit, new Growth("things", List.of(LINE)), goals), all, Map.of());
    }

    @Nested
    class Rate {

        @Test
        void isOneOfLinearWhenTheTimeGrowsAsTheSizeDoes() {
            Growth.Rate rate = result(Unit.NANOS_EACH, List.of(), Map.of("one", 5.0, "four", 7.0, "sixteen", 80.0))
                    .rate(LINE);
            assertEquals(16, rate.ofSize(), EXACTLY);
            assertEquals(16, rate.ofCost(), EXACTLY);
            assertEquals(1, rate.ofLinear(), EXACTLY);
        }

        @Test
        void countsThroughputTheOtherWayRound() {
            Growth.Rate rate = result(Unit.PER_SECOND, List.of(), Map.of("one", 80.0, "sixteen", 20.0)).rate(LINE);
            assertEquals(4, rate.ofCost(), EXACTLY);
            assertEquals(0.25, rate.ofLinear(), EXACTLY);
        }

        @Test
        void endsAtTheLastPointThatTookPart() {
            Growth.Rate rate = result(Unit.NANOS_EACH, List.of(), Map.of("one", 5.0, "four", 10.0)).rate(LINE);
            assertEquals(4, rate.ofSize(), EXACTLY);
            assertEquals(2, rate.ofCost(), EXACTLY);
        }

        @Test
        void isNotKnownFromOnePoint() {
            assertFalse(result(Unit.NANOS_EACH, List.of(), Map.of("one", 5.0)).rate(LINE).isKnown());
        }
    }

    @Nested
    class Measured {

        @Test
        void leavesOutPointsThatDidNotTakePart() {
            Result result = result(Unit.NANOS_EACH, List.of(), Map.of("one", 5.0, "sixteen", 7.0));
            assertEquals(List.of("one", "sixteen"), result.measured(LINE).stream().map(Point::name).toList());
        }
    }

    @Nested
    class LineOfAPeer {

        private final Growth growth = new Growth("things", List.of(Fakes.line("a", 1, 2), Fakes.line("b", 2)));

        @Test
        void hasItAsAPoint() {
            assertEquals("b", growth.line("b, 2").orElseThrow().name());
            assertEquals(2, growth.line("a, 2").orElseThrow().point("a, 2").orElseThrow().x());
            assertTrue(growth.lines().get(1).point("a, 2").isEmpty());
        }

        @Test
        void isNotThereForAnybodyElse() {
            assertTrue(growth.line("c, 2").isEmpty());
        }
    }

    @Nested
    class Amount {

        @Test
        void hasNoFractionUnlessThereIsOne() {
            assertEquals("1024", new Point(1024, new Nobody("many")).amount());
            assertEquals("0.5", new Point(0.5, new Nobody("few")).amount());
        }
    }

    @Nested
    class AtMost {

        private final Goal goal = Goal.atMost("sixteen", 1e6);

        @Test
        void comparesWithItsFigure() {
            double ratio = result(Unit.NANOS_EACH, List.of(goal), Map.of("sixteen", 5e5)).ratio(goal).orElseThrow();
            assertEquals(0.5, ratio, EXACTLY);
            assertTrue(goal.isMetBy(Unit.NANOS_EACH, ratio));
        }

        @Test
        void namesItsFigureInTheUnitOfTheRow() {
            assertEquals("at most 1.00 ms", goal.describe(Unit.NANOS_EACH));
        }
    }
}
