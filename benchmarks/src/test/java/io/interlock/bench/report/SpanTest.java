package io.interlock.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SpanTest {

    @Nested
    class Of {

        @Test
        void goesFromTheLeastLogarithmToTheLargest() {
            assertEquals(new Span(0, 3), Span.of(DoubleStream.of(10, 1000, 1), 1));
        }

        @Test
        void isMadeLongerOnBothSidesIfItIsTooShort() {
            assertEquals(new Span(1.5, 2.5), Span.of(DoubleStream.of(100, 100), 1));
        }

        @Test
        void isThereWithoutNumbers() {
            assertEquals(new Span(0, 1), Span.of(DoubleStream.of(), 1));
        }
    }

    @Nested
    class With {

        @Test
        void addsPartsOfItsLength() {
            assertEquals(new Span(-1, 12), new Span(0, 10).with(0.1, 0.2));
        }
    }

    @Nested
    class Contains {

        @Test
        void isTrueOfBothEnds() {
            Span span = new Span(1, 2);
            assertTrue(span.contains(1) && span.contains(2));
            assertFalse(span.contains(0.99) || span.contains(2.01));
        }
    }
}
