package io.interlock.stress.kill;

import io.interlock.journal.IpcJournal;
import io.interlock.journal.JournalTailer;
import io.interlock.journal.Retention;
import io.interlock.journal.Roll;
import java.nio.file.Path;
import java.util.List;

/**
 * Deletes the older one of two files of a journal. A named tailer needs the newer one, also if a survivor has begun a
 * third one meanwhile.
 */
final class JournalRetainDeed extends JournalDeed {

    private static final List<Long> NEWER = THERE.subList(2, 3);

    private long firstIndex;

    JournalRetainDeed() {
        super(Roll.SECOND);
    }

    @Override
    void prepare(IpcJournal<Long> made) throws Exception {
        made.appendAll(THERE.subList(0, 2));
        awaitNextFile(made.directory());
        made.appendAll(NEWER);
        try (JournalTailer<Long> keeper = made.tailer("keeper")) {
            keeper.moveTo(2);
        }
    }

    @Override
    void act(IpcJournal<Long> mine, Stage stage) {
        stage.is("journal-deleting");
        List<Path> deleted = mine.retain(Retention.beyond(0));
        check(!deleted.isEmpty(), "nothing was deleted");
    }

    @Override
    void look(Where where) throws Exception {
        firstIndex = journal().firstIndex();
        super.look(where);
    }

    @Override
    boolean mayBeSeen(List<Long> messages) {
        return messages.equals(firstIndex == 0 ? THERE : NEWER);
    }

    @Override
    List<Long> last() {
        return NEWER;
    }

    @Override
    String judge(Fate fate) {
        return fate == Fate.FINISHED ? "what it did is done"
                : firstIndex == 0 ? "nothing is gone; others append" : "the older file is gone; others append";
    }
}
