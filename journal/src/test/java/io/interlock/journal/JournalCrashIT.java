package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Commands;
import io.interlock.sync.Until;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process is killed, or stopped, while it appends: at a known place, or at a random moment under load. */
class JournalCrashIT extends JournalCrashFixture {

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

        @Test
        void costsNothingThatWasAcknowledged() throws Exception {
            kill(2, Roll.SECOND, 300, 60_000, 300);
        }

        @Tag("proof")
        @Test
        void inOneFileCostsNothingThatWasAcknowledged() throws Exception {
            kill(10, Roll.DAY, 300, 60_000, 0);
        }

        @Tag("proof")
        @Test
        void whileFilesBeginAllTheTimeCostsNothingThatWasAcknowledged() throws Exception {
            kill(10, Roll.SECOND, 100, 100, 3);
        }

        @Tag("proof")
        @RepeatedTest(4)
        void manyTimesCostsNothingThatWasAcknowledged() throws Exception {
            Roll roll = random.nextBoolean() ? Roll.SECOND : Roll.DAY;
            kill(15, roll, 300, 200_000, random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(200));
        }

        @Tag("proof")
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

        @Tag("proof")
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
        @Test
        void killedLetsTheNextOneOpenTheJournal() throws Exception {
            openAfter("commit-stays");
        }

        @Tag("proof")
        @Test
        void killedBeforeTheCommitLetsTheNextOneOpenTheJournal() throws Exception {
            openAfter("append-stays");
        }

        private void openAfter(String command) throws Exception {
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

        @Tag("proof")
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
}
