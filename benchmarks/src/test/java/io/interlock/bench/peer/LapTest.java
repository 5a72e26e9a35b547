package io.interlock.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LapTest {

    @Nested
    class Parse {

        @Test
        void readsWhatLineWrites() {
            Lap lap = Lap.of(12, 34, 56);
            assertEquals("lap 12 34 56", lap.line());
            assertEquals(Optional.of(lap), Lap.parse(lap.line()));
        }

        @Test
        void readsTheLatenciesToo() {
            Histogram latencies = Lap.newHistogram();
            latencies.recordValueWithCount(250, 1_000);
            latencies.recordValue(3_000_000_000L);
            Lap lap = new Lap(1, 2, 3, Optional.of(latencies));
            assertEquals(Optional.of(lap), Lap.parse(lap.line()));
        }

        @Test
        void readsTheLatenciesOfAProgramInC() {
            Histogram latencies = Lap.parse("lap 1 20 300 250:7,12345344:1").orElseThrow().latencies().orElseThrow();
            assertEquals(8, latencies.getTotalCount());
            assertEquals(250, latencies.getValueAtPercentile(50));
            assertEquals(12_345_344, latencies.getMaxValue(), 12_345);
        }

        @Test
        void findsNoLapInOtherLines() {
            assertEquals(Optional.empty(), Lap.parse("WARNING: something"));
            assertEquals(Optional.empty(), Lap.parse("lap 1 2"));
            assertEquals(Optional.empty(), Lap.parse(""));
        }

        @Test
        void refusesWhatIsNoHistogram() {
            assertThrows(IllegalArgumentException.class, () -> Lap.parse("lap 1 2 3 ?"));
        }
    }
}
