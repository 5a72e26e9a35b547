package io.interlock.stress.kill;

import io.interlock.journal.IpcJournal;
import io.interlock.journal.Roll;
import io.interlock.journal.error.JournalNotFoundException;
import io.interlock.journal.store.JournalDirectory;
import io.interlock.memory.Codec;
import java.util.List;

/** Removes a journal. */
final class JournalUnlinkDeed extends JournalDeed {

    private static final long NOT_APPENDED = -1;

    JournalUnlinkDeed() {
        super(Roll.DAY);
    }

    @Override
    void act(IpcJournal<Long> mine, Stage stage) {
        stage.is("journal-unlinking");
        IpcJournal.unlink(mine.directory());
        stage.over();
    }

    /** Or finds that it is gone: then its files are as well. */
    @Override
    List<Long> readAll() {
        try {
            return super.readAll();
        } catch (JournalNotFoundException e) {
            return List.of();
        }
    }

    @Override
    boolean mayBeSeen(List<Long> messages) {
        return super.mayBeSeen(messages)
                || messages.isEmpty() && !JournalDirectory.of(directory()).hasJournal();
    }

    /** Or finds that it is gone. */
    @Override
    long append(IpcJournal<Long> its) {
        try {
            return super.append(its);
        } catch (JournalNotFoundException e) {
            return NOT_APPENDED;
        }
    }

    @Override
    String judge(Fate fate, long index) {
        boolean exists = JournalDirectory.of(directory()).hasJournal();
        check(exists || index == NOT_APPENDED || fate == Fate.FINISHED, "somebody appended to what is gone");
        check(!exists || fate == Fate.DIED, "the journal was not removed");
        try (IpcJournal<Long> next = IpcJournal.openOrCreate(directory(), Codec.int64())) {
            boolean isOld = exists && index != NOT_APPENDED;
            long appended = isOld ? index : super.append(next);
            List<Long> left = rest(next, appended);
            List<Long> expected = isOld ? THERE : List.of();
            check(left.equals(expected), "there is " + left + ", expected " + expected);
        }
        return fate == Fate.FINISHED ? "what it did is done" : judge(fate);
    }

    @Override
    String judge(Fate fate) {
        return "it is there as it was, or gone; others use it, or make another one";
    }
}
