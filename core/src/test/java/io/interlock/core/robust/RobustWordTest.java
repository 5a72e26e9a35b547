package io.interlock.core.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RobustWordTest {

    @Nested
    class Participant {

        @Test
        void carriesSlotAndGeneration() {
            int participant = RobustWord.participant(7, 12345);
            assertEquals(7, RobustWord.slotOf(participant));
            assertEquals(12345, RobustWord.generationOf(participant));
            assertEquals(12345 << 12 | 8, participant);
        }

        @Test
        void reachesItsLimits() {
            int participant = RobustWord.participant(RobustWord.MAX_PARTICIPANTS - 1, RobustWord.GENERATION_MASK);
            assertEquals(4094, RobustWord.slotOf(participant));
            assertEquals(262_143, RobustWord.generationOf(participant));
            assertEquals((1 << 30) - 1, participant);
        }

        @Test
        void keepsTheLow18BitsOfAGeneration() {
            assertEquals(RobustWord.participant(0, 1), RobustWord.participant(0, (1L << 18) + 1));
            assertNotEquals(0, RobustWord.participant(0, 1L << 18));
        }
    }

    @Nested
    class Held {

        private final int participant = RobustWord.participant(3, 9);

        @Test
        void takesApartWhatWasPutTogether() {
            long word = RobustWord.held(-5, participant, RobustWord.WAITERS);
            assertEquals(-5, RobustWord.upperOf(word));
            assertEquals(participant, RobustWord.participantOf(word));
            assertTrue(RobustWord.hasWaiters(word));
            assertFalse(RobustWord.isInconsistent(word));
            assertFalse(RobustWord.isFree(word));
            assertEquals(-5L << 32, RobustWord.upperPart(word));
        }

        @Test
        void flagsDoNotTouchTheOwner() {
            long word = RobustWord.held(1, participant, RobustWord.WAITERS | RobustWord.INCONSISTENT);
            assertEquals(participant, RobustWord.participantOf(word));
            assertTrue(RobustWord.isInconsistent(word));
        }
    }

    @Nested
    class Free {

        @Test
        void isZeroAndWhateverHasNoOwner() {
            assertTrue(RobustWord.isFree(0));
            long word = RobustWord.free(-1, RobustWord.WAITERS | RobustWord.INCONSISTENT);
            assertTrue(RobustWord.isFree(word));
            assertEquals(-1, RobustWord.upperOf(word));
            assertEquals(0, RobustWord.participantOf(word));
        }
    }

    @Nested
    class Describe {

        @Test
        void tellsTheOwnerAndTheMarks() {
            assertEquals("free", RobustWord.describe(0));
            assertEquals("free, waiters, inconsistent",
                    RobustWord.describe(RobustWord.free(4, RobustWord.WAITERS | RobustWord.INCONSISTENT)));
            assertEquals("held by participant 3.9, waiters",
                    RobustWord.describe(RobustWord.held(1, RobustWord.participant(3, 9), RobustWord.WAITERS)));
        }
    }
}
