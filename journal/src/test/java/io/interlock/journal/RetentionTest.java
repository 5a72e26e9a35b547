package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
import io.interlock.journal.error.MessageNotFoundException;
import io.interlock.memory.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which files go, and what those see who still wanted them. Five files of four messages each, one file each second. */
class RetentionTest extends JournalFixture {

    private static final int FILES = 5;
    private static final int EACH = 4;
    private static final int MESSAGES = FILES * EACH;

    private IpcJournal<String> journal;
    private List<Path> files;

    @BeforeEach
    final void make() {
        journal = rolling();
        fill(journal, FILES, EACH);
        files = rollFiles();
        assertEquals(FILES, files.size());
    }

    private static Retention seconds(int seconds) {
        return Retention.olderThan(Duration.ofSeconds(seconds));
    }

    private void assertKeeps(int kept) {
        assertEquals(files.subList(FILES - kept, FILES), rollFiles());
        assertEquals(MESSAGES - kept * EACH, journal.firstIndex());
        assertEquals(numbers(MESSAGES - kept * EACH, MESSAGES), replayed(journal, MESSAGES - kept * EACH));
    }

    @Nested
    class ByAge {

        @Test
        void deletesFilesWhoseRollEndedSoLongAgo() {
            assertEquals(List.of(), journal.retain(seconds(5)));
            assertEquals(List.of(), journal.retain(seconds(4)));
            assertEquals(files.subList(0, 1), journal.retain(seconds(3)));
            assertKeeps(4);
            assertEquals(files.subList(1, 3), journal.retain(seconds(1)));
            assertKeeps(2);
            assertEquals(List.of(), journal.retain(seconds(1)));
        }

        @Test
        void counts() {
            assertEquals(List.of(), journal.retain(Retention.olderThan(Duration.ofMillis(3001))));
            time.addAndGet(1);
            assertEquals(files.subList(0, 1), journal.retain(Retention.olderThan(Duration.ofMillis(3001))));
        }

        @Test
        void neverDeletesTheNewest() {
            pass(1_000_000);
            assertEquals(files.subList(0, 4), journal.retain(seconds(0)));
            assertKeeps(1);
            assertEquals(List.of(), journal.retain(seconds(0)));
            assertEquals(MESSAGES, journal.append("more"));
        }

        @Test
        void takesAnyDuration() {
            assertEquals(List.of(), journal.retain(Retention.olderThan(Duration.ofSeconds(Long.MAX_VALUE))));
            assertKeeps(5);
            assertThrows(IllegalArgumentException.class, () -> Retention.olderThan(Duration.ofMillis(-1)));
            assertThrows(NullPointerException.class, () -> Retention.olderThan(null));
            assertThrows(NullPointerException.class, () -> journal.retain(null));
        }
    }

    @Nested
    class BySize {

        private long bytesOf(List<Path> some) {
            return some.stream().mapToLong(file -> {
                try {
                    return usedBytes(file);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }).sum();
        }

        /** Up to its last byte that is not zero; what was reserved behind is not counted. */
        private long usedBytes(Path file) throws IOException {
            byte[] begin = new byte[1 << 20];
            try (var in = Files.newInputStream(file)) {
                in.readNBytes(begin, 0, begin.length);
            }
            int end = begin.length;
            while (begin[end - 1] == 0) {
                end--;
            }
            return end;
        }

        @Test
        void deletesTheOldestUntilTheOthersHaveNoMore() {
            long slack = 4096;
            assertEquals(List.of(), journal.retain(Retention.beyond(bytesOf(files) + slack)));
            assertEquals(files.subList(0, 2), journal.retain(Retention.beyond(bytesOf(files.subList(2, 5)) + slack)));
            assertKeeps(3);
            assertEquals(files.subList(2, 3), journal.retain(Retention.beyond(bytesOf(files.subList(3, 5)) + slack)));
            assertKeeps(2);
        }

        @Test
        void neverDeletesTheNewest() {
            assertEquals(files.subList(0, 4), journal.retain(Retention.beyond(0)));
            assertKeeps(1);
            assertThrows(IllegalArgumentException.class, () -> Retention.beyond(-1));
        }

        @Test
        void mayBeAskedForTogetherWithAnAge() {
            assertEquals(files.subList(0, 1), journal.retain(seconds(3).orBeyond(Long.MAX_VALUE)));
            assertEquals(files.subList(1, 4), journal.retain(seconds(3).orBeyond(0)));
            assertKeeps(1);
        }
    }

    @Nested
    class ANamedTailer {

        @Test
        void keepsWhatItHasNotHandled() {
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer("a"));
            assertEquals(List.of(), journal.retain(Retention.beyond(0)));
            tailer.moveTo(EACH - 1);
            assertEquals(List.of(), journal.retain(Retention.beyond(0)));
            assertEquals("3", tailer.poll());
            assertEquals(List.of(), journal.retain(Retention.beyond(0)), "taken, but not handled");
            tailer.commit();
            assertEquals(files.subList(0, 1), journal.retain(Retention.beyond(0)));
            tailer.moveTo(2 * EACH + 1);
            assertEquals(files.subList(1, 2), journal.retain(Retention.beyond(0)));
            assertKeeps(3);
        }

        @Test
        void keepsItAlsoWhenItIsClosed() {
            journal.tailer("a").moveTo(2 * EACH).close();
            journal.tailer("b").toEnd().close();
            journal.close();
            journal = rolling();
            assertEquals(files.subList(0, 2), journal.retain(Retention.beyond(0)));
            assertKeeps(3);
        }

        @Test
        void thatIsForgottenKeepsNothing() {
            journal.tailer("a").close();
            assertEquals(List.of(), journal.retain(Retention.beyond(0)));
            journal.forgetTailer("a");
            assertEquals(files.subList(0, 4), journal.retain(Retention.beyond(0)));
        }

        @Test
        void whoseFileIsDeletedNeverthelessIsTold() throws InterruptedException {
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer("a"));
            assertEquals("0", tailer.take());
            assertEquals(files.subList(0, 4), journal.retain(Retention.beyond(0).evenIfNeeded()));
            journal.tailers().forEach(info -> assertEquals(0, info.position()));
            tailer.moveTo(16);
            tailer.close();
            journal.append("20");
            JournalTailer<String> again = dirs.closeLater(journal.tailer("a"));
            assertEquals("16", again.take());
        }

        @Test
        void whoseFileIsDeletedNeverthelessIsToldWhenItIsOpenedAgain() {
            journal.tailer("a").close();
            journal.retain(Retention.beyond(0).evenIfNeeded());
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer("a"));
            for (int i = 0; i < 2; i++) {
                MessageNotFoundException told = assertThrows(MessageNotFoundException.class, tailer::poll);
                assertNames(told, "0 to 15", "deleted", "16 to 19", "toStart()");
                assertEquals(0, tailer.index());
            }
            assertThrows(MessageNotFoundException.class, () -> tailer.read((index, item) -> {
            }, 1));
            assertThrows(MessageNotFoundException.class, () -> tailer.moveTo(15));
            assertEquals(numbers(16, 20), polled(tailer.toStart()));
        }
    }

    @Nested
    class ATailerWithoutAName {

        @Test
        void keepsNothingAndIsToldWhereItStands() {
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            assertEquals("0", tailer.poll());
            assertEquals(files.subList(0, 4), journal.retain(Retention.beyond(0)));
            List<String> seen = new ArrayList<>();
            // What it has mapped it may go on with.
            MessageNotFoundException told = assertThrows(MessageNotFoundException.class, () -> {
                for (String item = tailer.poll(); !item.equals("16"); item = tailer.poll()) {
                    seen.add(item);
                }
            });
            assertTrue(numbers(1, 16).subList(0, seen.size()).equals(seen), seen.toString());
            assertNames(told, "deleted", "16 to 19", "toStart()");
            assertEquals(numbers(16, 20), polled(tailer.toStart()));
        }

        @Test
        void thatReadsTheNewestFileIsNotConcerned() {
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer()).moveTo(17);
            journal.retain(Retention.beyond(0));
            assertEquals(numbers(17, 20), polled(tailer));
        }
    }

    @Nested
    class Others {

        @Test
        void seeTheDeletionAtOnce() {
            IpcJournal<String> other = rolling();
            assertEquals(0, other.firstIndex());
            journal.retain(seconds(2));
            assertEquals(2 * EACH, other.firstIndex());
            assertThrows(MessageNotFoundException.class, () -> replayed(other, 0));
            assertEquals(numbers(2 * EACH, MESSAGES), replayed(other, 2 * EACH));
            assertEquals(numbers(2 * EACH, MESSAGES), polled(dirs.closeLater(other.tailer())));
            assertEquals(files.subList(2, 4), other.retain(Retention.beyond(0)));
            assertEquals(4 * EACH, journal.firstIndex());
            assertEquals(MESSAGES, other.append("20"));
        }

        @Test
        void inOtherProcessesSeeItToo() {
            ChildJvm child = JournalPuppet.start(dirs);
            assertEquals("ok", child.ask("open " + path()));
            assertEquals("ok 0", child.ask("first"));
            assertEquals("ok 0", child.ask("tailer theirs"));
            assertEquals(List.of(), journal.retain(Retention.beyond(0)));
            assertEquals("ok", child.ask("close"));
            assertEquals("ok", child.ask("open " + path()));
            journal.forgetTailer("theirs");
            assertEquals(files.subList(0, 4), journal.retain(Retention.beyond(0)));
            assertEquals("ok 16", child.ask("first"));
            child.ask("verify 1 0", "failed MessageNotFoundException");
        }
    }

    @Nested
    class RealRolls {

        @Test
        void beginAFileEachSecond() {
            Path where = dirs.path("real");
            JournalOptions options = JournalOptions.defaults().withRoll(Roll.SECOND);
            try (IpcJournal<String> real = IpcJournal.create(where, Codec.utf8(), options)) {
                while (rollFiles(where).size() < 2) {
                    real.append(Long.toString(real.endIndex()));
                }
                long end = real.endIndex();
                assertEquals(numbers(0, (int) end), replayed(real, 0));
                List<Path> deleted = real.retain(Retention.beyond(0));
                assertFalse(deleted.isEmpty());
                assertEquals(1, rollFiles(where).size());
                assertTrue(real.firstIndex() > 0);
                assertEquals(numbers((int) real.firstIndex(), (int) end), replayed(real, real.firstIndex()));
            }
        }
    }
}
