package io.interlock.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LapsTest {

    private final List<Lap> laps = List.of(Lap.of(100, 900, 3), Lap.UNCOUNTED, Lap.of(200, 1100, 1));

    @Nested
    class ItsFigure {

        @Test
        void goesFromTheFirstBeginningToTheLastEnd() {
            assertEquals(250, Laps.NANOS_EACH.figure(laps).value());
            assertEquals(4e6, Laps.PER_SECOND.figure(laps).value());
            assertEquals(1000, Laps.NANOS.figure(laps).value());
        }

        @Test
        void hasTheLatenciesOfAll() {
            Lap one = new Lap(0, 1, 1, Optional.of(histogram(10)));
            Lap other = new Lap(0, 1, 1, Optional.of(histogram(20)));
            Histogram all = Laps.NANOS.figure(List.of(one, Lap.of(0, 1, 1), other)).latencies().orElseThrow();
            assertEquals(2, all.getTotalCount());
            assertEquals(20, all.getMaxValue());
        }

        @Test
        void isNoneIfNobodyCounts() {
            assertThrows(NoSuchElementException.class, () -> Laps.NANOS.figure(List.of(Lap.UNCOUNTED)));
        }

        private static Histogram histogram(long nanos) {
            Histogram latencies = new Histogram(3);
            latencies.recordValue(nanos);
            return latencies;
        }
    }
}
