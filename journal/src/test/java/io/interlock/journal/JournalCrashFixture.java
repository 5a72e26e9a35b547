package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Codec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that use one journal, and are killed, or stopped, meanwhile. */
abstract class JournalCrashFixture {

    static final Children CHILDREN = new Children();

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    final long seed = System.nanoTime();
    final Random random = new Random(seed);

    @AfterAll
    static void endChildren() {
        CHILDREN.close();
    }

    final Path path() {
        return dirs.path("j");
    }

    final IpcJournal<String> open(Roll roll) {
        return dirs.closeLater(
                IpcJournal.openOrCreate(path(), Codec.utf8(), JournalOptions.defaults().withRoll(roll)));
    }

    final ChildJvm child(Roll roll) {
        return CHILDREN.opened(dirs, path(), roll);
    }

    final void untilAnyMoment() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(150)) + random.nextInt(1_000_000));
    }

    /** In a thread of its own; what it throws is thrown by {@code get}. */
    static <T> FutureTask<T> async(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task, "async");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static List<String> all(IpcJournal<String> journal) {
        List<String> all = new ArrayList<>();
        long first = journal.firstIndex();
        journal.replay(first, (index, message) -> {
            assertEquals(first + all.size(), index);
            all.add(message);
        });
        return all;
    }

    /** What can be read without the lock. */
    static List<String> readable(IpcJournal<String> journal) {
        List<String> all = new ArrayList<>();
        try (JournalTailer<String> tailer = journal.tailer()) {
            tailer.read((index, message) -> all.add(message), Integer.MAX_VALUE);
        }
        return all;
    }

    static void report(String what) {
        System.out.println(what);
    }

    static String millis(long nanos) {
        return String.format("%.1f ms", nanos / 1e6);
    }
}
