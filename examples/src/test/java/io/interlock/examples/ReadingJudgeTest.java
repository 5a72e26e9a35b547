package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.examples.JournalUnderKills.Outcome;
import io.interlock.examples.ReadingJudge.Verdict;
import io.interlock.memory.EncodeBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReadingJudgeTest {

    /** Places 0 to 2 are those of sensor 0, places 3 to 5 those of sensor 1. */
    private static final ReadingPlan PLAN = new ReadingPlan(2, 3, 7);
    private static final int[] ALL = {0, 3, 1, 4, 2, 5};

    @Nested
    class Judge {

        @Test
        void acceptsWhatIsRight() {
            Verdict verdict = judge(ALL, ALL);
            assertEquals(new Verdict(6, 6, 0, 0, 0, 0, 0), verdict);
            assertTrue(verdict.holds(0));
        }

        @Test
        void acceptsSensorsInAnyMixture() {
            assertTrue(judge(of(3, 4, 5, 0, 1, 2), of(3, 4, 5, 0, 1, 2)).holds(0));
        }

        @Test
        void seesAReadingThatWasNotHandled() {
            assertRefused(new Verdict(6, 5, 1, 0, 0, 0, 0), judge(ALL, of(0, 3, 1, 2, 5)));
        }

        @Test
        void seesAReadingThatWasNeverAppended() {
            assertRefused(new Verdict(5, 5, 1, 0, 0, 0, 0), judge(of(0, 3, 1, 4, 5), of(0, 3, 1, 4, 5)));
        }

        @Test
        void seesThatNothingCame() {
            assertRefused(new Verdict(0, 0, 6, 0, 0, 0, 0), judge(of(), of()));
        }

        @Test
        void acceptsOneDuplicateForEachDeathOfTheReader() {
            Verdict verdict = judge(ALL, of(0, 3, 3, 1, 4, 2, 5));
            assertEquals(new Verdict(6, 6, 0, 1, 0, 0, 0), verdict);
            assertTrue(verdict.holds(1));
            assertFalse(verdict.holds(0));
            assertFalse(judge(ALL, of(0, 3, 3, 3, 1, 4, 2, 5)).holds(1));
        }

        @Test
        void seesThatAReaderWentBackFurtherThanToTheLastReading() {
            assertRefused(new Verdict(6, 6, 0, 1, 0, 0, 1), judge(ALL, of(0, 3, 1, 0, 4, 2, 5)));
        }

        @Test
        void seesAReadingThatWasAppendedTwice() {
            assertRefused(new Verdict(6, 6, 0, 1, 1, 0, 0), judge(of(0, 3, 1, 1, 4, 2, 5), of(0, 3, 1, 1, 4, 2, 5)));
            assertFalse(judge(of(0, 3, 1, 1, 4, 2, 5), ALL).holds(1));
        }

        @Test
        void seesWrongOrderInTheJournal() {
            assertRefused(new Verdict(6, 6, 0, 0, 0, 0, 1), judge(of(1, 0, 2, 3, 4, 5), ALL));
        }

        @Test
        void seesWrongOrderOfHandling() {
            assertRefused(new Verdict(6, 6, 0, 0, 0, 0, 1), judge(ALL, of(0, 1, 2, 4, 3, 5)));
        }

        @Test
        void seesAReadingThatIsNotInThePlan() {
            assertRefused(new Verdict(6, 6, 0, 0, 0, 1, 0), judge(of(0, 3, ReadingPlan.NONE, 1, 4, 2, 5), ALL));
            assertRefused(new Verdict(6, 6, 0, 0, 0, 1, 0), judge(ALL, of(0, 3, 1, 4, 2, 5, ReadingPlan.NONE)));
        }

        @Test
        void seesAReadingThatWasHandledButIsNotInTheJournal() {
            assertRefused(new Verdict(5, 6, 1, 0, 0, 1, 0), judge(of(0, 3, 1, 4, 2), ALL));
        }

        private void assertRefused(Verdict expected, Verdict verdict) {
            assertEquals(expected, verdict);
            assertFalse(verdict.holds(1));
        }
    }

    @Nested
    class OutcomeOfARun {

        @Test
        void holdsOnlyIfTheReadersPositionIsTheEnd() {
            assertTrue(outcome(0).holds());
            assertFalse(outcome(1).holds());
        }

        private Outcome outcome(long unhandled) {
            return new Outcome(judge(ALL, ALL), 6, unhandled, 1, List.of(), 0);
        }
    }

    @Nested
    class Plan {

        @Test
        void givesEachReadingItsPlace() {
            Set<Integer> places = new HashSet<>();
            for (int sensor = 0; sensor < PLAN.sensors(); sensor++) {
                for (int number = 0; number < PLAN.perSensor(); number++) {
                    Reading reading = PLAN.reading(sensor, number);
                    assertEquals(reading, PLAN.reading(sensor, number));
                    int place = PLAN.placeOf(reading);
                    assertEquals(sensor, PLAN.sensorAt(place));
                    places.add(place);
                }
            }
            assertEquals(Set.of(0, 1, 2, 3, 4, 5), places);
        }

        @Test
        void knowsWhatIsNotInIt() {
            Reading reading = PLAN.reading(1, 2);
            assertEquals(ReadingPlan.NONE, PLAN.placeOf(new Reading(1, 2, Math.nextUp(reading.voltage()))));
            assertEquals(ReadingPlan.NONE, PLAN.placeOf(new Reading(1, 1, reading.voltage())));
            assertEquals(ReadingPlan.NONE, PLAN.placeOf(new ReadingPlan(2, 3, 8).reading(1, 2)));
            assertEquals(ReadingPlan.NONE, PLAN.placeOf(new ReadingPlan(3, 4, 7).reading(2, 0)));
            assertEquals(ReadingPlan.NONE, PLAN.placeOf(new ReadingPlan(2, 4, 7).reading(0, 3)));
            assertEquals(ReadingPlan.NONE, PLAN.placeOf(new Reading(-1, 0, 230)));
            assertEquals(ReadingPlan.NONE, PLAN.placeOf(new Reading(0, -1, 230)));
        }
    }

    @Nested
    class Log {

        @Test
        void isContinuedByTheNextProcess() {
            try (Segment segment = Segment.temporary()) {
                HandledLog first = HandledLog.create(segment, 3);
                first.add(2);
                first.add(ReadingPlan.NONE);
                HandledLog second = HandledLog.open(segment);
                assertEquals(2, second.length());
                second.add(0);
                assertEquals(List.of(2, ReadingPlan.NONE, 0),
                        Arrays.stream(first.places()).boxed().toList());
            }
        }
    }

    @Nested
    class FullLog {

        @Test
        void showsMoreThanThereIsToHandle() {
            try (Segment segment = Segment.temporary()) {
                HandledLog log = HandledLog.create(segment, PLAN.size());
                for (int i = 0; i < 5000; i++) {
                    log.add(i % PLAN.size());
                }
                Verdict verdict = judge(ALL, log.places());
                assertTrue(verdict.duplicated() > 100, verdict.toString());
                assertFalse(verdict.holds(1));
            }
        }
    }

    @Nested
    class Codec {

        @Test
        void readsWhatItHasWritten() {
            EncodeBuffer out = EncodeBuffer.borrow();
            try {
                int begin = out.size();
                Reading.CODEC.encode(new Reading(1, 2, 3.5), out);
                assertEquals(16, out.size() - begin);
                ByteBuffer message = ByteBuffer.wrap(out.bytes(), begin, 16).order(ByteOrder.nativeOrder());
                assertEquals(new Reading(1, 2, 3.5), Reading.CODEC.decode(message));
            } finally {
                out.giveBack();
            }
        }
    }

    private static Verdict judge(int[] appended, int[] handled) {
        return ReadingJudge.judge(PLAN, appended, handled);
    }

    private static int[] of(int... places) {
        return places;
    }
}
