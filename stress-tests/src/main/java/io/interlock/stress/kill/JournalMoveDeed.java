package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.journal.IpcJournal;
import io.interlock.journal.Roll;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Moves three messages from a queue to a journal; each gets there once, whoever moves them again. */
final class JournalMoveDeed extends JournalDeed {

    private static final List<Long> MOVED = List.of(11L, 12L, 13L);
    private static final List<Long> AND_MOVED = List.of(1L, 2L, 3L, 11L, 12L, 13L);
    private static final long PUT_MEANWHILE = 14;

    private Segment queueSegment;
    private IpcQueue<Long> queue;
    private boolean wasPut;

    JournalMoveDeed() {
        super(Roll.DAY);
    }

    /** Where the queue is. */
    static Path queueOf(Path directory) {
        return directory.resolveSibling("queue");
    }

    @Override
    void prepare(IpcJournal<Long> made) throws Exception {
        super.prepare(made);
        queueSegment = Segment.create(queueOf(made.directory()), SegmentOptions.defaults().withSizeBytes(1 << 20));
        queue = IpcQueue.create(queueSegment, "queue", Codec.int64());
        queue.putAll(MOVED);
    }

    @Override
    void act(IpcJournal<Long> mine, Stage stage) throws Exception {
        try (Segment opened = Segment.open(queueOf(mine.directory()))) {
            IpcQueue<Long> its = IpcQueue.open(opened, "queue", Codec.int64());
            stage.knows(opened);
            stage.is("journal-moving");
            mine.appendFrom(its, MOVED.size());
            stage.over();
        }
    }

    @Override
    void look(Where where) throws Exception {
        super.look(where);
        check(seen().equals(AND_MOVED) || new ArrayList<>(queue).equals(MOVED),
                "in the middle of it there is " + seen() + " in the journal, and in the queue " + queue);
    }

    @Override
    boolean mayBeSeen(List<Long> messages) {
        return messages.equals(THERE) || messages.equals(AND_MOVED);
    }

    @Override
    String whileStopped() throws Exception {
        ObjectDeed.must("room", (time, unit) -> queue.offer(PUT_MEANWHILE, time, unit));
        wasPut = true;
        return super.whileStopped();
    }

    @Override
    List<Long> last() {
        return AND_MOVED;
    }

    @Override
    List<Long> leftOf(List<Long> before) {
        List<Long> all = new ArrayList<>(AND_MOVED);
        if (wasPut) {
            all.add(PUT_MEANWHILE);
        }
        return all;
    }

    @Override
    String judge(Fate fate) throws Exception {
        int moved = 1;
        while (moved > 0) {
            moved = journal().appendFrom(queue, 2, 0, TimeUnit.NANOSECONDS);
        }
        check(queue.isEmpty(), "there is " + queue + " in the queue, but it cannot be moved");
        return fate == Fate.FINISHED ? "what it did is done" : "others move the rest; each message gets there once";
    }

    @Override
    void close() {
        super.close();
        if (queueSegment != null) {
            queueSegment.unlink();
            queueSegment.close();
        }
    }
}
