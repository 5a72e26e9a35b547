package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.robust.EventCount;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Codec;
import io.interlock.sync.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test of journals in a fresh directory. */
abstract class JournalFixture {

    /** A second in which no test runs. */
    static final long FIRST_MILLIS = 1_800_000_000_000L;

    private static final JournalOptions EACH_SECOND = JournalOptions.defaults().withRoll(Roll.SECOND);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    /** The time of journals that were opened by {@link #rolling}; stands still unless it is set. */
    final AtomicLong time = new AtomicLong(FIRST_MILLIS);

    /** Where the journal of the test is. */
    final Path path() {
        return dirs.path("journal");
    }

    /** Another handle of the journal of the test, which is made if it is missing. */
    final IpcJournal<String> strings() {
        return dirs.closeLater(IpcJournal.openOrCreate(path(), Codec.utf8()));
    }

    /** The same with a file each second, by the test's own {@link #time}. */
    final IpcJournal<String> rolling() {
        return dirs.closeLater(rolling(path()));
    }

    final IpcJournal<String> rolling(Path where) {
        return IpcJournal.openOrCreate(where, Codec.utf8(), EACH_SECOND, time::get);
    }

    /** Seconds later there is another file for what is appended next. */
    final void pass(int seconds) {
        time.addAndGet(1000L * seconds);
    }

    /** Appends "0", "1" and so on, {@code each} to a file; stands at the last file in the end. */
    final void fill(IpcJournal<String> journal, int files, int each) {
        for (int file = 0; file < files; file++) {
            if (file > 0) {
                pass(1);
            }
            for (int i = 0; i < each; i++) {
                long index = journal.endIndex();
                assertEquals(index, journal.append(Long.toString(index)));
            }
        }
    }

    /** The files with messages, the oldest first. */
    final List<Path> rollFiles() {
        return rollFiles(path());
    }

    static List<Path> rollFiles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "from" to "to - 1". */
    static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    /** What is there from an index on. */
    static <E> List<E> replayed(IpcJournal<E> journal, long from) {
        List<E> all = new ArrayList<>();
        long[] next = {from};
        long end = journal.replay(from, (index, item) -> {
            assertEquals(next[0]++, index);
            all.add(item);
        });
        assertEquals(next[0], end);
        return all;
    }

    /** What a tailer takes without waiting. */
    static <E> List<E> polled(JournalTailer<E> tailer) {
        List<E> all = new ArrayList<>();
        for (E item = tailer.poll(); item != null; item = tailer.poll()) {
            all.add(item);
        }
        return all;
    }

    /** Until so many threads wait for messages, in all processes. */
    final void awaitWaiting(int threads) {
        try (Segment segment = Segment.open(path().resolve("journal.segment"))) {
            SharedBlock block = segment.directory().find(0, "journal");
            Until.isTrue(threads + " tailers wait", () -> EventCount.waitersOf(block.context().mem
                    .getLongVolatile(block.offset() + JournalLayout.WAITERS_OFFSET)) == threads);
        }
    }

    /** Until the call waits for a message. */
    final void awaitAsleep(Async<?> call) {
        awaitWaiting(1);
        assertFalse(call.isDone());
    }

    static void assertNames(Throwable thrown, Object... words) {
        for (Object word : words) {
            assertTrue(thrown.getMessage().contains(word.toString()), () -> word + " in: " + thrown.getMessage());
        }
    }
}
