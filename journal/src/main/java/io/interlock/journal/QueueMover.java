package io.interlock.journal;

import io.interlock.core.format.HeaderLayout;
import io.interlock.core.object.Directory;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Mem;
import io.interlock.journal.error.JournalDamagedException;
import io.interlock.journal.store.Excerpt;
import io.interlock.journal.store.ExcerptReader;
import io.interlock.memory.EncodeBuffer;
import io.interlock.memory.IpcQueue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Moves messages from one queue to a journal. */
final class QueueMover {

    /* Design.
     *
     * The batch bears the number of the queue and its position in that queue. Holding the queue's consuming side:
     *   1. look at the excerpt at "intent", if there is one: does it bear this position of this queue? Then it is this
     *      batch, which somebody has appended who died before 2: go to 2
     *   1a. else lock the journal; intent = the index that the batch will get; append; unlock
     *   2. let the queue commit: the messages are gone from it
     *   3. take the intent back, unless somebody has stored another one
     * Killed before the append of 1a: nothing has happened; at "intent" is nothing, or somebody else's excerpt, which
     * does not bear the same number and position. Killed between append and 2: see 1. Killed after 2: the queue stands
     * elsewhere, so the intent means nothing.
     *
     * Retention may delete the file before somebody has come to 1. So it looks before, holding the journal's lock: if
     * at "intent" is a batch of that queue, its position and its length are noted beside, then intent = "noted". Killed
     * in between, the intent is what it was.
     *
     * A position is used again after 2^31 messages that also have 32 GiB together, to the byte; an intent would have to
     * outlive that.
     */

    private final SharedJournal journal;
    private final IpcQueue<?> queue;
    private final Mem mem;
    private final int source;
    private final long intentPlace;
    private final long originPlace;
    private final long countPlace;

    QueueMover(SharedJournal journal, IpcQueue<?> queue) {
        this.journal = journal;
        this.queue = queue;
        this.mem = journal.context().mem;
        SharedBlock block = journal.segment().directory().openOrCreate(
                SourceLayout.request(nameOf(queue), journal.id()));
        this.source = block.id();
        this.intentPlace = mem.place(block.offset() + SourceLayout.INTENT_OFFSET, Long.BYTES);
        this.originPlace = mem.place(block.offset() + SourceLayout.ORIGIN_OFFSET, Long.BYTES);
        this.countPlace = mem.place(block.offset() + SourceLayout.COUNT_OFFSET, Long.BYTES);
    }

    /** The same in all processes, and never that of another queue. */
    private static String nameOf(IpcQueue<?> queue) {
        Mem mem = queue.segment().context().mem;
        UUID segment = new UUID(mem.getLong(HeaderLayout.UUID_OFFSET), mem.getLong(HeaderLayout.UUID_OFFSET + 8));
        queue.segment().context().checkOpen();
        return segment + "#" + queue.id();
    }

    /** How many messages have left the queue. */
    int move(int max, long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = journal.deadline(unit.toNanos(timeout));
        long[] intent = {SourceLayout.NOTHING};
        int moved = queue.transfer(Integer.MAX_VALUE, timeout, unit, (messages, position) -> {
            int there = alreadyAppended(position);
            return there > 0 ? there
                    : append(messages.subList(0, Math.min(max, messages.size())), position, deadline, intent);
        });
        mem.casLong(intentPlace, intent[0], SourceLayout.NOTHING);
        return moved;
    }

    /** How many messages the batch has that bears this position of this queue, if it is there. */
    private int alreadyAppended(long position) {
        while (true) {
            long intent = mem.getLongVolatile(intentPlace);
            if (intent == SourceLayout.NOTED) {
                return mem.getLong(originPlace) == position ? (int) mem.getLong(countPlace) : 0;
            }
            byte[] batch = batchAt(journal, source, intent);
            if (batch != null) {
                return Excerpt.originOf(batch) == position ? Excerpt.countOf(batch) : 0;
            }
            if (mem.getLongVolatile(intentPlace) == intent) { // else it was noted, and deleted, before the look
                return 0;
            }
        }
    }

    /** The batch of a queue that begins at this index; null if it does not. */
    private static byte[] batchAt(SharedJournal journal, int source, long index) {
        if (index < 0) {
            return null;
        }
        try (ExcerptReader reader = journal.reader()) {
            reader.seek(index);
            byte[] excerpt = reader.load() ? reader.bytes() : null;
            return excerpt != null && Excerpt.firstOf(excerpt) == index && Excerpt.sourceOf(excerpt) == source
                    ? excerpt : null;
        }
    }

    /** Holding the journal's lock, before files are deleted: what a later mover will have to know of them. */
    static void noteNewestBatches(SharedJournal journal) {
        Directory directory = journal.segment().directory();
        for (int id = 1; id <= directory.size(); id++) {
            SharedBlock block = directory.byId(id);
            if (block.parent() == journal.id() && block.type() == TypeCodes.SOURCE) {
                noteNewestBatch(journal, block);
            }
        }
    }

    private static void noteNewestBatch(SharedJournal journal, SharedBlock block) {
        Mem mem = journal.context().mem;
        int offset = block.offset();
        byte[] batch;
        try {
            batch = batchAt(journal, block.id(), mem.getLongVolatile(offset + SourceLayout.INTENT_OFFSET));
        } catch (JournalDamagedException e) {
            return; // whose it was nobody can tell any more
        }
        if (batch != null) {
            mem.putLong(offset + SourceLayout.ORIGIN_OFFSET, Excerpt.originOf(batch));
            mem.putLong(offset + SourceLayout.COUNT_OFFSET, Excerpt.countOf(batch));
            mem.putLongVolatile(offset + SourceLayout.INTENT_OFFSET, SourceLayout.NOTED);
        }
    }

    /** How many were appended: all, or none if the journal was not free in time. */
    private int append(List<ByteBuffer> messages, long position, long deadline, long[] intent)
            throws InterruptedException {
        EncodeBuffer excerpt = EncodeBuffer.borrow();
        try {
            Excerpt.begin(excerpt, source, position);
            messages.forEach(message -> Excerpt.add(excerpt, message));
            journal.requireFits(excerpt, messages.size());
            long first = journal.append(excerpt, messages.size(), deadline, true, index -> {
                intent[0] = index;
                mem.putLongVolatile(intentPlace, index);
            });
            return first < 0 ? 0 : messages.size();
        } finally {
            excerpt.giveBack();
        }
    }
}
