package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.testing.TestDirs;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A ring full of large messages, most of which are removed from its middle. */
class IpcQueueRemovalTest {

    private static final int MESSAGE_CHARACTERS = 1000;

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private IpcQueue<String> queue;
    private int count;

    @BeforeEach
    void fill() {
        Segment segment = dirs.closeLater(Segment.create(dirs.path("s")));
        queue = IpcQueue.create(segment, Codec.utf8());
        while (queue.offer(message(count))) {
            count++;
        }
        Iterator<String> all = queue.iterator();
        all.next();
        for (int i = 1; i <= 200; i++) {
            assertEquals(message(i), all.next());
            all.remove();
        }
    }

    private static String message(int number) {
        return (number + ".").repeat(MESSAGE_CHARACTERS).substring(0, MESSAGE_CHARACTERS);
    }

    private static List<String> messages(int from, int to) {
        List<String> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            all.add(message(i));
        }
        return all;
    }

    @Test
    void leavesTheRestToABatch() throws InterruptedException {
        assertEquals(message(0), queue.poll());
        assertEquals(messages(201, 211), queue.takeUpTo(10));
        List<String> rest = new ArrayList<>();
        assertEquals(count - 211, queue.drainTo(rest));
        assertEquals(messages(211, count), rest);
        assertTrue(queue.isEmpty());
        assertFalse(queue.isShutDown());
    }

    @Test
    void leavesTheRestToABatchThatBeginsBeforeIt() throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (!queue.isEmpty()) {
            all.addAll(queue.takeUpTo(1000));
        }
        assertEquals(message(0), all.get(0));
        assertEquals(messages(201, count), all.subList(1, all.size()));
    }

    @Test
    void freesTheBytesWhenNoOlderMessageIsLeft() {
        assertFalse(queue.offer(message(count)), "the oldest is still there");
        assertEquals(message(0), queue.poll());
        for (int i = 0; i < 200; i++) {
            assertTrue(queue.offer(message(count + i)), "message " + i);
        }
        assertEquals(count - 201 + 200, queue.size());
    }
}
