package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mover has died after its batch was in the journal, and before the queue was told. */
class QueueMoverTest {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private IpcJournal<String> journal;
    private IpcQueue<String> queue;

    @BeforeEach
    void open() throws InterruptedException {
        journal = dirs.closeLater(IpcJournal.create(dirs.path("j"), Codec.utf8()));
        Segment segment = dirs.closeLater(Segment.create(dirs.path("s")));
        queue = IpcQueue.create(segment, "q", Codec.utf8(), Capacity.items(8));
        queue.put("before");
        assertEquals(1, journal.appendFrom(queue, 10)); // makes what the journal keeps of the queue
        queue.putAll(List.of("a", "b", "c"));
        dieAfterTheAppend();
    }

    /** What a mover does with the first two messages; then the queue is not told. */
    private void dieAfterTheAppend() throws InterruptedException {
        SharedJournal shared = Inside.of(journal);
        QueueMover mover = new QueueMover(shared, queue);
        queue.transfer(10, 1, TimeUnit.SECONDS, (messages, positions) -> {
            assertEquals(2, mover.append(messages, positions, 2, shared.deadline(Long.MAX_VALUE)));
            return 0;
        });
        assertEquals(3, queue.size());
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        journal.replay(journal.firstIndex(), (index, message) -> all.add(index + message));
        return all;
    }

    @Test
    void itsBatchIsNotAppendedAgain() throws InterruptedException {
        assertEquals(2, journal.appendFrom(queue, 10));
        assertEquals(1, journal.appendFrom(queue, 10));
        assertTrue(queue.isEmpty());
        assertEquals(List.of("0before", "1a", "2b", "3c"), all());
    }

    @Test
    void itsBatchIsNotAppendedAgainAfterItsFileWasDeleted() throws InterruptedException {
        Inside.beginNewFile(journal);
        journal.append("meanwhile");
        assertEquals(1, journal.retain(Retention.beyond(0)).size());
        assertEquals(2, journal.appendFrom(queue, 10));
        assertEquals(1, journal.appendFrom(queue, 10));
        assertEquals(List.of("3meanwhile", "4c"), all());
        queue.put("d");
        assertFalse(journal.retain(Retention.beyond(0)).iterator().hasNext());
        assertEquals(1, journal.appendFrom(queue, 10));
        assertEquals(List.of("3meanwhile", "4c", "5d"), all());
    }

    @Test
    void whatWasTakenByAnotherMeanwhileIsNotAppendedAgainEither() throws InterruptedException {
        assertEquals("a", queue.take());
        assertEquals(1, journal.appendFrom(queue, 10));
        assertEquals(1, journal.appendFrom(queue, 10));
        assertEquals(List.of("0before", "1a", "2b", "3c"), all());
    }

    @Test
    void whatWasRemovedMeanwhileDoesNotMatter() throws InterruptedException {
        assertTrue(queue.remove("b"));
        assertEquals(1, journal.appendFrom(queue, 10));
        assertEquals(1, journal.appendFrom(queue, 10));
        assertTrue(queue.isEmpty());
        assertEquals(List.of("0before", "1a", "2b", "3c"), all());
    }

    @Test
    void whatComesAfterAClearIsAnotherMessage() throws InterruptedException {
        queue.clear();
        queue.putAll(List.of("d", "e"));
        assertEquals(2, journal.appendFrom(queue, 10));
        assertEquals(List.of("0before", "1a", "2b", "3d", "4e"), all());
    }

    @Test
    void itsBatchIsNotAppendedAgainByAnotherHandleOfTheQueueAndOfTheJournal() throws InterruptedException {
        try (Segment again = Segment.open(dirs.path("s"));
                IpcJournal<String> other = IpcJournal.open(dirs.path("j"), Codec.utf8())) {
            assertEquals(2, other.appendFrom(IpcQueue.open(again, "q", Codec.utf8()), 10));
        }
        assertEquals(List.of("0before", "1a", "2b"), all());
    }

    @Test
    void anotherQueueIsNotTakenForIt() throws InterruptedException {
        try (Segment another = Segment.create(dirs.path("s2"))) {
            IpcQueue<String> stranger = IpcQueue.create(another, "q", Codec.utf8(), Capacity.items(8));
            stranger.put("before");
            stranger.take();
            stranger.putAll(List.of("x", "y"));
            assertEquals(2, journal.appendFrom(stranger, 10));
        }
        assertEquals(2, journal.appendFrom(queue, 10));
        assertEquals(List.of("0before", "1a", "2b", "3x", "4y"), all());
    }

    @Test
    void manyQueuesOneAfterTheOtherNeedNoMorePlaces() throws InterruptedException {
        try (Segment another = Segment.create(dirs.path("many"))) {
            for (int i = 0; i < 3 * MovesLayout.PLACES; i++) {
                IpcQueue<String> stranger = IpcQueue.create(another, "q" + i, Codec.utf8(), Capacity.items(8));
                stranger.put("x");
                assertEquals(1, journal.appendFrom(stranger, 10));
            }
        }
        assertEquals(2, journal.appendFrom(queue, 10));
        assertEquals(3 + 3 * MovesLayout.PLACES, journal.endIndex());
    }
}
