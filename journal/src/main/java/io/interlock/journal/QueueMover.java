package io.interlock.journal;

import io.interlock.core.format.HeaderLayout;
import io.interlock.core.port.Mem;
import io.interlock.journal.store.Excerpt;
import io.interlock.memory.EncodeBuffer;
import io.interlock.memory.IpcQueue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Moves one batch of messages from a queue to a journal. */
final class QueueMover {

    /* Design.
     *
     * Holding the queue's consuming side:
     *   1. lock the journal. Has somebody appended the oldest messages already, who died before 2? Then go to 2 with
     *      these. Else note what is moved and to where, append; unlock                                 (Moves)
     *   2. let the queue commit: the messages are gone from it
     *   3. take the note back
     * Killed before the append of 1: nothing has happened. Between append and 2: the note says so to whoever moves from
     * that queue next, by the positions of its messages in the queue's stream, which do not change when others are
     * taken or removed, or when the queue puts itself right after the death. Killed after 2: the positions are others.
     *
     * Positions come again after 32 GiB; a note would have to outlive that, to the byte.
     */

    private final SharedJournal journal;
    private final Moves moves;
    private final IpcQueue<?> queue;
    private final Moves.QueueId id;
    private int place;
    private long index = -1;

    QueueMover(SharedJournal journal, IpcQueue<?> queue) {
        this.journal = journal;
        this.moves = journal.moves();
        this.queue = queue;
        this.id = idOf(queue);
    }

    /** The same in all processes, and never that of another queue. */
    private static Moves.QueueId idOf(IpcQueue<?> queue) {
        Mem mem = queue.segment().context().mem;
        Moves.QueueId id = new Moves.QueueId(mem.getLong(HeaderLayout.UUID_OFFSET),
                mem.getLong(HeaderLayout.UUID_OFFSET + Long.BYTES), queue.id());
        queue.segment().context().checkOpen();
        return id;
    }

    /** How many messages have left the queue. */
    int move(int max, long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = journal.deadline(unit.toNanos(timeout));
        int moved = queue.transfer(Integer.MAX_VALUE, timeout, unit, (messages, positions) -> append(
                messages, positions, max, deadline));
        if (index >= 0) {
            moves.end(place, index);
        }
        return moved;
    }

    /**
     * How many of the oldest messages may leave: those that have been appended already, or else those that are now; 0
     * if the journal was not free in time.
     */
    int append(List<ByteBuffer> messages, int[] positions, int max, long deadline)
            throws InterruptedException {
        int count = Math.min(max, messages.size());
        EncodeBuffer excerpt = EncodeBuffer.borrow();
        try {
            Excerpt.begin(excerpt);
            messages.subList(0, count).forEach(message -> Excerpt.add(excerpt, message));
            journal.requireFits(excerpt, count);
            return (int) journal.exclusively(journal.untilNanos(deadline), true, () -> {
                int there = moves.alreadyAppended(id, positions);
                return there > 0 ? there : append(excerpt, count, positions[0], positions[count]);
            }, 0);
        } finally {
            excerpt.giveBack();
        }
    }

    private int append(EncodeBuffer excerpt, int count, int begin, int end) {
        long first = journal.end();
        journal.write(excerpt, Excerpt.crcOf(excerpt.bytes(), excerpt.size()), count, first,
                () -> place = moves.begin(id, begin, end, first));
        index = first;
        return count;
    }
}
