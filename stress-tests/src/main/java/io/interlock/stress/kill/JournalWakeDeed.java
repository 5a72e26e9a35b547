package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.journal.IpcJournal;
import io.interlock.journal.JournalOptions;
import io.interlock.journal.JournalTailer;
import io.interlock.journal.Roll;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.nio.file.Path;
import java.util.List;

/**
 * Appends what a survivor sleeps for in {@code take()}. If it dies between appending and waking, the survivor has to
 * find it by itself; nobody touches the journal meanwhile.
 */
final class JournalWakeDeed extends Deed {

    private static final long FIRST = 100;

    private final Operation operation;
    private IpcJournal<Long> journal;
    private Segment queueSegment;
    private JournalTailer<Long> onlooker;
    private Survivor<Long> survivor;
    private boolean given;

    /** How it is appended. */
    enum Operation {
        APPEND("journal-appending"), ROLL("journal-rolling"), BATCH("journal-batch-appending"), MOVE("journal-moving");

        final String row;

        Operation(String row) {
            this.row = row;
        }
    }

    JournalWakeDeed(Operation operation) {
        this.operation = operation;
    }

    @Override
    void prepare(Path path) throws Exception {
        Roll roll = operation == Operation.ROLL ? Roll.SECOND : Roll.DAY;
        journal = IpcJournal.create(path, Codec.int64(), JournalOptions.defaults().withRoll(roll));
        journal.append(1L);
        if (operation == Operation.MOVE) {
            queueSegment = Segment.create(JournalMoveDeed.queueOf(path),
                    SegmentOptions.defaults().withSizeBytes(1 << 20));
            IpcQueue.create(queueSegment, "queue", Codec.int64()).put(FIRST);
        }
        onlooker = journal.tailer().toEnd();
        JournalTailer<Long> tailer = journal.tailer("sleeper").toEnd();
        survivor = Survivor.asleep(tailer::take);
    }

    @Override
    void act(Path path, Stage stage) throws Exception {
        try (IpcJournal<Long> mine = IpcJournal.open(path, Codec.int64()); Segment segment = JournalDeed.segment(
                path)) {
            stage.knows(segment);
            switch (operation) {
                case ROLL -> JournalDeed.awaitNextFile(path);
                case MOVE -> {
                    move(mine, stage);
                    return;
                }
                default -> {
                }
            }
            stage.is(operation.row);
            if (operation == Operation.BATCH) {
                mine.appendAll(List.of(FIRST, FIRST + 1));
            } else {
                mine.append(FIRST);
            }
            stage.over();
        }
    }

    private void move(IpcJournal<Long> mine, Stage stage) throws InterruptedException {
        try (Segment opened = Segment.open(JournalMoveDeed.queueOf(mine.directory()))) {
            IpcQueue<Long> queue = IpcQueue.open(opened, "queue", Codec.int64());
            stage.knows(opened);
            stage.is(operation.row);
            mine.appendFrom(queue, 1);
            stage.over();
        }
    }

    /** The onlooker is not closed afterwards: that would wake who sleeps. */
    @Override
    void look(Where where) {
        Long message = onlooker.poll();
        check(message == null || message == FIRST, "in the middle of it an onlooker sees " + message);
        given = message != null;
    }

    @Override
    Finding after(Fate fate) throws Exception {
        boolean came = given || fate == Fate.FINISHED || ObjectDeed.isDoneAfterASlice(survivor);
        if (!came) {
            journal.append(FIRST);
        }
        check(survivor.result() == FIRST, "something else came");
        return new Finding(came ? "who slept for it has it" : "it gave nothing; others do", survivor);
    }

    @Override
    void close() {
        if (journal != null) {
            journal.close();
        }
        if (queueSegment != null) {
            queueSegment.unlink();
            queueSegment.close();
        }
    }
}
