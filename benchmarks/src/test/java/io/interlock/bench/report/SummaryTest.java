package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.bench.measure.Fakes;
import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private final Row time = Fakes.row("time", Unit.NANOS_EACH, new Goal("IpcThing", "Other", 1),
            new Goal("IpcThing", "Other", 0.5));
    private final Row rate = Fakes.row("rate", Unit.PER_SECOND, new Goal("IpcThing", "Other", 1.5));

    @Nested
    class Goals {

        @Test
        void countsThoseThatWereNotMeasuredToo() {
            Result slow = Fakes.result(time, Fakes.figures(80), Fakes.figures(100));
            Result alone = Fakes.withoutOther(rate, Fakes.figures(150));
            assertEquals("3 in all: 1 met, 1 missed, 1 not measured.", new Summary(List.of(slow, alone)).goals());
        }
    }

    @Nested
    class Line {

        @Test
        void namesWhatWasMissedWithItsRatio() {
            Result slow = Fakes.result(time, Fakes.figures(80), Fakes.figures(100));
            Result few = Fakes.result(rate, Fakes.figures(120), Fakes.figures(100));
            assertEquals("bench rows=2 goals=3 met=1 missed=time:0.800,rate:1.20 elapsed_ms=42",
                    new Summary(List.of(slow, few)).line(42));
        }

        @Test
        void saysNoneIfAllWereMet() {
            Result many = Fakes.result(rate, Fakes.figures(150), Fakes.figures(100));
            assertEquals("bench rows=1 goals=1 met=1 missed=none elapsed_ms=0", new Summary(List.of(many)).line(0));
        }

        @Test
        void doesNotCountGoalsAboutMissingPeers() {
            Result alone = Fakes.withoutOther(rate, Fakes.figures(150));
            assertEquals("bench rows=1 goals=0 met=0 missed=none elapsed_ms=0", new Summary(List.of(alone)).line(0));
        }
    }
}
