package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.examples.BufferJudge.Verdict;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BufferJudgeTest {

    private static final BufferShape ONE = new BufferShape(1, 1, 6, false);

    @Nested
    class Judge {

        @Test
        void acceptsWhatIsRight() {
            assertEquals(new Verdict(6, 0, 0, 0), judge(ONE, 0, 1, 2, 3, 4, 5));
            assertTrue(judge(ONE, 0, 1, 2, 3, 4, 5).holds(6));
        }

        @Test
        void seesALostItem() {
            assertEquals(new Verdict(5, 1, 0, 0), judge(ONE, 0, 1, 3, 4, 5));
        }

        @Test
        void seesADuplicatedItem() {
            Verdict verdict = BufferJudge.judge(ONE, new int[]{0, 1, 1, 2, 3, 4}, 7);
            assertEquals(new Verdict(7, 1, 2, 0), verdict);
            assertFalse(verdict.holds(6));
        }

        @Test
        void seesAnItemThatNobodyPut() {
            assertEquals(new Verdict(6, 1, 1, 0), judge(ONE, 0, 1, 2, 3, 4, 77));
        }

        @Test
        void seesAnItemOutOfOrder() {
            Verdict verdict = judge(ONE, 0, 2, 1, 3, 4, 5);
            assertEquals(new Verdict(6, 0, 0, 1), verdict);
            assertFalse(verdict.holds(6));
        }

        @Test
        void seesThatNothingCame() {
            assertEquals(new Verdict(0, 6, 0, 0), judge(ONE));
        }
    }

    @Nested
    class SeveralProducers {

        private final BufferShape two = new BufferShape(2, 1, 6, false);

        @Test
        void mayBeMixed() {
            assertTrue(judge(two, 3, 0, 4, 1, 2, 5).holds(6));
        }

        @Test
        void areJudgedEachByItself() {
            assertEquals(1, judge(two, 3, 0, 5, 1, 2, 4).outOfOrder());
        }
    }

    @Nested
    class SelectiveConsumers {

        private final BufferShape selective = new BufferShape(1, 2, 6, true);

        @Test
        void mayTakeKindsInAnyOrder() {
            assertTrue(judge(selective, of(1, 1), of(1, 3), of(0, 0), of(1, 5), of(0, 2), of(0, 4)).holds(6));
        }

        @Test
        void mustTakeAKindInOrder() {
            assertEquals(1, judge(selective, of(1, 3), of(1, 1), of(0, 0), of(1, 5), of(0, 2), of(0, 4)).outOfOrder());
        }

        @Test
        void mustTakeTheirOwnKind() {
            assertEquals(1, judge(selective, of(0, 0), of(0, 1), of(0, 2), of(1, 3), of(0, 4), of(1, 5)).outOfOrder());
        }
    }

    @Nested
    class Shape {

        @Test
        void givesEveryItemToOneProducer() {
            for (int producers = 1; producers < 20; producers++) {
                BufferShape shape = new BufferShape(producers, 3, 13, false);
                assertEquals(13, shape.firstItem(producers));
                for (int item = 0; item < 13; item++) {
                    int producer = shape.producerOf(item);
                    assertTrue(shape.firstItem(producer) <= item && item < shape.firstItem(producer + 1));
                }
            }
        }

        @Test
        void countsTheItemsOfEachKind() {
            BufferShape shape = new BufferShape(1, 3, 13, true);
            for (int kind = 0; kind < 3; kind++) {
                int wanted = kind;
                long count = IntStream.range(0, 13).filter(item -> shape.kindOf(item) == wanted).count();
                assertEquals(count, shape.itemsOfKind(kind));
            }
        }
    }

    private static Verdict judge(BufferShape shape, int... entries) {
        return BufferJudge.judge(shape, entries, entries.length);
    }

    private static int of(int consumer, int item) {
        return ConsumptionLog.entry(consumer, item);
    }
}
