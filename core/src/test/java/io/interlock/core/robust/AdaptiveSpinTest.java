package io.interlock.core.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.port.Context;
import io.interlock.core.testing.FakeFutex;
import io.interlock.core.testing.FakeSegment;
import io.interlock.core.testing.FakeTime;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AdaptiveSpinTest {

    private static final long NEVER = Long.MAX_VALUE >> 1;
    private static final long LONGEST = 160;
    private static final long SHORT = LONGEST / 16;
    private static final long LONGEST_NANOS = LONGEST * FakeTime.HINT_NANOS;

    private final Context participant = new FakeSegment().participant(0, 1);

    /** A spin in a time of its own. */
    private class Fixture {

        final FakeTime time;
        final AdaptiveSpin spin;
        /** Looks at what is waited for. */
        long looks;

        Fixture(long spinNanos) {
            time = new FakeTime(participant, spinNanos);
            spin = new AdaptiveSpin(time.seenBy(participant, new FakeFutex()));
        }

        /** Waits for what never comes; how many hints that took. */
        long inVain() {
            return inVain(1);
        }

        long inVain(int hintsAtOnce) {
            long before = time.hints();
            long until = spin.begin(NEVER);
            do {
                looks++;
            } while (spin.goOn(until, hintsAtOnce * FakeTime.HINT_NANOS));
            return time.hints() - before;
        }

        long[] inVainTimes(int times) {
            return LongStream.range(0, times).map(i -> inVain()).toArray();
        }
    }

    @Nested
    class Looking {

        private final Fixture f = new Fixture(LONGEST_NANOS);

        @Test
        void takesTheLongestTimeAtFirst() {
            assertEquals(LONGEST, f.inVain());
            assertEquals(LONGEST, f.looks);
        }

        @Test
        void takesASixteenthAfterFourWaitsInVain() {
            long[] hints = f.inVainTimes(5);
            assertEquals(4 * LONGEST, LongStream.of(hints).limit(4).sum());
            assertEquals(SHORT, hints[4]);
        }

        @Test
        void takesTheLongestTimeAtEverySixteenthWait() {
            long[] hints = f.inVainTimes(70);
            for (int i = 0; i < hints.length; i++) {
                assertEquals(i < 4 || i % 16 == 0 ? LONGEST : SHORT, hints[i], "wait " + i);
            }
        }

        @Test
        void takesTheLongestTimeAgainAfterASuccess() {
            f.inVainTimes(10);
            f.spin.begin(NEVER);
            assertTrue(f.spin.succeeded());
            assertEquals(4 * LONGEST, LongStream.of(f.inVainTimes(4)).sum());
            assertEquals(SHORT, f.inVain());
        }

        @Test
        void happensLessOftenWithLongerPauses() {
            assertEquals(LONGEST, f.inVain(32));
            assertEquals(LONGEST / 32, f.looks);
        }

        @Test
        void endsAtTheDeadlineOfTheWait() {
            long until = f.spin.begin(250);
            assertEquals(250, until);
            assertTrue(f.spin.goOn(until));
            assertTrue(f.spin.goOn(until));
            assertFalse(f.spin.goOn(until));
        }

        @Test
        void endsAPauseWhenTheMomentHasCome() {
            long until = f.spin.begin(250);
            assertFalse(f.spin.goOn(until, LONGEST_NANOS));
            assertEquals(3, f.time.hints());
        }

        @Test
        void goesOnUntilTheMomentHasCome() {
            long until = f.spin.begin(NEVER);
            for (int i = 1; i < LONGEST; i++) {
                assertTrue(f.spin.goOn(until), "after " + i + " hints");
            }
            assertFalse(f.spin.goOn(until));
        }
    }

    @Nested
    class WhereItCannotHelp {

        private final Fixture f = new Fixture(0);

        @Test
        void looksOnceAndNeverAsksForTheTime() {
            for (int i = 1; i <= 40; i++) {
                assertEquals(0, f.inVain(i));
                assertEquals(i, f.looks);
            }
            assertEquals(0, f.time.looks());
        }

        @Test
        void looksOnceAfterASuccessAsWell() {
            f.spin.begin(NEVER);
            assertTrue(f.spin.succeeded());
            assertEquals(0, f.inVain());
            assertEquals(1, f.looks);
            assertEquals(0, f.time.looks());
        }
    }
}
