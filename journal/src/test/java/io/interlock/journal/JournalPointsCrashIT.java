package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process is killed before each change that it makes to shared memory, one after the other. */
@Tag("proof")
class JournalPointsCrashIT {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private IpcJournal<String> journal;
    private final List<String> expected = new ArrayList<>();

    @BeforeEach
    void open() {
        journal = dirs.closeLater(IpcJournal.create(dirs.path("j"), Codec.utf8()));
        append("first");
        append("second");
    }

    private void append(String message) {
        assertEquals(journal.firstIndex() + expected.size(), journal.append(message));
        expected.add(message);
    }

    private ChildJvm child() {
        ChildJvm child = dirs.closeLater(JournalChild.builder().with("-Dinterlock.crashPoints=true").start());
        child.expectLine("ready");
        return Children.open(child, dirs.path("j"), Roll.DAY);
    }

    /** What the others find after the death, or the end, of a process. */
    @FunctionalInterface
    private interface Check {

        void after(boolean died) throws InterruptedException;
    }

    /** Kills a process before each change that this command makes. */
    private void killBeforeEachChange(String command, List<String> before, Check check) throws InterruptedException {
        int point = 0;
        boolean died;
        do {
            ChildJvm child = child();
            before.forEach(child::ask);
            if (!command.startsWith("move ")) {
                child.ask("arm " + point, "armed");
            }
            String answer = child.ask(command + (command.startsWith("move ") ? " " + point : ""));
            died = answer.equals("stays");
            if (died) {
                child.kill9();
            } else {
                child.ask("arm -1", "armed");
                child.ask("close", "closed");
            }
            check.after(died);
            child.close();
            point++;
        } while (died);
        System.out.println(command.replaceAll("/.*", "") + ": killed at " + (point - 1) + " points");
        assertTrue(point > 1, "no change was seen");
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        journal.replay(journal.firstIndex(), (index, message) -> all.add(message));
        return all;
    }

    /** All of these messages were appended, or none, and others append. */
    private void checkAppended(boolean died, List<String> messages) {
        long index = journal.append("after");
        List<String> all = all();
        boolean there = all.size() == expected.size() + messages.size() + 1;
        assertTrue(there || died);
        if (there) {
            expected.addAll(messages);
        }
        expected.add("after");
        assertEquals(expected, all);
        assertEquals(journal.firstIndex() + expected.size() - 1, index);
    }

    @Test
    void appending() throws InterruptedException {
        killBeforeEachChange("append doomed", List.of(), died -> checkAppended(died, List.of("doomed")));
    }

    @Test
    void appendingABatch() throws InterruptedException {
        killBeforeEachChange("append-all x y z", List.of(), died -> checkAppended(died, List.of("x", "y", "z")));
    }

    @Test
    void beginningAFile() throws InterruptedException {
        killBeforeEachChange("append doomed", List.of("roll"), died -> checkAppended(died, List.of("doomed")));
    }

    @Test
    void openingAJournal() throws InterruptedException {
        killBeforeEachChange("open " + dirs.path("j") + " DAY", List.of("close"), died -> checkAppended(died, List
                .of()));
    }

    @Test
    void openingATailer() throws InterruptedException {
        killBeforeEachChange("tailer t", List.of(), died -> {
            try (JournalTailer<String> tailer = journal.tailer("t")) {
                assertEquals("first", tailer.poll());
            }
            assertTrue(journal.forgetTailer("t"));
            checkAppended(died, List.of());
        });
    }

    @Test
    void takingAndCommitting() throws InterruptedException {
        for (String command : List.of("take", "commit", "move-to 0")) {
            killBeforeEachChange(command, List.of("tailer t", "take"), died -> {
                try (JournalTailer<String> tailer = journal.tailer("t")) {
                    long index = tailer.index();
                    assertTrue(died && index == 0 || index == (command.startsWith("move-to") ? 0 : 1), "at " + index);
                    assertEquals(expected.get((int) index), tailer.poll());
                }
                assertTrue(journal.forgetTailer("t"));
                checkAppended(died, List.of());
            });
        }
    }

    @Test
    void deleting() throws InterruptedException {
        killBeforeEachChange("retain", List.of("roll", "append next"), died -> {
            expected.add("next");
            long before = journal.endIndex() - expected.size();
            long gone = journal.firstIndex() - before;
            assertTrue(gone == 0 || gone == expected.size() - 1, gone + " of " + expected);
            assertTrue(died || gone > 0);
            expected.subList(0, (int) gone).clear();
            checkAppended(died, List.of());
        });
    }

    @Test
    void moving() throws InterruptedException {
        Segment segment = dirs.closeLater(Segment.create(dirs.path("s")));
        IpcQueue<String> queue = IpcQueue.create(segment, "queue", Codec.utf8(), Capacity.items(8));
        killBeforeEachChange("move " + dirs.path("s"), List.of(), died -> {
            List<String> batch = List.of("a", "b", "c");
            while (journal.appendFrom(queue, 2, 1, TimeUnit.MILLISECONDS) > 0) {
                continue;
            }
            assertTrue(queue.isEmpty());
            int begin = expected.size();
            List<String> found = all();
            found = found.subList(begin, found.size());
            expected.addAll(found);
            assertEquals(found.isEmpty() ? List.of() : batch, found);
            checkAppended(died, List.of());
            queue.putAll(batch);
        });
    }
}
