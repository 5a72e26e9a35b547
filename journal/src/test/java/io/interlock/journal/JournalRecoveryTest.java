package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.InterlockException;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.ChildJvm;
import io.interlock.journal.error.MessageNotFoundException;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody has left who failed, was killed or interrupted, or whose machine has crashed, is put right. */
class JournalRecoveryTest extends JournalFixture {

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class AFailedAppend {

        /** The first message is in the file, and nobody was told; nothing can be written, nor put right, afterwards. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void whoseRecoveryFailsTooIsPutRightByTheNextHolder(boolean byAnother) {
            IpcJournal<String> failing = rolling();
            IpcJournal<String> next = byAnother ? rolling() : failing;
            JournalTailer<String> tailer = dirs.closeLater(next.tailer());
            failing.append("0");
            Path away = dirs.path("away");
            assertThrows(InterlockException.class, () -> Inside.appendAndDoAfter(failing, "1", () -> {
                move(path(), away);
                pass(1);
                Inside.write(failing, "never");
            }));
            move(away, path());
            assertEquals(1, failing.endIndex());
            assertEquals(2, next.append("2"));
            assertEquals(3, failing.append("3"));
            assertEquals(numbers(0, 4), polled(tailer));
            assertEquals(numbers(0, 4), replayed(failing, 0));
        }

        @Test
        void isWrittenNeverthelessIfOnlyWhatCameAfterFailed() {
            IpcJournal<String> failing = rolling();
            IpcJournal<String> other = rolling();
            failing.append("0");
            assertThrows(IllegalStateException.class, () -> Inside.appendAndDoAfter(failing, "1", () -> {
                throw new IllegalStateException("after the commit");
            }));
            assertEquals(2, other.append("2"));
            assertEquals(numbers(0, 3), replayed(other, 0));
        }
    }

    @Nested
    class AMoveThatIsDoneAgain {

        @Test
        void isNotedAgainAndNotAppendedTwice() throws InterruptedException {
            IpcJournal<String> journal = rolling();
            journal.append("0");
            IpcQueue<String> queue = IpcQueue.create(dirs.closeLater(Segment.create(dirs.path("s"))), "q",
                    Codec.utf8());
            queue.putAll(List.of("1", "2"));
            SharedJournal shared = Inside.of(journal);
            QueueMover mover = new QueueMover(shared, queue);
            new RollFileBytes(rollFiles().get(0)).spoil(0);
            queue.transfer(9, 0, TimeUnit.SECONDS, (messages, positions) -> {
                shared.exclusively(() -> { // the newest file lacks what was appended: the next try is in another one
                    shared.store().beginNewFile();
                    return 0;
                });
                mover.append(messages, positions, 9, shared.deadline(Long.MAX_VALUE));
                return 0;
            });
            assertEquals(2, rolling().appendFrom(queue, 9));
            assertEquals(3, journal.endIndex());
        }
    }

    @Nested
    class AFailureThatChangedNothing {

        @Test
        void needsNoRecovery() {
            IpcJournal<String> journal = rolling();
            journal.append("0");
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            assertThrows(MessageNotFoundException.class, () -> tailer.moveTo(5));
            assertFalse(Inside.isInconsistent(journal));
            assertEquals(0, journal.shared().segment().stats().recoveries());
        }
    }

    @Nested
    class WhatIsMapped {

        @Test
        void isGivenFreeWhenFilesAreDeleted() throws IOException {
            IpcJournal<String> journal = rolling();
            fill(journal, 5, 2);
            assertEquals(4, journal.retain(Retention.beyond(0)).size());
            assertEquals(List.of(), maps(".cq4 (deleted)"));
        }

        @Test
        void isGivenFreeWhenTheJournalIsClosed() throws IOException {
            for (int i = 0; i < 3; i++) {
                try (IpcJournal<String> journal = rolling(path())) {
                    journal.append("" + i);
                }
            }
            assertEquals(List.of(), maps(".cq4"));
        }

        /** What this process has mapped of the journal; Chronicle unmaps in a thread of its own. */
        private List<String> maps(String suffix) throws IOException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            List<String> found;
            do {
                try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
                    found = lines.filter(line -> line.contains(path() + "/") && line.endsWith(suffix)).toList();
                }
                Thread.onSpinWait();
            } while (!found.isEmpty() && System.nanoTime() - deadline < 0);
            return found;
        }
    }

    @Nested
    class ACrashOfTheMachine {

        @Test
        void thatTookBackTheEndAndAFileGivesNoIndexBeforeATailerAgain() throws IOException {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 2, 3);
                journal.tailer("a").toEnd().close();
                Inside.setLong(journal, JournalLayout.END_OFFSET, 2);
            }
            Files.delete(rollFiles().get(1));
            IpcJournal<String> journal = rolling();
            assertEquals(6, journal.endIndex());
            assertEquals(6, journal.append("6"));
            assertEquals(List.of("6"), polled(dirs.closeLater(journal.tailer("a"))));
        }

        @Test
        void thatTookBackTheEndLosesNothingThatIsInTheFiles() {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 2, 3);
                Inside.setLong(journal, JournalLayout.END_OFFSET, 2);
            }
            IpcJournal<String> journal = rolling();
            assertEquals(6, journal.append("6"));
            assertEquals(numbers(0, 7), replayed(journal, 0));
        }
    }

    @Nested
    class TheEndOfTheData {

        /** So many excerpts have room in a page of the index of a roll of a second. */
        private static final int PAGE = 4 * 32_768;
        /** Later than that of any child; the newest file is the one to which they append. */
        private static final long LATE_MILLIS = 2_100_000_000_000L;

        /** Who has no native calls reserves room by writing zeros: at the wrong place it would be seen. */
        private ChildJvm child() {
            ChildJvm child = JournalPuppet.start(dirs, JournalPuppet.builder().withoutNativeLibrary());
            assertEquals("ok", child.ask("openOrCreateSecond " + path()));
            return child;
        }

        @Test
        void isBehindAPageOfTheIndexThatTheNewestExcerptHasOpened() {
            time.set(LATE_MILLIS);
            try (IpcJournal<String> journal = rolling(path())) {
                for (int i = 0; i <= PAGE; i++) {
                    journal.append("m");
                }
            }
            assertEquals("ok " + (PAGE + 1), child().ask("append 1"));
            IpcJournal<String> journal = rolling();
            assertEquals(PAGE + 2, journal.append("m"));
            assertEquals(1, rollFiles().size());
            List<String> all = replayed(journal, 0);
            assertEquals(Collections.nCopies(PAGE + 1, "m"), all.subList(0, PAGE + 1));
            assertEquals(PAGE + 3, all.size());
            assertEquals(List.of("m"), polled(dirs.closeLater(journal.tailer()).moveTo(PAGE + 2)));
        }

        /** As by one who was killed after the commit, before he noted where it is. */
        @Test
        void isBehindAnExcerptThatWasNotNoted() {
            time.set(LATE_MILLIS);
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 1, 3);
                byte[] header = new RollFileBytes(rollFiles().get(0)).first(512);
                journal.append("3");
                new RollFileBytes(rollFiles().get(0)).write(0, header);
            }
            ChildJvm child = child();
            assertEquals("ok 4", child.ask("append 10"));
            IpcJournal<String> journal = rolling();
            assertEquals(5, journal.append("5"));
            List<String> all = replayed(journal, 0);
            assertEquals(numbers(0, 4), all.subList(0, 4));
            assertEquals("5", all.get(5));
            assertEquals(1, rollFiles().size());
        }
    }

    @Nested
    class TheEndOfAFile {

        @Test
        void markedByOneWhoDiedBeforeTheNextFileStopsNobody() {
            IpcJournal<String> dead = rolling();
            IpcJournal<String> other = rolling();
            fill(dead, 1, 3);
            JournalTailer<String> tailer = dirs.closeLater(other.tailer());
            RollFileBytes file = new RollFileBytes(rollFiles().get(0));
            assertThrows(IllegalStateException.class, () -> dead.shared().exclusively(() -> {
                dead.shared().unsettle();
                file.writeInt(file.behind(2), RollFileBytes.END_OF_FILE);
                throw new IllegalStateException("killed");
            }));
            assertThrows(IllegalStateException.class, () -> Inside.appendAndDoAfter(other, "3", () -> {
                throw new IllegalStateException("not at the first attempt to write");
            }));
            assertEquals(2, rollFiles().size());
            assertEquals(4, dead.append("4"));
            assertEquals(numbers(0, 5), polled(tailer));
            assertEquals(numbers(0, 5), replayed(rolling(), 0));
        }

        @Test
        void isMarkedAlsoIfOnlyAnotherHasWrittenThere() {
            IpcJournal<String> one = rolling();
            IpcJournal<String> two = rolling();
            JournalTailer<String> tailer = dirs.closeLater(one.tailer());
            one.append("0");
            pass(1);
            two.append("1");
            RollFileBytes file = new RollFileBytes(rollFiles().get(1));
            int end = file.behind(1);
            assertEquals(0, file.intAt(end));
            pass(1);
            one.append("2");
            assertEquals(RollFileBytes.END_OF_FILE, file.intAt(end));
            assertEquals(3, rollFiles().size());
            assertEquals(numbers(0, 3), polled(tailer));
            assertEquals(numbers(0, 3), replayed(two, 0));
        }
    }

    @Nested
    class AHalfMadeFile {

        @ParameterizedTest
        @ValueSource(ints = {0x8000_0000, 0})
        void isNotInTheWayOfThoseWhoRead(int header) throws IOException {
            IpcJournal<String> journal = rolling();
            fill(journal, 2, 3);
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            Path half = path().resolve("20270115-080002T.cq4");
            Files.write(half, new byte[1 << 16]);
            new RollFileBytes(half).writeInt(0, header);
            assertEquals(0, journal.firstIndex());
            for (int index = 0; index < 6; index++) {
                assertEquals(numbers(index, 6), polled(tailer.moveTo(index)));
            }
            assertEquals(numbers(0, 6), polled(tailer.toStart()));
            assertEquals(List.of(), polled(tailer.toEnd()));
            assertEquals(numbers(3, 6), replayed(journal, 3));
            assertTrue(Files.exists(half));
            IpcJournal<String> other = rolling();
            assertFalse(Files.exists(half));
            pass(1);
            assertEquals(6, other.append("6"));
            assertEquals(List.of("6"), polled(tailer));
        }
    }

    @Nested
    class AnInterrupt {

        @Test
        void failsNothingAndStays() {
            Thread.currentThread().interrupt();
            IpcJournal<String> journal = rolling();
            fill(journal, 3, 2);
            IpcJournal<String> other = rolling();
            assertEquals(6, other.append("6"));
            pass(1);
            assertEquals(7, other.append("7"));
            assertEquals(8, journal.append("8"));
            assertEquals(0, journal.firstIndex());
            assertEquals(numbers(0, 9), polled(dirs.closeLater(other.tailer("a"))));
            assertEquals(3, journal.retain(Retention.beyond(0)).size());
            assertEquals(numbers(7, 9), replayed(other, 7));
            assertTrue(Thread.interrupted());
            assertEquals(numbers(7, 9), replayed(rolling(), 7));
        }

        @Test
        void againAndAgainFailsNothing() {
            IpcJournal<String> journal = rolling();
            Set<Long> indexes = new HashSet<>();
            Async<Void> appends = Async.run(() -> {
                for (int i = 0; i < 300; i++) {
                    if (i % 30 == 0) {
                        pass(1);
                    }
                    indexes.add(journal.append(Integer.toString(i)));
                }
            });
            while (!appends.isDone()) {
                appends.thread().interrupt();
                Thread.onSpinWait();
            }
            appends.get();
            assertEquals(300, indexes.size());
            assertEquals(numbers(0, 300), replayed(journal, 0));
        }

        @Test
        void failsNothingWithoutNativeCallsEither() {
            ChildJvm child = JournalPuppet.start(dirs, JournalPuppet.builder().withoutNativeLibrary());
            assertEquals("ok", child.ask("interrupted openOrCreateSecond " + path()));
            assertEquals("ok 0", child.ask("interrupted append 10"));
            assertEquals("ok 1", child.ask("interrupted append 3000000"));
            assertEquals("ok", child.ask("interrupted close"));
            assertEquals("ok", child.ask("interrupted openOrCreateSecond " + path()));
            assertEquals("ok 2", child.ask("interrupted append 10"));
            assertEquals("ok 0", child.ask("interrupted first"));
            assertEquals("ok 3", child.ask("end"));
            assertEquals(3, replayed(rolling(), 0).size());
        }
    }
}
