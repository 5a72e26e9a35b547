package io.interlock.stress.kill;

import io.interlock.journal.IpcJournal;
import io.interlock.journal.Roll;
import java.util.List;

/** Appends to a journal. */
final class JournalAppendDeed extends JournalDeed {

    private static final List<Long> AND_FIRST = List.of(1L, 2L, 3L, FIRST);
    private static final List<Long> AND_BOTH = List.of(1L, 2L, 3L, FIRST, SECOND);

    private final Operation operation;

    /** What is appended, and where. */
    enum Operation {
        APPEND("journal-appending", Roll.DAY, AND_FIRST), BATCH("journal-batch-appending", Roll.DAY, AND_BOTH),
        ROLL("journal-rolling", Roll.SECOND, AND_FIRST);

        final String row;
        private final Roll roll;
        private final List<Long> outcome;

        Operation(String row, Roll roll, List<Long> outcome) {
            this.row = row;
            this.roll = roll;
            this.outcome = outcome;
        }
    }

    JournalAppendDeed(Operation operation) {
        super(operation.roll);
        this.operation = operation;
    }

    @Override
    void act(IpcJournal<Long> mine, Stage stage) throws Exception {
        if (operation == Operation.ROLL) {
            awaitNextFile(mine.directory());
        }
        stage.is(operation.row);
        if (operation == Operation.BATCH) {
            mine.appendAll(List.of(FIRST, SECOND));
        } else {
            mine.append(FIRST);
        }
    }

    @Override
    boolean mayBeSeen(List<Long> messages) {
        return messages.equals(THERE) || messages.equals(operation.outcome);
    }

    @Override
    List<Long> last() {
        return operation.outcome;
    }

    @Override
    String judge(Fate fate) {
        return fate == Fate.FINISHED ? "what it did is done"
                : seen().equals(THERE) ? "it appended nothing; others append"
                : "what it appended is there, whole; others append";
    }
}
