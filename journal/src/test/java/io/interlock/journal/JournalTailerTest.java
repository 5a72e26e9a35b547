package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.testing.Async;
import io.interlock.journal.error.MessageNotFoundException;
import io.interlock.journal.error.TailerInUseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tailer gives, where it stands, and how it waits. */
class JournalTailerTest extends JournalFixture {

    private IpcJournal<String> journal;

    @BeforeEach
    final void make() {
        journal = strings();
    }

    private JournalTailer<String> tailer(String name) {
        return dirs.closeLater(journal.tailer(name));
    }

    private JournalTailer<String> tailer() {
        return dirs.closeLater(journal.tailer());
    }

    private long positionOf(String name) {
        return journal.tailers().stream().filter(tailer -> tailer.name().equals(name)).findFirst().orElseThrow()
                .position();
    }

    @Nested
    class AName {

        @Test
        void keepsThePosition() {
            journal.appendAll(numbers(0, 5));
            try (JournalTailer<String> tailer = journal.tailer("a")) {
                assertEquals("0", tailer.poll());
                assertEquals("1", tailer.poll());
                tailer.commit();
            }
            journal.close();
            journal = strings();
            assertEquals(numbers(2, 5), polled(tailer("a")));
        }

        @Test
        void countsAMessageAsHandledWhenTheNextOneIsAskedFor() {
            journal.appendAll(numbers(0, 3));
            JournalTailer<String> tailer = tailer("a");
            assertEquals(0, positionOf("a"));
            tailer.poll();
            assertEquals(0, positionOf("a"));
            assertEquals(1, tailer.index());
            tailer.poll();
            assertEquals(1, positionOf("a"));
            tailer.commit();
            assertEquals(2, positionOf("a"));
            tailer.poll();
            assertEquals(2, positionOf("a"));
            assertNull(tailer.poll());
            assertEquals(3, positionOf("a"));
        }

        @Test
        void givesTheLastMessageAgainAfterACloseWithoutACommit() {
            journal.appendAll(numbers(0, 3));
            try (JournalTailer<String> tailer = journal.tailer("a")) {
                assertEquals("0", tailer.poll());
                assertEquals("1", tailer.poll());
            }
            assertEquals(numbers(1, 3), polled(tailer("a")));
        }

        @Test
        void givesTheLastMessageAgainAfterACloseOfTheJournal() {
            journal.appendAll(numbers(0, 3));
            JournalTailer<String> tailer = tailer("a");
            assertEquals("0", tailer.poll());
            journal.close();
            journal = strings();
            assertEquals(numbers(0, 3), polled(tailer("a")));
        }

        @Test
        void ofANewTailerBeginsAtTheOldestMessage() {
            journal.appendAll(numbers(0, 3));
            assertEquals(0, tailer("a").index());
            assertEquals(numbers(0, 3), polled(tailer("b")));
        }

        @Test
        void doesNotMatterToOthers() {
            journal.appendAll(numbers(0, 4));
            JournalTailer<String> one = tailer("one");
            JournalTailer<String> two = tailer("two");
            assertEquals("0", one.poll());
            assertEquals("1", one.poll());
            assertEquals("0", two.poll());
            assertEquals(numbers(0, 4), polled(tailer()));
            assertEquals("1", two.poll());
            assertEquals("2", one.poll());
        }

        @Test
        void belongsToOneTailerAtATime() {
            JournalTailer<String> tailer = tailer("a");
            assertNames(assertThrows(TailerInUseException.class, () -> journal.tailer("a")), "\"a\"", "in use");
            IpcJournal<String> other = strings();
            assertThrows(TailerInUseException.class, () -> other.tailer("a"));
            tailer.close();
            JournalTailer<String> theirs = other.tailer("a");
            assertThrows(TailerInUseException.class, () -> journal.tailer("a"));
            other.close();
            assertTrue(theirs.isClosed());
            tailer("a");
        }

        @Test
        void isFreeWhenTheJournalWasClosed() {
            IpcJournal<String> other = strings();
            JournalTailer<String> theirs = other.tailer("a");
            other.close();
            assertTrue(theirs.isClosed());
            assertEquals(0, tailer("a").index());
        }

        @Test
        void mayBeLongButNoNonsense() {
            String longest = "x".repeat(128);
            assertEquals(0, tailer(longest).index());
            for (String bad : new String[]{"", "a/b", "a\0b", "x".repeat(129)}) {
                assertThrows(IllegalArgumentException.class, () -> journal.tailer(bad), bad);
            }
            assertThrows(NullPointerException.class, () -> journal.tailer(null));
            assertEquals(List.of(longest), journal.tailers().stream().map(TailerInfo::name).toList());
        }

        @Test
        void thatIsTheJournalsIsFreeToo() {
            journal.append("0");
            assertEquals("0", tailer("journal").poll());
            strings().append("1");
        }
    }

    @Nested
    class Tailers {

        @Test
        void areListedByName() {
            journal.appendAll(numbers(0, 3));
            tailer("b").toEnd();
            tailer("c").poll();
            journal.tailer("a").close();
            assertEquals(List.of(new TailerInfo("a", 0, false), new TailerInfo("b", 3, true),
                    new TailerInfo("c", 0, true)), strings().tailers());
        }

        @Test
        void areForgotten() {
            journal.appendAll(numbers(0, 3));
            assertFalse(journal.forgetTailer("a"));
            JournalTailer<String> tailer = tailer("a").toEnd();
            assertThrows(TailerInUseException.class, () -> journal.forgetTailer("a"));
            tailer.close();
            assertTrue(journal.forgetTailer("a"));
            assertFalse(journal.forgetTailer("a"));
            assertEquals(List.of(), journal.tailers());
            assertEquals(0, tailer("a").index(), "a new one of this name");
        }
    }

    @Nested
    class Read {

        @Test
        void showsMessagesAndCommitsEach() {
            journal.appendAll(numbers(0, 5));
            JournalTailer<String> tailer = tailer("a");
            List<String> seen = new ArrayList<>();
            assertEquals(3, tailer.read((index, item) -> {
                assertEquals(index, positionOf("a"));
                seen.add(item);
            }, 3));
            assertEquals(3, positionOf("a"));
            assertEquals(2, tailer.read((index, item) -> seen.add(item), 100));
            assertEquals(0, tailer.read((index, item) -> seen.add(item), 100));
            assertEquals(0, tailer.read((index, item) -> seen.add(item), 0));
            assertEquals(numbers(0, 5), seen);
        }

        @Test
        void showsAMessageAgainIfTheHandlerThrows() {
            journal.appendAll(numbers(0, 3));
            JournalTailer<String> tailer = tailer("a");
            IllegalStateException failure = new IllegalStateException("no");
            assertSame(failure, assertThrows(IllegalStateException.class, () -> tailer.read((index, item) -> {
                if (index == 1) {
                    throw failure;
                }
            }, 10)));
            assertEquals(1, positionOf("a"));
            assertEquals(1, tailer.index());
            assertEquals(numbers(1, 3), polled(tailer));
        }

        @Test
        void refusesBadArguments() {
            JournalTailer<String> tailer = tailer();
            assertThrows(NullPointerException.class, () -> tailer.read(null, 1));
            assertThrows(IllegalArgumentException.class, () -> tailer.read((index, item) -> {
            }, -1));
        }

        @Test
        void letsTheHandlerMoveTheTailer() {
            journal.appendAll(numbers(0, 9));
            JournalTailer<String> tailer = tailer("a");
            List<String> seen = new ArrayList<>();
            tailer.read((index, item) -> {
                seen.add(item);
                if (index == 2) {
                    tailer.moveTo(6);
                }
            }, 10);
            assertEquals(List.of("0", "1", "2", "6", "7", "8"), seen);
        }

        @Test
        void endsIfTheHandlerClosesTheTailerAndTheMessageComesAgain() {
            journal.appendAll(numbers(0, 3));
            JournalTailer<String> tailer = tailer("a");
            assertThrows(SegmentClosedException.class, () -> tailer.read((index, item) -> {
                if (index == 1) {
                    tailer.close();
                    assertEquals("1", tailer("a").moveTo(1).poll());
                }
            }, 10));
            assertEquals(1, positionOf("a"));
        }

        @Test
        void endsIfTheHandlerClosesTheJournal() {
            journal.appendAll(numbers(0, 3));
            JournalTailer<String> tailer = tailer("a");
            IpcJournal<String> mine = journal;
            assertThrows(SegmentClosedException.class, () -> tailer.read((index, item) -> mine.close(), 10));
            journal = strings();
            assertEquals(numbers(0, 3), polled(tailer("a")));
        }

        @Test
        void letsTheHandlerAppend() {
            journal.append("0");
            JournalTailer<String> tailer = tailer();
            assertEquals(5, tailer.read((index, item) -> journal.append(Long.toString(index + 1)), 5));
            assertEquals(List.of("5"), polled(tailer));
        }
    }

    @Nested
    class Moves {

        @Test
        void goToAnyMessage() {
            goToAnyMessage(3, 40);
        }

        @Tag("proof")
        @ParameterizedTest
        @ValueSource(ints = {1, 3, 20})
        void goToAnyMessageAgainAndAgain(int batch) {
            goToAnyMessage(batch, 200);
        }

        private void goToAnyMessage(int batch, int moves) {
            IpcJournal<String> rolling = rolling(dirs.path("rolling"));
            dirs.closeLater(rolling);
            for (int from = 0; from < 60; from += batch) {
                rolling.appendAll(numbers(from, Math.min(60, from + batch)));
                if (from % 20 == 0) {
                    pass(1);
                }
            }
            Random random = new Random(batch);
            try (JournalTailer<String> tailer = rolling.tailer("a")) {
                for (int i = 0; i < moves; i++) {
                    int to = random.nextInt(61);
                    assertSame(tailer, tailer.moveTo(to));
                    assertEquals(to, tailer.index());
                    for (int next = to; next < Math.min(60, to + random.nextInt(30)); next++) {
                        assertEquals(Integer.toString(next), tailer.poll());
                    }
                }
                assertEquals(numbers(0, 60), polled(tailer.toStart()));
                assertEquals(List.of(), polled(tailer.toEnd()));
                rolling.append("60");
                assertEquals(List.of("60"), polled(tailer));
            }
        }

        @Test
        void areCommitted() {
            journal.appendAll(numbers(0, 5));
            JournalTailer<String> tailer = tailer("a");
            tailer.moveTo(3);
            assertEquals(3, positionOf("a"));
            tailer.toEnd();
            assertEquals(5, positionOf("a"));
            tailer.toStart();
            assertEquals(0, positionOf("a"));
        }

        @Test
        void toWhereNothingIsAreRefusedAndTheTailerStaysWhereItIs() {
            journal.appendAll(numbers(0, 5));
            JournalTailer<String> tailer = tailer("a");
            tailer.poll();
            for (long bad : new long[]{-1, 6, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertNames(assertThrows(MessageNotFoundException.class, () -> tailer.moveTo(bad)), "index=" + bad);
            }
            assertEquals(1, tailer.index());
            assertEquals(numbers(1, 5), polled(tailer));
        }

        @Test
        void inAnEmptyJournalStandWhereTheFirstMessageWillBe() {
            JournalTailer<String> start = tailer().toStart();
            JournalTailer<String> end = tailer().toEnd();
            JournalTailer<String> zero = tailer().moveTo(0);
            JournalTailer<String> fresh = tailer();
            journal.append("0");
            for (JournalTailer<String> tailer : List.of(start, end, zero, fresh)) {
                assertEquals(List.of("0"), polled(tailer));
            }
        }
    }

    @Nested
    class Batches {

        @Test
        void areTakenMessageByMessageAcrossCommits() {
            journal.appendAll(numbers(0, 4));
            journal.append("4");
            journal.appendAll(numbers(5, 9));
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                try (JournalTailer<String> tailer = journal.tailer("a")) {
                    seen.add(tailer.poll());
                    tailer.commit();
                }
            }
            assertEquals(numbers(0, 9), seen);
        }
    }

    @Nested
    class Poll {

        @Test
        void givesNullIfThereIsNothing() throws InterruptedException {
            JournalTailer<String> tailer = tailer();
            assertNull(tailer.poll());
            assertNull(tailer.poll(0, TimeUnit.SECONDS));
            assertNull(tailer.poll(-1, TimeUnit.SECONDS));
            assertNull(tailer.poll(5, TimeUnit.MILLISECONDS));
            journal.append("0");
            assertEquals("0", tailer.poll(0, TimeUnit.SECONDS));
        }

        @Test
        void waitsNoLessThanAsked() throws InterruptedException {
            long begin = System.nanoTime();
            assertNull(tailer().poll(30, TimeUnit.MILLISECONDS));
            assertTrue(System.nanoTime() - begin >= 30_000_000);
        }

        @Test
        void givesAMessageThatComesInTime() throws InterruptedException {
            JournalTailer<String> tailer = tailer();
            Async<String> call = Async.of(() -> tailer.poll(1, TimeUnit.DAYS));
            awaitAsleep(call);
            journal.append("0");
            assertEquals("0", call.get());
        }

        @Test
        void withoutATimeKeepsTheInterruptStatus() {
            journal.append("0");
            JournalTailer<String> tailer = tailer();
            Thread.currentThread().interrupt();
            assertEquals("0", tailer.poll());
            assertNull(tailer.poll());
            assertTrue(Thread.interrupted());
        }

        @Test
        void ofAnotherThreadWaitsItsTimeForItsTurn() throws InterruptedException {
            JournalTailer<String> tailer = tailer();
            Async<String> call = Async.of(tailer::take);
            awaitAsleep(call);
            assertNull(tailer.poll(5, TimeUnit.MILLISECONDS));
            journal.appendAll(List.of("0", "1"));
            assertEquals("0", call.get());
            assertEquals("1", tailer.poll(1, TimeUnit.DAYS));
        }
    }

    @Nested
    class Take {

        @Test
        void isWokenByAnAppendOfAnyHandle() {
            JournalTailer<String> tailer = tailer();
            Async<String> first = Async.of(tailer::take);
            awaitAsleep(first);
            strings().append("0");
            assertEquals("0", first.get());
            Async<String> second = Async.of(tailer::take);
            awaitAsleep(second);
            journal.append("1");
            assertEquals("1", second.get());
        }

        @Test
        void isWokenInAllThatWait() {
            List<Async<String>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                JournalTailer<String> tailer = tailer();
                calls.add(Async.of(tailer::take));
            }
            awaitWaiting(5);
            journal.append("0");
            calls.forEach(call -> assertEquals("0", call.get()));
        }

        @Test
        void throwsIfInterruptedBeforeAndTakesNothing() {
            journal.append("0");
            JournalTailer<String> tailer = tailer();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, tailer::take);
            assertFalse(Thread.interrupted());
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> tailer.poll(1, TimeUnit.DAYS));
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> tailer.poll(0, TimeUnit.DAYS));
            assertEquals(0, tailer.index());
            assertEquals("0", tailer.poll());
        }

        @Test
        void throwsIfInterruptedWhileItWaitsAndTakesNothing() throws InterruptedException {
            JournalTailer<String> tailer = tailer();
            for (boolean timed : new boolean[]{false, true}) {
                Async<String> call = Async.of(() -> timed ? tailer.poll(1, TimeUnit.DAYS) : tailer.take());
                awaitAsleep(call);
                call.thread().interrupt();
                assertInstanceOf(InterruptedException.class, call.failure());
                awaitWaiting(0);
            }
            journal.append("0");
            assertEquals("0", tailer.take());
        }

        @Test
        void throwsIfInterruptedWhileItWaitsForItsTurn() {
            JournalTailer<String> tailer = tailer();
            Async<String> first = Async.of(tailer::take);
            awaitAsleep(first);
            Async<String> second = Async.of(tailer::take);
            second.thread().interrupt();
            assertInstanceOf(InterruptedException.class, second.failure());
            journal.append("0");
            assertEquals("0", first.get());
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void throwsIfItIsClosedMeanwhile(boolean journalToo) {
            JournalTailer<String> tailer = tailer("a");
            Async<String> call = Async.of(tailer::take);
            Async<String> behind = Async.of(tailer::take);
            awaitWaiting(1);
            if (journalToo) {
                IpcJournal<String> other = strings();
                journal.close();
                journal = other;
            } else {
                tailer.close();
            }
            assertInstanceOf(SegmentClosedException.class, call.failure());
            assertInstanceOf(SegmentClosedException.class, behind.failure());
            awaitWaiting(0);
            assertEquals(0, tailer("a").index());
        }
    }

    @Nested
    class Close {

        @Test
        void mayBeCalledAgain() {
            JournalTailer<String> tailer = tailer("a");
            tailer.close();
            JournalTailer<String> next = tailer("a");
            tailer.close();
            assertTrue(tailer.isClosed());
            assertFalse(next.isClosed());
            assertThrows(TailerInUseException.class, () -> journal.tailer("a"));
            journal.close();
            tailer.close();
            next.close();
        }

        @Test
        void isToldByItsText() {
            JournalTailer<String> tailer = tailer("a");
            assertTrue(tailer.toString().contains("\"a\""), tailer.toString());
            tailer.close();
            assertTrue(tailer.toString().contains("closed"), tailer.toString());
            assertTrue(tailer().toString().contains("without a name"));
        }
    }
}
