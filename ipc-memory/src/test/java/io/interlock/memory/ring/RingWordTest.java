package io.interlock.memory.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RingWordTest {

    private static final long LAST_POSITION = 0xFFFF_FFFFL;
    private static final long LAST_COUNT = 0x7FFF_FFFFL << 32;

    @Nested
    class Plus {

        @Test
        void movesCountAndPosition() {
            long word = RingWord.plus(0, 3, 17);
            assertEquals(17, RingWord.positionOf(word));
            assertEquals(3, RingWord.messagesBetween(0, word));
            assertEquals(17, RingWord.unitsBetween(0, word));
        }

        @Test
        void doesNotCarryFromThePositionIntoTheCount() {
            long word = RingWord.plus(LAST_POSITION, 0, 1);
            assertEquals(0, word);
        }

        @Test
        void doesNotCarryFromTheCountIntoTheMark() {
            long word = RingWord.plus(LAST_COUNT | 5, 1, 0);
            assertEquals(5, word);
            assertFalse(RingWord.isSealed(word));
        }
    }

    @Nested
    class Differences {

        @Test
        void goAcrossTheEndOfThePosition() {
            long head = LAST_POSITION - 1;
            assertEquals(12, RingWord.unitsBetween(head, RingWord.plus(head, 1, 12)));
        }

        @Test
        void goAcrossTheEndOfTheCount() {
            long head = LAST_COUNT;
            assertEquals(4, RingWord.messagesBetween(head, RingWord.plus(head, 4, 4)));
        }

        @Test
        void ignoreTheMark() {
            long tail = RingWord.plus(7, 2, 6);
            assertEquals(2, RingWord.messagesBetween(7, tail | RingWord.SEALED));
            assertTrue(RingWord.isSameCount(tail, tail | RingWord.SEALED));
        }

        @Test
        void areLargeForAHeadBeyondItsTail() {
            assertEquals(LAST_POSITION, RingWord.unitsBetween(8, 7));
        }
    }

    @Nested
    class CountedBack {

        @Test
        void isSoManyMessagesBeforeTheTailAtTheOldPosition() {
            long tail = RingWord.plus(RingWord.plus(LAST_COUNT, 1, 100), 4, 50) | RingWord.SEALED;
            long head = RingWord.countedBack(RingWord.plus(LAST_COUNT, 9, 42), tail, 3);
            assertEquals(3, RingWord.messagesBetween(head, tail));
            assertEquals(42, RingWord.positionOf(head));
            assertFalse(RingWord.isSealed(head));
        }
    }
}
