package io.interlock.stress.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QueueHistoryTest {

    /** Small ones, of which each random test makes so many. */
    private static final int HISTORIES = 800;


    @Nested
    class Values {

        @Test
        void mayComeInAnyOrderIfTheirPutsOverlap() {
            accepts(new Histories().did(1, Action.PUT, 1, 0, 1, 5).did(2, Action.PUT, 2, 0, 2, 6)
                    .did(3, Action.TAKE, 0, 2, 7, 8).did(3, Action.TAKE, 0, 1, 9, 10)
                    .did(3, Action.IS_EMPTY, 0, 1, 11, 12));
        }

        @Test
        void mustHaveBeenPut() {
            rejects("value 7 was taken, and nobody has put it", new Histories().did(3, Action.TAKE, 0, 7, 7, 8));
        }

        @Test
        void mustHaveBeenPutBefore() {
            rejects("value 1 was taken before it was put", new Histories().did(3, Action.TAKE, 0, 1, 1, 2)
                    .did(1, Action.PUT, 1, 0, 3, 4));
        }

        @Test
        void areTakenOnce() {
            rejects("value 1 was taken twice", new Histories().did(1, Action.PUT, 1, 0, 1, 2)
                    .did(2, Action.TAKE, 0, 1, 3, 4).did(3, Action.TAKE, 0, 1, 3, 5));
        }

        @Test
        void areNotThereIfTheirPutTimedOut() {
            rejects("nobody has put it", new Histories().gaveUp(1, Action.PUT, 1, 1, 2)
                    .did(2, Action.TAKE, 0, 1, 3, 4));
        }

        @Test
        void comeInTheOrderOfTheirPuts() {
            rejects("value 2 was put after 1 and taken before it", new Histories().did(1, Action.PUT, 1, 0, 1, 2)
                    .did(2, Action.PUT, 2, 0, 3, 4).did(3, Action.TAKE, 0, 2, 5, 6).did(4, Action.TAKE, 0, 1, 7, 8));
        }

        @Test
        void doNotOvertakeOneThatStays() {
            rejects("value 2 was put after 1 and taken though that was never taken", true,
                    new Histories().did(1, Action.PUT, 1, 0, 1, 2).did(1, Action.PUT, 2, 0, 3, 4)
                            .did(3, Action.TAKE, 0, 2, 5, 6));
        }

        @Test
        void mayStayIfTheRestIsGone() {
            Histories left = new Histories().did(1, Action.PUT, 1, 0, 1, 2).did(1, Action.PUT, 2, 0, 3, 4)
                    .did(3, Action.TAKE, 0, 1, 5, 6);
            assertEquals(Optional.empty(), QueueHistory.check(left.history(), true));
            rejects("value 2 is lost", left);
        }

        @Test
        void mayBeRemovedFromTheMiddleOnce() {
            Histories removed = new Histories().did(1, Action.PUT, 1, 0, 1, 2).did(1, Action.PUT, 2, 0, 3, 4)
                    .did(3, Action.REMOVE, 2, 1, 5, 6).did(3, Action.TAKE, 0, 1, 7, 8);
            accepts(removed);
            rejects("value 2 was taken twice", removed.did(3, Action.TAKE, 0, 2, 9, 10));
        }
    }

    @Nested
    class Empty {

        @Test
        void mayBeSaidBetweenTwoThatOverlapTheQuestion() {
            accepts(new Histories().did(1, Action.PUT, 1, 0, 1, 2).did(3, Action.IS_EMPTY, 0, 1, 3, 20)
                    .did(2, Action.TAKE, 0, 1, 4, 6).did(1, Action.PUT, 2, 0, 5, 7).did(2, Action.TAKE, 0, 2, 21, 22));
        }

        @Test
        void isWrongIfOneWasInsideAllTheTime() {
            rejects("there must have been something in it all the time: 1", new Histories()
                    .did(1, Action.PUT, 1, 0, 1, 2).did(3, Action.IS_EMPTY, 0, 1, 3, 4)
                    .did(2, Action.TAKE, 0, 1, 5, 6));
        }

        @Test
        void isWrongIfOneRelievedTheOther() {
            rejects("there must have been something in it all the time: 1, 2", new Histories()
                    .did(1, Action.PUT, 1, 0, 1, 2).did(3, Action.IS_EMPTY, 0, 1, 3, 20)
                    .did(1, Action.PUT, 2, 0, 5, 7).did(2, Action.TAKE, 0, 1, 8, 9).did(2, Action.TAKE, 0, 2, 21, 22));
        }
    }

    @Nested
    class Batches {

        @Test
        void keepTheirOrderForOneWhoTakesThemAtOnce() {
            Histories put = new Histories().did(1, Action.PUT, 10, 3, 0, 1, 2);
            accepts(put.did(2, Action.TAKE, 0, 10, 3, 4).did(2, Action.TAKE, 0, 11, 3, 5)
                    .did(2, Action.TAKE, 0, 12, 3, 6));
            rejects("has taken 10 after 11", new Histories().did(1, Action.PUT, 10, 2, 0, 1, 2)
                    .did(2, Action.TAKE, 0, 11, 3, 4).did(2, Action.TAKE, 0, 10, 3, 5));
        }

        @Test
        void keepTheirOrderForAll() {
            rejects("value 11 was put behind 10 at once and taken before it",
                    new Histories().did(1, Action.PUT, 10, 2, 0, 1, 2).did(2, Action.TAKE, 0, 11, 3, 4)
                            .did(3, Action.TAKE, 0, 10, 5, 6));
        }

        @Test
        void areInOnePiece() {
            Histories apart = new Histories().did(1, Action.PUT, 10, 2, 0, 1, 4).did(2, Action.PUT, 1, 0, 2, 3);
            accepts(apart.did(3, Action.TAKE, 0, 10, 5, 6).did(4, Action.TAKE, 0, 11, 7, 9)
                    .did(5, Action.TAKE, 0, 1, 8, 10));
            rejects("no order of these puts", new Histories().did(1, Action.PUT, 10, 2, 0, 1, 4)
                    .did(2, Action.PUT, 1, 0, 2, 3).did(3, Action.TAKE, 0, 10, 5, 6).did(4, Action.TAKE, 0, 1, 7, 8)
                    .did(5, Action.TAKE, 0, 11, 9, 10));
        }

        /** Each two of the puts can be ordered, all three cannot. */
        @Test
        void areInOnePieceAlsoAmongMany() {
            rejects("no order of these puts", new Histories().did(1, Action.PUT, 10, 2, 0, 1, 9)
                    .did(2, Action.PUT, 1, 0, 1, 2).did(2, Action.PUT, 2, 0, 3, 4)
                    .did(3, Action.TAKE, 0, 10, 20, 21).did(4, Action.TAKE, 0, 1, 22, 40)
                    .did(5, Action.TAKE, 0, 2, 20, 25).did(6, Action.TAKE, 0, 11, 30, 32));
        }

        @Test
        void ofTheDeadAreThereWhollyOrNotAtAll() {
            accepts(new Histories().began(1, Action.PUT, 10, 2, 1).died(1, 2, 3));
            accepts(new Histories().began(1, Action.PUT, 10, 2, 1).died(1, 2, 3).did(2, Action.TAKE, 0, 10, 4, 5)
                    .did(2, Action.TAKE, 0, 11, 6, 7));
            rejects("value 11 is lost", new Histories().began(1, Action.PUT, 10, 2, 1).died(1, 2, 3)
                    .did(2, Action.TAKE, 0, 10, 4, 5));
        }
    }

    @Nested
    class TheDead {

        @Test
        void mayHavePutWhatTheyHadBegun() {
            accepts(new Histories().began(1, Action.PUT, 1, 1).died(1, 2, 9).did(2, Action.TAKE, 0, 1, 4, 5));
            accepts(new Histories().began(1, Action.PUT, 1, 1).died(1, 2, 9)
                    .did(2, Action.IS_EMPTY, 0, 1, 4, 5));
        }

        @Test
        void mayHaveTakenOneValueEach() {
            Histories one = new Histories().did(1, Action.PUT, 1, 0, 1, 2).did(1, Action.PUT, 2, 0, 3, 4)
                    .began(2, Action.TAKE, 0, 5).died(2, 6, 9).did(3, Action.TAKE, 0, 2, 10, 11);
            accepts(one);
            rejects("value 1 is lost: 2 were put and are not there", new Histories().did(1, Action.PUT, 1, 0, 1, 2)
                    .did(1, Action.PUT, 2, 0, 3, 4).began(2, Action.TAKE, 0, 5).died(2, 6, 9));
        }

        @Test
        void mayHaveTakenABatchLessWhatTheyHaveNoted() {
            accepts(batch(2));
            rejects("is lost", batch(1));
        }

        private Histories batch(int most) {
            return new Histories().did(1, Action.PUT, 1, 0, 1, 2).did(1, Action.PUT, 2, 0, 3, 4)
                    .began(2, Action.TAKE_UP_TO, most, 5).did(2, Action.TAKE, 0, 1, 5, 6).died(2, 7, 9);
        }

        @Test
        void haveNotTakenWhatWasPutAfterTheirEnd() {
            rejects("value 1 is lost: it was put and is not there", new Histories().began(2, Action.TAKE, 0, 1)
                    .died(2, 2, 3).did(1, Action.PUT, 1, 0, 4, 5));
        }

        @Test
        void haveNotTakenWhatLaterOnesWereTakenBefore() {
            rejects("value 1 is lost: it was put and is not there", new Histories().did(1, Action.PUT, 1, 0, 1, 2)
                    .did(1, Action.PUT, 2, 0, 3, 4).did(3, Action.TAKE, 0, 2, 5, 6).began(2, Action.TAKE, 0, 7)
                    .died(2, 8, 9));
        }

        @Test
        void whoLiveHaveTakenNothingThatIsMissing() {
            rejects("value 1 is lost", new Histories().did(1, Action.PUT, 1, 0, 1, 2).began(2, Action.TAKE, 0, 5));
        }
    }

    @Nested
    class Long {

        @Test
        void historiesAreJudgedInTimeThatGrowsWithThemOnly() {
            SplittableRandom random = new SplittableRandom(1);
            accepts(long0(random, false));
            rejects("value ", long0(random, true));
        }

        /** What a real queue does when its operations take random times around the moments at which they happen. */
        private Histories long0(SplittableRandom random, boolean swapped) {
            Histories histories = new Histories();
            ArrayDeque<java.lang.Long> queue = new ArrayDeque<>();
            List<java.lang.Long> later = new ArrayList<>();
            long value = 0;
            for (long moment = 0; moment < 1_000_000; moment += 10) {
                long from = moment - random.nextInt(30);
                long to = moment + random.nextInt(30);
                int process = (int) (moment / 10 % 4);
                if (moment < 500_000 && random.nextBoolean()) {
                    queue.add(++value);
                    histories.did(process, Action.PUT, value, 0, from, to);
                } else if (queue.isEmpty()) {
                    histories.did(process, Action.IS_EMPTY, 0, 1, from, to);
                } else {
                    long taken = queue.pop();
                    if (swapped && later.isEmpty() && queue.size() > 20) {
                        later.add(taken);
                        taken = queue.pop();
                    }
                    histories.did(process, Action.TAKE, 0, taken, from, to);
                }
            }
            later.forEach(late -> histories.did(9, Action.TAKE, 0, late, 1_000_100, 1_000_101));
            while (!queue.isEmpty()) {
                histories.did(9, Action.TAKE, 0, queue.pop(), 1_000_200, 1_000_201);
            }
            return histories;
        }
    }

    @Nested
    class Random {

        /** The search with a model of a queue says the same as the patterns. */
        @Test
        void historiesAreJudgedAsByASearch() {
            SplittableRandom random = new SplittableRandom(7);
            int wrong = 0;
            for (int i = 0; i < HISTORIES; i++) {
                History history = tiny(random);
                boolean expected = Linearizability.check(new Fifo(), history).isEmpty();
                assertEquals(expected, QueueHistory.check(history, true).isEmpty(), history::toString);
                wrong += expected ? 0 : 1;
            }
            assertTrue(wrong > HISTORIES / 10 && wrong < HISTORIES * 9 / 10, wrong + " are wrong");
        }

        /** The same with batches and several that were killed while they put. */
        @Test
        void batchesAreJudgedAsByASearch() {
            SplittableRandom random = new SplittableRandom(8);
            int wrong = 0;
            for (int i = 0; i < HISTORIES; i++) {
                History history = batches(random).history();
                boolean expected = Linearizability.check(new Fifo(), history).isEmpty();
                assertEquals(expected, QueueHistory.check(history, true).isEmpty(), history::toString);
                wrong += expected ? 0 : 1;
            }
            assertTrue(wrong > HISTORIES / 10 && wrong < HISTORIES * 9 / 10, wrong + " are wrong");
        }

        /** What the dead have taken is guessed, so something wrong may be accepted; but nothing right is rejected. */
        @Test
        void takesOfTheDeadAreNeverJudgedHarderThanByASearch() {
            SplittableRandom random = new SplittableRandom(9);
            int wrong = 0;
            int seen = 0;
            for (int i = 0; i < HISTORIES; i++) {
                Histories histories = batches(random);
                for (int process = 30; process < 32; process++) {
                    long from = random.nextInt(30);
                    histories.began(process, Action.TAKE, 0, from).died(process, from + 1, from + 4);
                }
                History history = histories.did(40, Action.IS_EMPTY, 0, 1, 100, 101).history();
                boolean expected = Linearizability.check(new Fifo(), history).isEmpty();
                boolean accepted = QueueHistory.check(history).isEmpty();
                assertTrue(accepted || !expected, history::toString);
                wrong += expected ? 0 : 1;
                seen += accepted ? 0 : 1;
            }
            assertTrue(wrong < HISTORIES * 9 / 10 && seen > wrong * 8 / 10, seen + " seen of " + wrong + " wrong ones");
        }

        /** Three puts, two of them of two values and one perhaps of a dead process, and takes of most values. */
        private Histories batches(SplittableRandom random) {
            Histories histories = new Histories();
            for (int process = 1; process <= 3; process++) {
                int many = process < 3 ? 2 : 1;
                long from = random.nextInt(8);
                if (random.nextInt(4) == 0) {
                    histories.began(process, Action.PUT, 10 * process, many, from).died(process, from + 1, from + 9);
                } else {
                    histories.did(process, Action.PUT, 10 * process, many, 0, from, from + 1 + random.nextInt(8));
                }
                for (int i = 0; i < many && random.nextInt(8) > 0; i++) {
                    long begin = from + random.nextInt(16);
                    histories.did(10 * process + i, Action.TAKE, 0, 10 * process + i, begin,
                            begin + 1 + random.nextInt(6));
                }
            }
            return histories;
        }

        /** Up to four values in some order; one of the processes may have died in the middle of a put. */
        private History tiny(SplittableRandom random) {
            Histories histories = new Histories();
            int values = 1 + random.nextInt(4);
            for (int value = 1; value <= values; value++) {
                long from = random.nextInt(12);
                histories.did(value, Action.PUT, value, 0, from, from + 1 + random.nextInt(5));
                if (random.nextInt(4) > 0) {
                    long begin = from + random.nextInt(12);
                    histories.did(10 + value, Action.TAKE, 0, value, begin, begin + 1 + random.nextInt(5));
                }
            }
            long asked = random.nextInt(16);
            histories.did(20, Action.IS_EMPTY, 0, 1, asked, asked + 1 + random.nextInt(4));
            if (random.nextBoolean()) {
                histories.began(21, Action.PUT, 9, random.nextInt(12)).died(21, 12, 16);
            }
            if (random.nextInt(4) == 0) {
                histories.did(22, Action.TAKE, 0, 9, 10, 18);
            }
            return histories.history();
        }
    }

    /** A queue, one operation after the other. */
    private record Fifo() implements Model<List<java.lang.Long>> {

        @Override
        public List<java.lang.Long> initial() {
            return List.of();
        }

        @Override
        public List<java.lang.Long> after(List<java.lang.Long> state, Operation operation) {
            List<java.lang.Long> next = new ArrayList<>(state);
            return switch (operation.action()) {
                case PUT -> put(next, operation);
                case TAKE -> !next.isEmpty() && (next.remove(0) == operation.result() || operation.isPending()) ? next
                        : null;
                case IS_EMPTY -> next.isEmpty() ? next : null;
                default -> throw Model.unknown(operation);
            };
        }

        private static List<java.lang.Long> put(List<java.lang.Long> next, Operation operation) {
            for (long i = 0; i < Math.max(1, operation.secondArgument()); i++) {
                next.add(operation.argument() + i);
            }
            return next;
        }
    }

    private static void accepts(Histories histories) {
        assertEquals(Optional.empty(), QueueHistory.check(histories.history()));
    }

    private static void rejects(String text, Histories histories) {
        rejects(text, false, histories);
    }

    private static void rejects(String text, boolean restIsGone, Histories histories) {
        String told = QueueHistory.check(histories.history(), restIsGone).orElseThrow(
                () -> new AssertionError("accepted: " + histories.history().operations().size() + " operations"));
        assertTrue(told.contains(text), told);
    }
}
