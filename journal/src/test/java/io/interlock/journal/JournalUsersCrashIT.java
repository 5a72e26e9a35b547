package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.testing.ChildJvm;
import io.interlock.journal.error.TailerInUseException;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.sync.Until;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process is killed while it reads a journal, deletes its files, makes it, or moves messages to it. */
class JournalUsersCrashIT extends JournalCrashFixture {

    @Nested
    class TailerKilled {

        @Test
        void comesBackWhereItStopped() throws Exception {
            follow(2);
        }

        @Tag("proof")
        @RepeatedTest(2)
        void manyTimesComesBackWhereItStopped() throws Exception {
            follow(20);
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
            retain(1);
        }

        @Tag("proof")
        @RepeatedTest(3)
        void manyTimesLeavesTheNewerFilesAndThoseThatAreNeeded() throws Exception {
            retain(12);
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
            create(2);
        }

        @Tag("proof")
        @RepeatedTest(3)
        void manyTimesIsSucceededAtOnce() {
            create(15);
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
            move(2);
        }

        @Tag("proof")
        @RepeatedTest(3)
        void manyTimesMovesEachMessageOnce() throws Exception {
            move(12);
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
