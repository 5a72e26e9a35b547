package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.InterlockException;
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

        private void spoil(Path file, String message) throws IOException {
            try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                byte[] bytes = new byte[1 << 20];
                opened.readFully(bytes);
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                // Behind its length stands the message.
                int at = text.lastIndexOf((char) message.length() + "\0\0\0" + message) + Integer.BYTES;
                opened.seek(at);
                opened.write('x');
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
            spoil(rollFiles().get(index / EACH), Integer.toString(index));
            assertGoesOn(rolling(), index);
        }

        @Test
        void isToldToATailerWhichStaysUntilItIsMoved() throws IOException {
            make();
            spoil(rollFiles().get(1), "8");
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
        void whileTheJournalIsOpenIsToldAndTheJournalGoesOn() throws IOException {
            IpcJournal<String> journal = rolling();
            fill(journal, 2, EACH);
            spoil(rollFiles().get(0), "3");
            spoil(rollFiles().get(1), "11");
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
