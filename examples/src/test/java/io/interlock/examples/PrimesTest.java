package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimesTest {

    @Nested
    class IsPrime {

        @ParameterizedTest
        @ValueSource(ints = {2, 3, 5, 7, 97, 7919, 65_537, 99_999_989, Integer.MAX_VALUE})
        void isTrueOfPrimes(int number) {
            assertTrue(Primes.isPrime(number));
        }

        /** Among them squares of primes, whose only divisor is the root. */
        @ParameterizedTest
        @ValueSource(ints = {-7, 0, 1, 4, 6, 9, 25, 49, 561, 9409, 62_710_561, 99_999_999, 2_147_117_569,
            Integer.MAX_VALUE - 1})
        void isFalseOfOthers(int number) {
            assertFalse(Primes.isPrime(number));
        }

        @Test
        void agreesWithTheSieve() {
            int[] found = IntStream.rangeClosed(0, 20_000).filter(Primes::isPrime).toArray();
            assertArrayEquals(PrimeSet.upTo(20_000).stream().toArray(), found);
        }
    }

    @Nested
    class UpTo {

        @Test
        void hasAsManyAsIsKnown() {
            assertEquals(0, PrimeSet.upTo(1).cardinality());
            assertEquals(1, PrimeSet.upTo(2).cardinality());
            assertEquals(4, PrimeSet.upTo(10).cardinality());
            assertEquals(9_592, PrimeSet.upTo(100_000).cardinality());
            assertEquals(78_498, PrimeSet.upTo(1_000_000).cardinality());
            assertEquals(664_579, PrimeSet.upTo(10_000_000).cardinality());
        }
    }

    @Nested
    class IsRight {

        @Test
        void isTrueOfAllPrimesInAnyOrder() {
            assertTrue(setOf(7, 2, 5, 3).isRight());
        }

        @Test
        void isFalseIfOneIsMissingOrCameTwiceOrIsNone() {
            assertFalse(setOf(7, 2, 5).isRight());
            assertFalse(setOf(7, 2, 5, 3, 3).isRight());
            assertFalse(setOf(7, 2, 5, 3, 9).isRight());
            assertFalse(setOf(7, 2, 5, 9).isRight());
        }

        private static PrimeSet setOf(int... numbers) {
            PrimeSet set = new PrimeSet(10);
            IntStream.of(numbers).forEach(set::add);
            return set;
        }
    }

    @Nested
    class PrimesIn {

        @Test
        void areThoseOfTheRangeAfterTheWorker() {
            assertArrayEquals(new int[]{3, 11, 13}, PrimesInBatches.primesIn(3, 8, 13));
            assertArrayEquals(new int[]{0}, PrimesInBatches.primesIn(0, 8, 8));
        }
    }
}
