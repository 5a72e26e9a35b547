package io.interlock.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {

    @Nested
    class Format {

        @ParameterizedTest
        @CsvSource({
            "NANOS_EACH, 0.5, 0.50 ns",
            "NANOS_EACH, 0.01, 0.0100 ns",
            "NANOS_EACH, 3.456, 3.46 ns",
            "NANOS_EACH, 34.56, 34.6 ns",
            "NANOS_EACH, 345.6, 346 ns",
            "NANOS_EACH, 1000, 1.00 us",
            "NANOS_EACH, 2.5e6, 2.50 ms",
            "NANOS_EACH, 2.5e10, 25.0 s",
            "PER_SECOND, 12, 12.0 /s",
            "PER_SECOND, 2870000, 2.87 M/s",
            "BYTES_PER_SECOND, 4.2e9, 4.20 GB/s",
            "BYTES_PER_SECOND, 1e5, 0.10 MB/s",
            "OF_A_PROCESSOR, 0.0005, 0.0500 %"})
        void hasThreeDigitsThatCountAndASizeThatFits(Unit unit, double figure, String told) {
            assertEquals(told, unit.format(figure));
        }
    }
}
