package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.examples.Counter.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JudgesTest {

    @Nested
    class CounterResult {

        @Test
        void isExactOnlyIfNothingIsMissingOrTooMuch() {
            assertTrue(new Counter.Result(Mode.LOCK, 10, 10, 0).isExact());
            assertFalse(new Counter.Result(Mode.LOCK, 10, 9, 0).isExact());
            assertFalse(new Counter.Result(Mode.LOCK, 10, 11, 0).isExact());
            assertEquals(1, new Counter.Result(Mode.LOCK, 10, 9, 0).lost());
        }
    }

    @Nested
    class TornLines {

        @Test
        void areNoneInAnyOrderOfWholeLines() {
            assertEquals(0, LockPrinter.torn(List.of(LockPrinter.line(1), LockPrinter.line(0)), 2));
        }

        @Test
        void areSeen() {
            String mixed = LockPrinter.line(0).substring(0, 5) + LockPrinter.line(1);
            assertEquals(2, LockPrinter.torn(List.of(mixed, LockPrinter.line(0).substring(5)), 2));
        }

        @Test
        void areThoseThatComeTwice() {
            assertEquals(1, LockPrinter.torn(List.of(LockPrinter.line(0), LockPrinter.line(0)), 2));
        }
    }

    @Nested
    class JsonOf {

        @Test
        void isIndented() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("a", 1);
            map.put("b", List.of(true, "x"));
            map.put("c", Map.of());
            map.put("d", null);
            assertEquals("{\n  \"a\": 1,\n  \"b\": [\n    true,\n    \"x\"\n  ],\n  \"c\": {},\n  \"d\": null\n}",
                    Json.of(map));
        }

        @Test
        void escapesWhatMustBeEscaped() {
            assertEquals("\"\\\"\\\\\\n\\t\\u0001\\ud83d\\ude00\u00e4\"", Json.of("\"\\\n\t\u0001\ud83d\ude00\u00e4"));
        }

        @Test
        void hasNoInfinities() {
            assertEquals("[\n  \"NaN\",\n  \"Infinity\",\n  1.5\n]",
                    Json.of(List.of(Double.NaN, Double.POSITIVE_INFINITY, 1.5)));
        }
    }
}
