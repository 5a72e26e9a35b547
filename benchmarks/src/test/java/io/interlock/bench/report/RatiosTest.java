package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatiosTest {

    @Nested
    class Told {

        @ParameterizedTest
        @CsvSource({"0.8514, 0.851", "0.0123, 0.012", "1.0, 1.00", "1.049, 1.05", "12.34, 12.3", "1234.4, 1234"})
        void hasThreeDigits(double ratio, String told) {
            assertEquals(told, Ratios.told(ratio));
        }
    }
}
