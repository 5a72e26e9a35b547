package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.InterlockException;
import io.interlock.journal.error.JournalAccessException;
import io.interlock.journal.error.JournalDamagedException;
import io.interlock.journal.error.MessageNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal does about damaged files: it loses what is damaged, says so, and goes on. */
class JournalDamageTest extends JournalFixture {

    @Nested
    class ADamagedFile {

        private static final int EACH = 6;

        /** Three files, of 0 to 5, 6 to 11 and 12 to 17. */
        private void make() {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 3, EACH);
            }
        }

        private void cut(Path file, long length) throws IOException {
            try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                opened.setLength(length);
            }
        }

        private void assertGoesOn(IpcJournal<String> journal, long... missing) {
            List<Long> told = new ArrayList<>();
            try (JournalTailer<String> tailer = journal.tailer()) {
                for (long index = 0; index < journal.endIndex(); index++) {
                    if (index < journal.firstIndex()) {
                        told.add(index);
                        continue;
                    }
                    try {
                        tailer.moveTo(index);
                        assertEquals(Long.toString(index), tailer.poll());
                    } catch (JournalDamagedException e) {
                        assertNames(e, index, path());
                        told.add(index);
                    }
                }
                long end = journal.endIndex();
                assertNull(tailer.moveTo(end).poll());
                assertEquals(end, journal.append(Long.toString(end)));
                assertEquals(Long.toString(end), tailer.poll());
            }
            assertEquals(Arrays.stream(missing).boxed().toList(), told);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 17})
        void withOneWrongByteLosesOneMessage(int index) throws IOException {
            spoilOne(index);
        }

        @Tag("proof")
        @ParameterizedTest
        @ValueSource(ints = {3, 5, 6, 11, 12})
        void withOneWrongByteAnywhereLosesOneMessage(int index) throws IOException {
            spoilOne(index);
        }

        private void spoilOne(int index) throws IOException {
            make();
            new RollFileBytes(rollFiles().get(index / EACH)).spoil(index);
            assertGoesOn(rolling(), index);
        }

        @Test
        void isToldToATailerWhichStaysUntilItIsMoved() throws IOException {
            make();
            new RollFileBytes(rollFiles().get(1)).spoil(8);
            IpcJournal<String> journal = rolling();
            try (JournalTailer<String> tailer = journal.tailer("a")) {
                for (int i = 0; i < 8; i++) {
                    assertEquals(Integer.toString(i), tailer.poll());
                }
                for (int i = 0; i < 3; i++) {
                    JournalDamagedException told = assertThrows(JournalDamagedException.class, tailer::take);
                    assertNames(told, "message 8 ", path(), "moveTo(9)");
                    assertThrows(JournalDamagedException.class, () -> tailer.read((index, item) -> {
                    }, 1));
                    assertThrows(JournalDamagedException.class, () -> tailer.poll(1, TimeUnit.DAYS));
                    assertEquals(8, tailer.index());
                }
                tailer.moveTo(9);
                assertEquals("9", tailer.poll());
                tailer.commit();
            }
            assertEquals(numbers(10, 18), polled(dirs.closeLater(journal.tailer("a"))), "nothing before is read again");
        }

        @Test
        void withoutAHeaderIsSetAside() throws IOException {
            spoilHeaderOf(2);
        }

        @Tag("proof")
        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void anyWithoutAHeaderIsSetAside(int file) throws IOException {
            spoilHeaderOf(file);
        }

        private void spoilHeaderOf(int file) throws IOException {
            make();
            Path broken = rollFiles().get(file);
            try (RandomAccessFile opened = new RandomAccessFile(broken.toFile(), "rw")) {
                opened.seek(8);
                opened.write("nonsense".getBytes(StandardCharsets.UTF_8));
            }
            int from = EACH * file;
            assertGoesOn(rolling(), from, from + 1, from + 2, from + 3, from + 4, from + 5);
            assertFalse(rollFiles().contains(broken));
            assertTrue(Files.exists(broken.resolveSibling(broken.getFileName() + ".damaged")));
            IpcJournal.unlink(path());
            assertFalse(Files.exists(path()), "it goes with the journal");
        }

        @Test
        void thatIsMissingLosesItsMessages() throws IOException {
            loseOne(1);
        }

        @Tag("proof")
        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void anyThatIsMissingLosesItsMessages(int file) throws IOException {
            loseOne(file);
        }

        private void loseOne(int file) throws IOException {
            make();
            Files.delete(rollFiles().get(file));
            int from = EACH * file;
            assertGoesOn(rolling(), from, from + 1, from + 2, from + 3, from + 4, from + 5);
        }

        @Test
        void thatIsEmptyLosesItsMessages() throws IOException {
            emptyOne(2);
        }

        @Tag("proof")
        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void anyThatIsEmptyLosesItsMessages(int file) throws IOException {
            emptyOne(file);
        }

        private void emptyOne(int file) throws IOException {
            make();
            cut(rollFiles().get(file), 0);
            int from = EACH * file;
            assertGoesOn(rolling(), from, from + 1, from + 2, from + 3, from + 4, from + 5);
        }

        @Test
        void thatIsCutInItsIndexLosesItsMessages() throws IOException {
            cutOne(2);
        }

        @Tag("proof")
        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void anyThatIsCutInItsIndexLosesItsMessages(int file) throws IOException {
            cutOne(file);
        }

        private void cutOne(int file) throws IOException {
            make();
            cut(rollFiles().get(file), 2_000);
            IpcJournal<String> journal = rolling();
            assertEquals(18, journal.endIndex());
            assertEquals(18, journal.append("18"));
            assertEquals(List.of("18"), replayed(journal, 18));
            int other = file == 1 ? 0 : 1;
            assertEquals(Integer.toString(other * EACH), dirs.closeLater(journal.tailer()).moveTo(other * EACH)
                    .poll());
        }

        @Test
        void givesNoIndexASecondTime() throws IOException {
            make();
            Files.delete(rollFiles().get(2));
            IpcJournal<String> journal = rolling();
            assertEquals(18, journal.endIndex());
            assertEquals(18, journal.append("18"));
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer().moveTo(11));
            assertEquals("11", tailer.poll());
            assertNames(assertThrows(JournalDamagedException.class, tailer::poll), "12 to 17", "moveTo(18)");
            assertEquals(List.of("18"), polled(tailer.moveTo(18)));
        }

        @Test
        void whenAllAreMissingTheJournalGoesOn() throws IOException {
            make();
            for (Path file : rollFiles()) {
                Files.delete(file);
            }
            IpcJournal<String> journal = rolling();
            assertEquals(18, journal.firstIndex());
            assertEquals(18, journal.append("18"));
            assertEquals(List.of("18"), replayed(journal, 18));
            assertThrows(MessageNotFoundException.class, () -> replayed(journal, 0));
        }

        @Test
        void thatOneProcessFindsIsLeftByAllOthersToo() {
            IpcJournal<String> unaware = rolling();
            fill(unaware, 1, EACH);
            RollFileBytes file = new RollFileBytes(rollFiles().get(0));
            file.spoil(EACH - 1);
            IpcJournal<String> aware = rolling();
            assertEquals(EACH, aware.endIndex());
            assertEquals(EACH, unaware.append("6"));
            assertEquals(2, rollFiles().size());
            assertEquals(EACH + 1, aware.append("7"));
            assertEquals(List.of("6", "7"), replayed(unaware, EACH));
            assertEquals(List.of("6", "7"), replayed(aware, EACH));
        }

        @Test
        void whoseBeginningIsZerosIsKeptUnderAnotherName() {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 1, EACH);
                pass(1);
                fill(journal, 1, 500);
            }
            Path newest = rollFiles().get(1);
            byte[] before = new RollFileBytes(newest).first(1 << 16);
            new RollFileBytes(newest).writeInt(0, 0);
            IpcJournal<String> journal = rolling();
            assertEquals(EACH + 500, journal.append("next"));
            assertEquals(numbers(0, EACH), firstOf(dirs.closeLater(journal.tailer().moveTo(0)), EACH));
            assertEquals(List.of("next"), replayed(journal, EACH + 500));
            byte[] kept = new RollFileBytes(newest.resolveSibling(newest.getFileName() + ".damaged")).first(1 << 16);
            Arrays.fill(before, 0, Integer.BYTES, (byte) 0);
            assertArrayEquals(before, kept);
        }

        @Test
        void thatIsSomebodyElsesIsLeftAloneAndTold() throws IOException {
            make();
            Path foreign = Files.write(path().resolve("zz.cq4"), new byte[4096]);
            assertNames(assertThrows(JournalAccessException.class, JournalDamageTest.this::rolling), foreign
                    .getFileName(), path(), "move");
            assertArrayEquals(new byte[4096], Files.readAllBytes(foreign));
            Files.delete(foreign);
            assertGoesOn(rolling());
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 50})
        void withManyWrongExcerptsInARowLosesNoOthers(int from) {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 1, 300);
            }
            RollFileBytes file = new RollFileBytes(rollFiles().get(0));
            for (int index = from; index < 200; index++) {
                file.spoil(index);
            }
            IpcJournal<String> journal = rolling();
            assertEquals(from == 0 ? 200 : 0, journal.firstIndex());
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            for (int to : new int[]{200, 201, 250, 299}) {
                assertEquals(numbers(to, 300), polled(tailer.moveTo(to)));
            }
            if (from > 0) {
                assertEquals(numbers(from - 1, from), firstOf(tailer.moveTo(from - 1), 1));
                assertThrows(JournalDamagedException.class, tailer::poll);
            }
            assertEquals(300, journal.append("300"));
            assertEquals(numbers(200, 301), replayed(journal, 200));
        }

        /** In a file of a day Chronicle begins anew at each 256th excerpt only. */
        @Test
        void withAWrongHeaderLosesNothingBehindTheNextEntryOfTheIndex() {
            try (IpcJournal<String> journal = strings()) {
                fill(journal, 1, 600);
            }
            RollFileBytes file = new RollFileBytes(rollFiles().get(0));
            file.writeInt(file.headerOf(50), 0);
            IpcJournal<String> journal = strings();
            assertEquals(0, journal.firstIndex());
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            assertEquals(numbers(0, 50), firstOf(tailer, 50));
            assertNames(assertThrows(JournalDamagedException.class, tailer::poll), "50 to 255", "moveTo(256)");
            assertEquals(numbers(256, 600), polled(tailer.moveTo(256)));
            assertEquals(numbers(300, 600), polled(tailer.moveTo(300)));
            assertEquals(600, journal.append("600"));
            assertEquals(numbers(599, 601), polled(tailer.moveTo(599)));
        }

        /** Each append would be refused until somebody moves it away. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void thatKeepsChronicleFromAppendingIsSetAside(int which) {
            make();
            List<Path> others = new ArrayList<>(rollFiles());
            Path bad = others.remove(which);
            RollFileBytes file = new RollFileBytes(bad);
            file.write(file.behind("writePosition") + 30, new byte[Long.BYTES]); // so many excerpts
            file.writeInt(file.behind("index2index") - 17, 4); // length of what would say how many
            IpcJournal<String> journal = rolling();
            IpcJournal<String> other = rolling();
            assertEquals(18, journal.append("18"));
            assertEquals(19, other.append("19"));
            int from = which * EACH;
            int to = from + EACH;
            JournalTailer<String> tailer = dirs.closeLater(journal.tailer());
            assertEquals(numbers(0, from), firstOf(tailer, from));
            assertNames(assertThrows(JournalDamagedException.class, tailer::poll), from + " to " + (to - 1), "moveTo("
                    + to + ")");
            assertEquals(numbers(to, 20), polled(tailer.moveTo(to)));
            assertTrue(Files.exists(bad.resolveSibling(bad.getFileName() + ".damaged")));
            assertFalse(rollFiles().contains(bad));
            assertTrue(rollFiles().containsAll(others));
        }

        private List<String> firstOf(JournalTailer<String> tailer, int count) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(tailer.poll());
            }
            return all;
        }

        @Test
        void whileTheJournalIsOpenIsToldAndTheJournalGoesOn() throws IOException {
            IpcJournal<String> journal = rolling();
            fill(journal, 2, EACH);
            new RollFileBytes(rollFiles().get(0)).spoil(3);
            new RollFileBytes(rollFiles().get(1)).spoil(11);
            assertGoesOn(journal, 3, 11);
        }
    }

    @Nested
    class Metadata {

        private void make() {
            try (IpcJournal<String> journal = rolling(path())) {
                fill(journal, 3, 4);
            }
        }

        private Path metadata() {
            return path().resolve("metadata.cq4t");
        }

        private void assertAllThere() {
            IpcJournal<String> journal = rolling();
            assertEquals(numbers(0, 12), replayed(journal, 0));
            assertEquals(12, journal.append("12"));
            assertEquals(numbers(0, 13), replayed(journal, 0));
        }

        @Test
        void thatAreMissingAreMadeAgain() throws IOException {
            make();
            Files.delete(metadata());
            assertAllThere();
        }

        @Test
        void thatAreEmptyOrZerosAreMadeAgain() throws IOException {
            make();
            Files.write(metadata(), new byte[0]);
            assertAllThere();
        }

        @Test
        void thatAreZerosAreMadeAgain() throws IOException {
            make();
            Files.write(metadata(), new byte[65_536]);
            assertAllThere();
        }

        @Test
        void thatAreGarbageAreRefusedWithAdvice() throws IOException {
            make();
            Files.write(metadata(), "garbage".repeat(1000).getBytes(StandardCharsets.UTF_8));
            assertNames(assertThrows(InterlockException.class, JournalDamageTest.this::rolling), metadata(),
                    "remove it");
            Files.delete(metadata());
            assertAllThere();
        }
    }
}
