package io.interlock.memory.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.port.Context;
import io.interlock.core.testing.FakeSegment;
import io.interlock.core.testing.FakeTime;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks that find so many messages, in a time that passes only in pauses. A hint takes 100 ns, so a pause has 8. */
class PaceTest {

    private static final int UNITS_EACH = 2;
    private static final int UNITS = 256;
    private static final int MESSAGES = 100;
    private static final int PAUSE_HINTS = 8;
    private static final int TRIAL = 256;

    private final FakeSegment segment = new FakeSegment();
    private final Context participant = segment.participant(0, 1);
    private FakeTime time = new FakeTime(participant, 1);
    private Pace pace = pace(UNITS, MESSAGES);
    private long word;

    private Pace pace(int units, int messages) {
        return new Pace(time.seenBy(participant, segment.futex), units, messages);
    }

    /** Looks, finds so many, and tells how many hints the pause before took. */
    private long hintsBeforeFinding(int messages) {
        long before = time.hints();
        pace.beforeLook();
        word = RingWord.plus(word, messages, messages * UNITS_EACH);
        pace.saw(word);
        return time.hints() - before;
    }

    private void beginAStream() {
        hintsBeforeFinding(4);
        hintsBeforeFinding(4);
        assertEquals(PAUSE_HINTS, hintsBeforeFinding(4));
    }

    @Nested
    class Stream {

        @Test
        void pausesBeforeEachLook() {
            beginAStream();
            for (int i = 0; i < 100; i++) {
                assertEquals(PAUSE_HINTS, hintsBeforeFinding(4 + i % 40), "look " + i);
            }
        }

        @Test
        void goesOnAfterLooksThatFoundLess() {
            beginAStream();
            for (int i = 0; i < 7; i++) {
                assertEquals(PAUSE_HINTS, hintsBeforeFinding(1));
            }
            assertEquals(PAUSE_HINTS, hintsBeforeFinding(4));
            assertEquals(PAUSE_HINTS, hintsBeforeFinding(1));
        }

        @Test
        void endsAfterEightThatFoundLess() {
            beginAStream();
            for (int i = 0; i < 8; i++) {
                assertEquals(PAUSE_HINTS, hintsBeforeFinding(3));
            }
            assertEquals(0, hintsBeforeFinding(3));
        }

        @Test
        void countsWhatTheMessagesHaveTakenAlready() {
            beginAStream();
            for (int i = 0; i < 5; i++) {
                time.spinHint();
            }
            assertEquals(PAUSE_HINTS - 5, hintsBeforeFinding(4));
        }
    }

    @Nested
    class NoPause {

        @Test
        void followsOnALookInVain() {
            beginAStream();
            assertEquals(PAUSE_HINTS, hintsBeforeFinding(0));
            for (int i = 0; i < 10; i++) {
                assertEquals(0, hintsBeforeFinding(0));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {50, 99})
        void followsOnHalfOfTheMessagesThatThereMayBe(int messages) {
            beginAStream();
            hintsBeforeFinding(messages);
            assertEquals(0, hintsBeforeFinding(4));
        }

        @Test
        void followsOnHalfOfTheRing() {
            pace = pace(UNITS, Integer.MAX_VALUE);
            beginAStream();
            hintsBeforeFinding(UNITS / UNITS_EACH / 2);
            assertEquals(0, hintsBeforeFinding(4));
        }

        @Test
        void isEverMadeInASmallRing() {
            pace = pace(UNITS, 8);
            for (int i = 0; i < TRIAL; i++) {
                assertEquals(0, hintsBeforeFinding(1 + i % 8));
            }
        }

        @Test
        void isMadeByThoseWhoNeverSpin() {
            time = new FakeTime(participant, 0);
            pace = pace(UNITS, MESSAGES);
            for (int i = 0; i < 200; i++) {
                assertEquals(0, hintsBeforeFinding(10));
            }
        }
    }

    @Nested
    class Trial {

        @Test
        void comesOnceInManyLooksThatFindOneMessageEach() {
            for (int i = 1; i < 4 * TRIAL; i++) {
                time.spinHint();
                time.spinHint();
                assertEquals(i % TRIAL == 1 && i > TRIAL ? PAUSE_HINTS - 2 : 0, hintsBeforeFinding(1), "look " + i);
            }
        }

        @Test
        void beginsAStream() {
            for (int i = 0; i < TRIAL; i++) {
                assertEquals(0, hintsBeforeFinding(1));
            }
            assertEquals(PAUSE_HINTS, hintsBeforeFinding(10));
            assertEquals(PAUSE_HINTS, hintsBeforeFinding(10));
        }
    }

    @Nested
    class Pause {

        @Test
        void endsWhateverTheClockSays() {
            Context backwards = new Context(participant.mem, segment.futex, participant.liveness, () -> Long.MIN_VALUE,
                    time, participant.participant);
            pace = new Pace(backwards, UNITS, MESSAGES);
            hintsBeforeFinding(4);
            assertEquals(100, hintsBeforeFinding(4));
        }
    }
}
