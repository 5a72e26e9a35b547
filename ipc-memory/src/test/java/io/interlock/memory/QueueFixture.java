package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.TestDirs;
import io.interlock.sync.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test of queues on two handles of one segment. */
abstract class QueueFixture {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    Segment segment;
    Segment other;

    @BeforeEach
    final void openTwice() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
        other = dirs.closeLater(Segment.open(dirs.path("s")));
    }

    /** Makes the queue "q" of whole numbers, with so many places; half its bytes are enough for all of them. */
    final IpcQueue<Integer> numbers(int capacity) {
        return IpcQueue.create(segment, "q", Codec.int32(), Capacity.items(capacity).bytesEach(24));
    }

    /** The queue of {@link #numbers} through the other handle. */
    final IpcQueue<Integer> sameNumbers() {
        return IpcQueue.open(other, "q", Codec.int32());
    }

    /** Makes the queue "q" of byte arrays, with so many bytes and any number of places. */
    final IpcQueue<byte[]> bytes(int capacity) {
        return IpcQueue.create(segment, "q", Codec.bytes(), Capacity.bytes(capacity));
    }

    /** The queue of {@link #bytes} through the other handle. */
    final IpcQueue<byte[]> sameBytes() {
        return IpcQueue.open(other, "q", Codec.bytes());
    }

    /** Fills a queue of bytes with messages of one length until there is no room; how many there were. */
    static int fill(IpcQueue<byte[]> queue, int lengthBytes) {
        int count = 0;
        while (queue.offer(new byte[lengthBytes])) {
            count++;
        }
        return count;
    }

    static <E> List<E> emptied(IpcQueue<E> queue) {
        List<E> all = new ArrayList<>();
        queue.drainTo(all);
        assertTrue(queue.isEmpty());
        return all;
    }

    static <E> void assertHolds(IpcQueue<E> queue, List<E> elements) {
        assertEquals(elements, new ArrayList<>(queue));
        assertEquals(elements.size(), queue.size());
    }

    final void awaitAsleep(Async<?> call) {
        Until.isTrue("the thread sleeps", () -> isAsleep(call.thread()));
        assertFalse(call.isDone());
    }

    final boolean isAsleep(Thread thread) {
        return isAsleep(segment, thread);
    }

    static boolean isAsleep(Segment in, Thread thread) {
        AtomicBoolean asleep = new AtomicBoolean();
        in.context().self.forEach(record -> {
            if (record.thread == thread && record.parkedOffset() != ThreadRecord.NOT_PARKED) {
                asleep.set(true);
            }
        });
        return asleep.get();
    }

    static void assertNames(Throwable thrown, Object... words) {
        for (Object word : words) {
            assertTrue(thrown.getMessage().contains(word.toString()), () -> word + " in: " + thrown.getMessage());
        }
    }
}
