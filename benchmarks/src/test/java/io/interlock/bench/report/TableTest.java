package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.bench.measure.Fakes;
import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Row row = Fakes.row("thing", Unit.NANOS_EACH, new Goal("IpcThing", "Other", 1));

    @Nested
    class OfARow {

        @Test
        void hasALineForEachPeerAndForEachGoal() {
            assertEquals(List.of("thing: the work called thing",
                    "  IpcThing                                20.0 ns   10.0 ns to 30.0 ns",
                    "  Other                                   40.0 ns   40.0 ns to 40.0 ns",
                    "  goal: IpcThing at most 1.0 x Other: 0.500, met"),
                    new Table(Fakes.result(row, Fakes.figures(10, 20, 30), Fakes.figures(40))).toString().lines()
                            .toList());
        }

        @Test
        void saysWhatIsMissingAndWhy() {
            List<String> lines = new Table(Fakes.withoutOther(row, Fakes.figures(10))).toString().lines().toList();
            assertEquals("  Other                              missing: no compiler (cc)", lines.get(2));
            assertEquals("  goal: IpcThing at most 1.0 x Other: not measured", lines.get(3));
        }

        @Test
        void tellsHowTheCostOfEachLineGrows() {
            Result result = Fakes.only(Fakes.growing("grows", Unit.NANOS_EACH),
                    Map.of("IpcThing, 1", Fakes.figures(10), "IpcThing, 16", Fakes.figures(40)));
            List<String> lines = new Table(result).toString().lines().toList();
            assertEquals(List.of("  growth: IpcThing: 16 x the things cost 4.00 x as much, 0.250 of linear",
                    "  growth: Other: not measured"), lines.subList(lines.size() - 2, lines.size()));
        }

        @Test
        void tellsLatenciesWhereTheyWereTaken() {
            List<String> lines = new Table(Fakes.result(row, List.of(Fakes.figure(10, 5, 2000)), Fakes.figures(40)))
                    .toString().lines().toList();
            assertEquals("  IpcThing                                10.0 ns   10.0 ns to 10.0 ns   "
                    + "(p50 5.00 ns, p99 2.00 us, p99.9 2.00 us, max 2.00 us)", lines.get(1));
        }
    }
}
