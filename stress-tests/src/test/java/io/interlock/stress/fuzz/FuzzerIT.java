package io.interlock.stress.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.format.HeaderLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** That the fuzzer sees what it is there to see: victims with a planted weakness. */
class FuzzerIT {

    private static final long SEED = 1;
    private static final int MUTATIONS = 200;
    private static final long SHORT_PATIENCE_MILLIS = 200;

    private static byte[] good;

    @BeforeAll
    static void makeTheGoodSegment() throws Exception {
        try (Fuzzer fuzzer = new Fuzzer(SEED)) {
            good = fuzzer.good();
        }
    }

    @Nested
    class OfAVictimThatBelievesALength {

        @Test
        void seesTheExceptionsAndTheAllocations() throws Exception {
            try (Fuzzer fuzzer = fuzzer(WeakVictim.Unchecked.class)) {
                String all = violations(fuzzer, 0, MUTATIONS).toString();
                assertTrue(all.contains("names: undocumented java.lang.NegativeArraySizeException"), all);
                assertTrue(all.contains("names: undocumented java.lang.IndexOutOfBoundsException"), all);
                assertTrue(all.contains("names: allocated ") || all.contains("OutOfMemoryError"), all);
                assertEquals(0, fuzzer.kills());
            }
        }
    }

    @Nested
    class OfAVictimThatBelievesAnAddress {

        @Test
        void seesTheCrash() throws Exception {
            try (Fuzzer fuzzer = fuzzer(WeakVictim.Crash.class)) {
                long number = first(fuzzer, 0, word -> word != 0);
                String all = violations(fuzzer, number, number + 1).toString();
                assertTrue(all.contains("the victim died: exit code "), all);
                assertTrue(all.contains("SIGSEGV"), all);
                assertEquals(1, fuzzer.kills());
            }
        }
    }

    @Nested
    class OfAVictimThatBelievesACount {

        @Test
        void seesTheHang() throws Exception {
            try (Fuzzer fuzzer = fuzzer(WeakVictim.Endless.class)) {
                long number = first(fuzzer, HeaderLayout.ENTRY_COUNT_OFFSET, count -> count < 0);
                String all = violations(fuzzer, number, number + 1).toString();
                assertTrue(all.contains("count did not end in "), all);
                assertTrue(all.contains("WeakVictim.java:"), all);
                assertEquals(2, fuzzer.kills(), "it gets a second chance");
            }
        }
    }

    private static Fuzzer fuzzer(Class<?> victim) throws Exception {
        return new Fuzzer(SEED, victim, good, SHORT_PATIENCE_MILLIS);
    }

    /** The first even number, for a victim with Agrona's buffers, whose file has such a word at this offset. */
    private static long first(Fuzzer fuzzer, int offset, LongPredicate word) {
        long number = 0;
        while (!has(fuzzer.mutation(number).bytes(), offset, word)) {
            number += 2;
        }
        return number;
    }

    private static boolean has(byte[] bytes, int offset, LongPredicate word) {
        return bytes.length > HeaderLayout.LENGTH
                && word.test(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong(offset));
    }

    private static List<String> violations(Fuzzer fuzzer, long first, long end) throws Exception {
        List<String> all = new ArrayList<>();
        fuzzer.run(first, end, () -> false, (number, outcome) -> all.addAll(outcome.violations()));
        return all;
    }
}
