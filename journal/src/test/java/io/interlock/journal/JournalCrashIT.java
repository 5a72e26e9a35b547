package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Commands;
import io.interlock.core.testing.TestDirs;
import io.interlock.journal.error.TailerInUseException;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.sync.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is killed, or stopped, while it uses a journal: at a known place, or at a random moment under load. */
class JournalCrashIT {

    private static final Children CHILDREN = new Children();

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @AfterAll
    static void endChildren() {
        CHILDREN.close();
    }

    private Path path() {
        return dirs.path("j");
    }

    private IpcJournal<String> open(Roll roll) {
        return dirs.closeLater(
                IpcJournal.openOrCreate(path(), Codec.utf8(), JournalOptions.defaults().withRoll(roll)));
    }

    private ChildJvm child(Roll roll) {
        return CHILDREN.opened(dirs, path(), roll);
    }

    private void untilAnyMoment() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(150)) + random.nextInt(1_000_000));
    }

    /** In a thread of its own; what it throws is thrown by {@code get}. */
    private static <T> FutureTask<T> async(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread thread = new Thread(task, "async");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static List<String> all(IpcJournal<String> journal) {
        List<String> all = new ArrayList<>();
        long first = journal.firstIndex();
        journal.replay(first, (index, message) -> {
            assertEquals(first + all.size(), index);
            all.add(message);
        });
        return all;
    }

    /** What can be read without the lock. */
    private static List<String> readable(IpcJournal<String> journal) {
        List<String> all = new ArrayList<>();
        try (JournalTailer<String> tailer = journal.tailer()) {
            tailer.read((index, message) -> all.add(message), Integer.MAX_VALUE);
        }
        return all;
    }

    private static void report(String what) {
        System.out.println(what);
    }

    private static String millis(long nanos) {
        return String.format("%.1f ms", nanos / 1e6);
    }

    @Nested
    class AppenderKilledUnderLoad {

        private final Map<Integer, LoadLog> logs = new HashMap<>();

        private LoadLog log(int life) {
            return logs.computeIfAbsent(life, number -> new LoadLog(dirs.path("log-" + number)));
        }

        private ChildJvm load(ChildJvm child, int life, int usualBytes, int largeBytes, int rollEvery) {
            log(life);
            child.send("append-load " + dirs.path("log-" + life) + " " + life + " " + usualBytes + " " + largeBytes
                    + " " + rollEvery);
            child.expectLine("loads");
            return child;
        }

        @ParameterizedTest
        @EnumSource(names = {"SECOND", "DAY"})
        void costsNothingThatWasAcknowledged(Roll roll) throws Exception {
            kill(4, roll, 300, 60_000, roll == Roll.SECOND ? 300 : 0);
        }

        @Test
        void whileFilesBeginAllTheTimeCostsNothingThatWasAcknowledged() throws Exception {
            kill(3, Roll.SECOND, 100, 100, 3);
        }

        @Tag("proof")
        @RepeatedTest(12)
        void manyTimesCostsNothingThatWasAcknowledged() throws Exception {
            Roll roll = random.nextBoolean() ? Roll.SECOND : Roll.DAY;
            kill(25, roll, 300, 200_000, random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(200));
        }

        @Test
        void inAPidNamespaceOfItsOwnCostsNothingThatWasAcknowledged() throws Exception {
            Commands.assume("unshare", "--pid", "--fork", "true");
            IpcJournal<String> journal = open(Roll.DAY);
            Appending here = new Appending(journal, log(0), 0, 100, 100, 0);
            FutureTask<Integer> appends = async(here::run);
            for (int life = 1; life <= 2; life++) {
                ChildJvm child = dirs.closeLater(JournalChild.builder().under("unshare", "--pid", "--fork").start());
                child.expectLine("ready");
                load(Children.open(child, path(), Roll.DAY), life, 1_000_000, 1_000_000, 0);
                kill(child, here, appends);
            }
            log(0).stop();
            appends.get();
            Audit.of(journal, logs);
        }

        private void kill(int times, Roll roll, int usualBytes, int largeBytes, int rollEvery) throws Exception {
            IpcJournal<String> journal = open(roll);
            Appending here = new Appending(journal, log(0), 0, usualBytes, largeBytes, rollEvery);
            FutureTask<Integer> appends = async(here::run);
            FutureTask<Long> tails = async(() -> tail(journal));
            List<ChildJvm> loading = new ArrayList<>();
            List<Long> gaps = new ArrayList<>();
            for (int life = 1; life <= times + 1; life++) {
                loading.add(load(child(roll), life, usualBytes, largeBytes, rollEvery));
                if (life > 1) {
                    gaps.add(kill(loading.remove(random.nextInt(2)), here, appends));
                }
            }
            logs.values().forEach(LoadLog::stop);
            for (ChildJvm child : loading) {
                child.expectLine("done");
            }
            appends.get();
            long unacknowledged = Audit.of(journal, logs);
            journal.append("end");
            assertEquals(journal.endIndex(), tails.get());
            Collections.sort(gaps);
            report(times + " appenders killed, roll " + roll + ", new file 1 in " + rollEvery + ", seed " + seed + ": "
                    + journal.endIndex() + " messages, " + unacknowledged
                    + " calls done and not acknowledged; longest gap of another appender around a kill "
                    + millis(gaps.get(gaps.size() - 1)) + ", median " + millis(gaps.get(gaps.size() / 2))
                    + "; longest of all " + millis(
                            logs.values().stream().mapToLong(LoadLog::longestNanos).max().orElse(0)));
        }

        /** At a random moment; the longest time around it in which this process could not append. */
        private long kill(ChildJvm child, Appending here, FutureTask<Integer> appends) throws Exception {
            untilAnyMoment();
            here.longestGapNanos();
            int begun = log(0).begun();
            child.kill9();
            Until.isTrue("others append, seed " + seed, () -> appends.isDone() || log(0).begun() > begun + 20);
            if (appends.isDone()) {
                appends.get();
            }
            return here.longestGapNanos();
        }

        /** Reads meanwhile, to the message that is the end. */
        private long tail(IpcJournal<String> journal) throws InterruptedException {
            try (JournalTailer<String> tailer = journal.tailer()) {
                while (!tailer.take().equals("end")) {
                    continue;
                }
                return tailer.index();
            }
        }
    }

    @Nested
    class AppenderInTheMiddle {

        @Test
        void stoppedHoldsTheOthersUpUntilItIsKilled() throws Exception {
            IpcJournal<String> journal = open(Roll.DAY);
            journal.append("a");
            ChildJvm child = child(Roll.DAY);
            child.send("append-stays doomed").expectLine("stays");
            child.stop();
            assertEquals(OptionalLong.empty(), journal.tryAppend("refused", 150, TimeUnit.MILLISECONDS));
            assertEquals(OptionalLong.empty(), journal.tryAppendAll(List.of("r", "s"), 0, TimeUnit.MILLISECONDS));
            assertEquals(1, journal.endIndex());
            assertEquals(List.of("a"), readable(journal));
            FutureTask<Long> append = async(() -> journal.append("b"));
            child.cont();
            assertEquals(OptionalLong.empty(), journal.tryAppend("refused", 150, TimeUnit.MILLISECONDS));
            assertFalse(append.isDone());
            child.kill9();
            assertEquals(1, append.get());
            assertEquals(List.of("a", "b"), all(journal));
        }

        @Test
        void stoppedAtARandomMomentHoldsTheOthersUpUntilItGoesOnOrIsKilled() throws Exception {
            IpcJournal<String> journal = open(Roll.DAY);
            Map<Integer, LoadLog> logs = Map.of(1, new LoadLog(dirs.path("log")));
            ChildJvm child = child(Roll.DAY);
            child.send("append-load " + dirs.path("log") + " 1 2000000 2000000 0").expectLine("loads");
            boolean held = false;
            for (int i = 0; i < 300 && !held; i++) {
                untilAnyMoment();
                child.stop();
                held = Inside.isLocked(journal);
                if (!held) {
                    child.cont();
                }
            }
            assertTrue(held);
            long end = journal.endIndex();
            assertEquals(OptionalLong.empty(), journal.tryAppend("refused", 100, TimeUnit.MILLISECONDS));
            assertEquals(end, journal.endIndex());
            FutureTask<Long> append = async(() -> journal.append("2 0 0 1 mine"));
            child.cont();
            long index = append.get();
            child.kill9();
            LoadLog own = new LoadLog(dirs.path("own"));
            own.begins(0);
            own.returned(0, index);
            Map<Integer, LoadLog> both = new HashMap<>(logs);
            both.put(2, own);
            Audit.of(journal, both);
        }

        @Test
        void killedWhileStoppedLetsTheOthersGoOn() throws Exception {
            IpcJournal<String> journal = open(Roll.DAY);
            for (String command : List.of("append-stays", "commit-stays")) {
                long end = journal.append("before");
                ChildJvm child = child(Roll.DAY);
                child.send(command + " doomed").expectLine("stays");
                child.stop();
                FutureTask<Long> append = async(() -> journal.append("after"));
                assertEquals(OptionalLong.empty(), journal.tryAppend("refused", 100, TimeUnit.MILLISECONDS));
                assertFalse(append.isDone());
                long killed = System.nanoTime();
                child.kill9();
                long index = append.get();
                report(command + ": another one has appended " + millis(System.nanoTime() - killed)
                        + " after the kill");
                assertEquals(end + (command.equals("commit-stays") ? 2 : 1), index);
            }
            assertEquals(List.of("before", "after", "before", "doomed", "after"), all(journal));
        }

        /** Nobody is attached any more who could put it right before. */
        @ParameterizedTest
        @ValueSource(strings = {"append-stays", "commit-stays"})
        void killedLetsTheNextOneOpenTheJournal(String command) throws Exception {
            ChildJvm child = child(Roll.DAY);
            child.ask("append before", "appended 0");
            child.send(command + " doomed").expectLine("stays");
            child.kill9();
            IpcJournal<String> journal = open(Roll.DAY);
            boolean there = command.equals("commit-stays");
            assertEquals(there ? 2 : 1, journal.append("after"));
            assertEquals(there ? List.of("before", "doomed", "after") : List.of("before", "after"), all(journal));
        }

        @Test
        void killedBeforeItWakesCostsATailerThatSleepsASlice() throws Exception {
            IpcJournal<String> journal = open(Roll.DAY);
            try (JournalTailer<String> tailer = journal.tailer("t")) {
                FutureTask<String> take = async(tailer::take);
                ChildJvm child = child(Roll.DAY);
                Until.isTrue("the tailer sleeps", () -> Inside.waiters(journal) > 0);
                child.send("commit-stays doomed").expectLine("stays");
                long killed = System.nanoTime();
                child.kill9();
                assertEquals("doomed", take.get());
                report("commit-stays: a tailer that slept has the message " + millis(System.nanoTime() - killed)
                        + " after the kill");
            }
            assertEquals(1, journal.append("after"));
            assertEquals(List.of("doomed", "after"), all(journal));
        }

        @Test
        void wakesATailerThatSleeps() throws Exception {
            IpcJournal<String> journal = open(Roll.DAY);
            ChildJvm child = child(Roll.DAY);
            try (JournalTailer<String> tailer = journal.tailer("t")) {
                for (int i = 0; i < 5; i++) {
                    FutureTask<String> take = async(tailer::take);
                    Until.isTrue("the tailer sleeps", () -> Inside.waiters(journal) > 0);
                    child.ask("append m" + i, "appended " + i);
                    assertEquals("m" + i, take.get());
                }
            }
        }
    }

    @Nested
    class TailerKilled {

        @Test
        void comesBackWhereItStopped() throws Exception {
            follow(3);
        }

        @Tag("proof")
        @RepeatedTest(2)
        void manyTimesComesBackWhereItStopped() throws Exception {
            follow(40);
        }

        private void follow(int deaths) throws Exception {
            IpcJournal<String> journal = open(Roll.SECOND);
            LoadLog mine = new LoadLog(dirs.path("log-0"));
            FutureTask<Integer> appends = async(new Appending(journal, mine, 0, 100, 100, 1000)::run);
            long behind = 0;
            int again = 0;
            for (int life = 1; life <= deaths + 1; life++) {
                LoadLog log = new LoadLog(dirs.path("log-" + life));
                ChildJvm child = child(Roll.SECOND);
                child.send("tail-load t " + dirs.path("log-" + life)).expectLine("loads");
                Until.isTrue("the tailer takes", () -> log.behindSeen() > 0);
                if (life > deaths) {
                    mine.stop();
                    appends.get();
                    Until.isTrue("the tailer has all", () -> log.behindSeen() == journal.endIndex());
                    log.stop();
                    child.expectLine("done");
                } else {
                    untilAnyMoment();
                    child.kill9();
                }
                long first = log.firstSeen();
                assertTrue(first == behind || behind > 0 && first == behind - 1,
                        "life " + life + " began at " + first + ", the one before ended before " + behind);
                again += first == behind ? 0 : 1;
                behind = log.behindSeen();
            }
            assertEquals(List.of(new TailerInfo("t", behind, false)), journal.tailers());
            report(deaths + " tailers killed, " + behind + " messages, of which " + again + " came again");
        }

        @Test
        void givesItsNameFreeAndNotBefore() {
            IpcJournal<String> journal = open(Roll.DAY);
            journal.appendAll(List.of("a", "b", "c"));
            ChildJvm first = child(Roll.DAY);
            ChildJvm second = child(Roll.DAY);
            first.ask("tailer t", "tailer at 0");
            first.ask("take", "took a");
            first.ask("take", "took b");
            second.ask("tailer t", "TailerInUseException");
            assertThrows(TailerInUseException.class, () -> journal.forgetTailer("t"));
            first.stop();
            second.ask("tailer t", "TailerInUseException");
            assertThrows(TailerInUseException.class, () -> journal.tailer("t"));
            assertEquals(List.of(new TailerInfo("t", 1, true)), journal.tailers());
            first.kill9();
            assertEquals(List.of(new TailerInfo("t", 1, false)), journal.tailers());
            second.ask("tailer t", "tailer at 1");
            assertThrows(TailerInUseException.class, () -> journal.tailer("t"));
            second.ask("take", "took b");
            second.kill9();
            assertTrue(journal.forgetTailer("t"));
        }

        @Test
        void inAHandlerGetsTheMessageAgain() {
            IpcJournal<String> journal = open(Roll.DAY);
            journal.appendAll(List.of("a", "b"));
            ChildJvm child = child(Roll.DAY);
            child.ask("tailer t", "tailer at 0");
            child.send("read-stays").expectLine("stays");
            child.kill9();
            try (JournalTailer<String> tailer = journal.tailer("t")) {
                assertEquals("a", tailer.poll());
                assertEquals("b", tailer.poll());
                assertNull(tailer.poll());
            }
        }
    }

    @Nested
    class RetainerKilled {

        @Test
        void leavesTheNewerFilesAndThoseThatAreNeeded() throws Exception {
            retain(3);
        }

        @Tag("proof")
        @RepeatedTest(4)
        void manyTimesLeavesTheNewerFilesAndThoseThatAreNeeded() throws Exception {
            retain(30);
        }

        private void retain(int deaths) throws Exception {
            IpcJournal<String> journal = open(Roll.SECOND);
            LoadLog mine = new LoadLog(dirs.path("log-0"));
            FutureTask<Integer> appends = async(new Appending(journal, mine, 0, 100, 100, 30)::run);
            FutureTask<Long> tails = async(() -> {
                long count = 0;
                try (JournalTailer<String> tailer = journal.tailer("busy")) {
                    while (!tailer.take().equals("end")) {
                        count++;
                    }
                }
                return count;
            });
            JournalTailer<String> lazy = dirs.closeLater(journal.tailer("lazy"));
            long taken = 0;
            long deleted = 0;
            for (int life = 1; life <= deaths; life++) {
                LoadLog log = new LoadLog(dirs.path("log-" + life));
                ChildJvm child = child(Roll.SECOND);
                child.send("retain-load " + random.nextLong() + " " + dirs.path("log-" + life)).expectLine("loads");
                long before = journal.firstIndex();
                long deletions = 1 + random.nextInt(5);
                while (deletions > 0) {
                    for (int i = 0; i < 100 && lazy.poll() != null; i++) {
                        taken++;
                    }
                    assertEquals(taken, lazy.index());
                    long first = journal.firstIndex();
                    assertTrue(first <= taken);
                    deletions -= first > before ? 1 : 0;
                    before = first;
                }
                untilAnyMoment();
                child.kill9();
                long first = journal.firstIndex();
                deleted = Math.max(deleted, first);
                int begun = mine.begun();
                Until.isTrue("others append, seed " + seed, () -> appends.isDone() || mine.begun() > begun + 50);
                assertEquals(first, journal.firstIndex());
                assertTrue(first <= taken, first + " is the first, " + taken + " is needed");
            }
            mine.stop();
            appends.get();
            long end = journal.append("end");
            assertEquals(end, tails.get());
            assertEquals(end + 1 - journal.firstIndex(), all(journal).size());
            assertTrue(deleted > 0, "nothing was deleted");
            while (lazy.poll() != null) {
                taken++;
            }
            assertEquals(end + 1, taken);
            report(deaths + " retaining processes killed, " + end + " messages, " + deleted + " deleted, seed " + seed);
        }
    }

    @Nested
    class CreatorKilled {

        @Test
        void isSucceededAtOnce() {
            create(4);
        }

        @Tag("proof")
        @RepeatedTest(4)
        void manyTimesIsSucceededAtOnce() {
            create(30);
        }

        private void create(int deaths) {
            long longest = 0;
            int unborn = 0;
            for (int life = 1; life <= deaths; life++) {
                ChildJvm child = CHILDREN.next(dirs);
                String begin = "c" + life + "-";
                child.send("create-load " + dirs.directory() + " " + begin).expectLine("loads");
                Until.isTrue("some were made", () -> Files.exists(dirs.path(begin + "2")));
                untilAnyMoment();
                child.kill9();
                int last = 2;
                while (Files.exists(dirs.path(begin + (last + 1)))) {
                    last++;
                }
                long killed = System.nanoTime();
                try (IpcJournal<String> journal = IpcJournal.openOrCreate(dirs.path(begin + last), Codec.utf8())) {
                    long end = journal.append("second");
                    longest = Math.max(longest, System.nanoTime() - killed);
                    assertTrue(end == 0 || end == 1);
                    unborn += end == 0 ? 1 : 0;
                    assertEquals(end == 0 ? List.of("second") : List.of("first", "second"), all(journal));
                }
            }
            report(deaths + " creators killed, " + unborn + " before the first message; the next one had appended "
                    + millis(longest) + " later at most, seed " + seed);
        }
    }

    @Nested
    class MoverKilled {

        @Test
        void movesEachMessageOnce() throws Exception {
            move(3);
        }

        @Tag("proof")
        @RepeatedTest(4)
        void manyTimesMovesEachMessageOnce() throws Exception {
            move(30);
        }

        private void move(int deaths) throws Exception {
            IpcJournal<String> journal = open(Roll.SECOND);
            Segment segment = dirs.closeLater(Segment.create(dirs.path("s")));
            IpcQueue<String> queue = IpcQueue.create(segment, "queue", Codec.utf8(), Capacity.items(64));
            LoadLog puts = new LoadLog(dirs.path("log-0"));
            FutureTask<Integer> putter = async(() -> {
                int count = 0;
                while (!puts.isStopped()) {
                    queue.put(Integer.toString(count));
                    count++;
                }
                return count;
            });
            List<ChildJvm> movers = new ArrayList<>();
            for (int life = 1; life <= deaths + 1; life++) {
                ChildJvm child = child(Roll.SECOND);
                child.send("move-load " + dirs.path("s") + " " + random.nextLong() + " " + dirs.path("log-" + life))
                        .expectLine("loads");
                movers.add(child);
                if (life > 1) {
                    untilAnyMoment();
                    long before = journal.endIndex();
                    movers.remove(random.nextInt(2)).kill9();
                    Until.isTrue("the other one moves, seed " + seed,
                            () -> journal.endIndex() > before + 100 || movers.get(0).hasLine());
                }
            }
            puts.stop();
            int count = putter.get();
            Until.isTrue("everything was moved", () -> queue.isEmpty() || movers.get(0).hasLine());
            assertFalse(movers.get(0).hasLine(), movers.get(0)::nextLine);
            movers.get(0).kill9();
            List<String> all = all(journal);
            for (int i = 0; i < count; i++) {
                assertEquals(Integer.toString(i), all.get(i));
            }
            assertEquals(count, all.size());
            report(deaths + " movers killed, " + count + " messages, seed " + seed);
        }
    }
}
