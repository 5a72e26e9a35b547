package io.interlock.stress.kill;

import io.interlock.journal.IpcJournal;
import io.interlock.journal.JournalTailer;
import io.interlock.journal.Roll;
import io.interlock.journal.TailerInfo;
import io.interlock.journal.error.TailerInUseException;
import java.util.Optional;

/**
 * Reads a journal by a tailer with a name. The name is the process's until it closes the tailer or dies; who opens it
 * next goes on at the position that could be seen when it died.
 */
final class JournalTailerDeed extends JournalDeed {

    private static final String NAME = "billing";
    private static final String NEW_NAME = "audit";

    private final Operation operation;
    private Optional<TailerInfo> known = Optional.empty();
    private Optional<TailerInfo> added = Optional.empty();

    /** What is done; from where to where the tailer goes. */
    enum Operation {
        OPEN("journal-tailer-opening", 1, 1), TAKE("journal-tailer-taking", 0, 2), MOVE("journal-tailer-moving", 2, 0);

        final String row;
        private final int begin;
        private final int end;

        Operation(String row, int begin, int end) {
            this.row = row;
            this.begin = begin;
            this.end = end;
        }
    }

    JournalTailerDeed(Operation operation) {
        super(Roll.DAY);
        this.operation = operation;
    }

    @Override
    void prepare(IpcJournal<Long> made) throws Exception {
        super.prepare(made);
        try (JournalTailer<Long> tailer = made.tailer(NAME)) {
            tailer.moveTo(operation.begin);
        }
    }

    @Override
    void act(IpcJournal<Long> mine, Stage stage) throws Exception {
        switch (operation) {
            case OPEN -> {
                stage.is(operation.row);
                mine.tailer(NAME);
                mine.tailer(NEW_NAME);
                stage.over();
            }
            case TAKE -> {
                JournalTailer<Long> tailer = mine.tailer(NAME);
                stage.is(operation.row);
                check(tailer.take().equals(THERE.get(0)), "the first message is not the first one");
                check(tailer.take().equals(THERE.get(1)), "the second message is not the second one");
                tailer.commit();
                stage.is("journal-tailer-closing");
                tailer.close();
            }
            case MOVE -> {
                JournalTailer<Long> tailer = mine.tailer(NAME);
                stage.is(operation.row);
                tailer.moveTo(operation.end);
            }
        }
    }

    private Optional<TailerInfo> info(String name) {
        return journal().tailers().stream().filter(tailer -> tailer.name().equals(name)).findFirst();
    }

    @Override
    void look(Where where) throws Exception {
        known = info(NAME);
        added = info(NEW_NAME);
        long position = known.orElseThrow().position();
        boolean between = position >= Math.min(operation.begin, operation.end)
                && position <= Math.max(operation.begin, operation.end);
        check(between, "in the middle of it the tailer is at " + position);
        check(operation == Operation.OPEN || where.isIn("journal-tailer-closing") || known.get().inUse(),
                "the name does not belong to a process that uses it");
        super.look(where);
    }

    @Override
    String whileStopped() throws Exception {
        String seen = super.whileStopped();
        if (known.orElseThrow().inUse()) {
            checkInUse();
            return seen + "; the name stays in use";
        }
        if (!isOwned()) {
            journal().tailer(NAME).close();
        }
        return seen;
    }

    private void checkInUse() {
        try {
            journal().tailer(NAME).close();
        } catch (TailerInUseException e) {
            return;
        }
        throw new AssertionError("the tailer was taken from a process that is stopped");
    }

    @Override
    String judge(Fate fate) {
        long position = fate == Fate.DIED ? known.orElseThrow().position() : operation.end;
        checkNext(NAME, position);
        if (operation == Operation.OPEN) {
            checkNext(NEW_NAME, 0);
        }
        return fate == Fate.DIED ? "the name is free; the next one goes on where it stopped" : "what it did is done";
    }

    /** Who opens it next. */
    private void checkNext(String name, long position) {
        try (JournalTailer<Long> next = journal().tailer(name)) {
            check(next.index() == position, "the next tailer \"" + name + "\" begins at " + next.index()
                    + ", expected " + position);
            for (long index = position; index < THERE.size(); index++) {
                Long message = next.poll();
                check(THERE.get((int) index).equals(message), "at index " + index + " it finds " + message);
            }
        }
    }
}
