package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.InterlockException;
import io.interlock.journal.error.JournalDamagedException;
import io.interlock.journal.error.MessageNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random damage to the files of a journal that nobody has open: right messages or a clear exception, never anything
 * else; and what is appended afterwards can be read.
 */
class JournalFuzzTest extends JournalFixture {

    private static final int FILES = 3;
    private static final int EACH = 8;
    private static final int MESSAGES = FILES * EACH;
    /** Behind it is nothing but zeros in a file of this test. */
    private static final int USED_BYTES = 1 << 20;

    private final Map<Path, byte[]> good = new LinkedHashMap<>();
    private int refused;
    private int missed;

    @BeforeEach
    final void make() throws IOException {
        try (IpcJournal<String> journal = rolling(path())) {
            fill(journal, FILES, EACH);
            try (JournalTailer<String> tailer = journal.tailer("named")) {
                tailer.toEnd();
            }
        }
        try (var files = Files.list(path())) {
            for (Path file : files.sorted().toList()) {
                good.put(file, used(file));
            }
        }
    }

    @AfterEach
    final void someDamageWasNoticed() {
        assertTrue(refused + missed > 0, "no damage was noticed at all");
    }

    private void restore() throws IOException {
        try (var files = Files.list(path())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<Path, byte[]> file : good.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        time.set(FIRST_MILLIS + 1000L * (FILES - 1));
    }

    private List<Path> goodFiles(String suffix) {
        return good.keySet().stream().filter(file -> file.toString().endsWith(suffix)).toList();
    }

    /** What stands in a file, the zeros behind it left out. */
    private static byte[] used(Path file) throws IOException {
        if (!file.toString().endsWith(".cq4")) {
            return Files.readAllBytes(file);
        }
        byte[] first = new byte[USED_BYTES];
        try (var in = Files.newInputStream(file)) {
            in.readNBytes(first, 0, first.length);
        }
        int end = first.length;
        while (first[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(first, end + 16);
    }

    /** Makes the file anew, with zeros behind. */
    private static void write(Path path, byte[] bytes) throws IOException {
        Files.deleteIfExists(path);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(bytes);
            file.setLength(Math.max(bytes.length, path.toString().endsWith(".cq4") ? USED_BYTES : 0));
        }
    }

    private void flip(Path file, Random random, int from, int to) throws IOException {
        byte[] bytes = good.get(file).clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            bytes[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
        }
        write(file, bytes);
    }

    private void attempt(String what) {
        try {
            use();
        } catch (InterlockException e) {
            refused++;
            assertTrue(e.getMessage().length() > 10, e.getMessage());
        } catch (IOException | RuntimeException | Error e) {
            throw new AssertionError(what + ": " + e, e);
        }
    }

    private void use() throws IOException {
        try (IpcJournal<String> journal = rolling(path())) {
            Map<Long, String> found = new TreeMap<>();
            int skips = readAll(journal, found);
            missed += MESSAGES - found.size();
            try {
                appendAndReadAll(journal);
            } catch (Refused e) {
                throw new JournalDamagedException("an append was refused", e);
            } catch (InterlockException e) {
                throw new AssertionError("after the damage", e);
            }
            assertTrue(skips <= 2 * MESSAGES, "skips " + skips);
        }
        try (IpcJournal<String> journal = rolling(path())) {
            Map<Long, String> found = new TreeMap<>();
            readAll(journal, found);
            long end = journal.endIndex();
            assertTrue(end >= MESSAGES + 3, "end " + end);
            for (int round = 0; round < 3; round++) {
                assertEquals("after" + round, found.get(end - 3 + round), () -> "of " + found);
            }
        }
    }

    /** Reads all that can be read, going on behind each gap as the messages say; how many gaps. */
    private static int readAll(IpcJournal<String> journal, Map<Long, String> found) {
        int skips = 0;
        try (JournalTailer<String> tailer = journal.tailer()) {
            long end = journal.endIndex();
            while (tailer.index() < end) {
                long index = tailer.index();
                try {
                    String item = tailer.poll();
                    assertTrue(item != null, "nothing at " + index + " of " + end);
                    found.put(index, item);
                    if (index < MESSAGES) {
                        assertEquals(Long.toString(index), item);
                    }
                } catch (InterlockException e) {
                    skips++;
                    goOnBehind(tailer, index, end);
                }
            }
            assertEquals(null, tailer.poll());
        }
        return skips;
    }

    private static void goOnBehind(JournalTailer<String> tailer, long index, long end) {
        for (long next = index + 1; next <= end; next++) {
            try {
                tailer.moveTo(next);
                return;
            } catch (MessageNotFoundException e) {
                // further on
            }
        }
        throw new AssertionError("nowhere to go behind " + index + " of " + end);
    }

    /** An append was refused: nobody has been told that it is there. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(InterlockException cause) {
            super(cause);
        }
    }

    private static long append(IpcJournal<String> journal, String item) {
        try {
            return journal.append(item);
        } catch (InterlockException e) {
            throw new Refused(e);
        }
    }

    private void appendAndReadAll(IpcJournal<String> journal) {
        for (int round = 0; round < 3; round++) {
            appendAndRead(journal, "after" + round);
            if (round == 1) {
                pass(1);
            }
        }
    }

    private void appendAndRead(IpcJournal<String> journal, String item) {
        try (JournalTailer<String> tailer = journal.tailer().toEnd()) {
            long index = append(journal, item);
            assertEquals(index, tailer.index());
            assertEquals(item, tailer.poll());
            assertEquals(List.of(item), replayed(journal, index));
        }
    }

    private void flips(int from, int to) throws IOException {
        for (int seed = from; seed < to; seed++) {
            Random random = new Random(seed);
            restore();
            Path file = goodFiles(".cq4").get(random.nextInt(FILES));
            int used = good.get(file).length;
            switch (random.nextInt(4)) {
                case 0 -> flip(file, random, 0, 512);
                case 1 -> flip(file, random, 0, used);
                default -> flip(file, random, used - 700, used);
            }
            attempt("seed " + seed);
        }
    }

    private void cuts(int from, int to) throws IOException {
        for (int seed = from; seed < to; seed++) {
            Random random = new Random(seed);
            restore();
            Path file = goodFiles(".cq4").get(random.nextInt(FILES));
            int used = good.get(file).length;
            int length = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(600);
                case 1 -> random.nextInt(used);
                default -> used - random.nextInt(700);
            };
            Files.write(file, Arrays.copyOf(good.get(file), length));
            attempt("seed " + seed + ", " + file + " cut to " + length);
        }
    }

    private void metadata(int from, int to) throws IOException {
        Path file = goodFiles(".cq4t").get(0);
        for (int seed = from; seed < to; seed++) {
            Random random = new Random(seed);
            restore();
            if (random.nextInt(5) == 0) {
                Files.write(file, Arrays.copyOf(good.get(file), random.nextInt(2000)));
            } else {
                flip(file, random, 0, 2000);
            }
            attempt("seed " + seed);
        }
        refused++; // It may well be that none of a few is noticed: not all of it is used.
    }

    @Test
    void flippedBitsInAFileWithMessagesAreToldOrSurvived() throws IOException {
        flips(0, 5);
    }

    @Test
    void aCutFileWithMessagesIsToldOrSurvived() throws IOException {
        cuts(0, 2);
    }

    @Test
    void flippedBitsInTheMetadataAreToldOrSurvived() throws IOException {
        metadata(0, 3);
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void muchDamageIsToldOrSurvived(int block) throws IOException {
        int seed = 1_000 * block;
        flips(seed, seed + 30);
        cuts(seed, seed + 10);
        metadata(seed, seed + 10);
    }
}
