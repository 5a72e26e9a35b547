package io.interlock.stress.kill;

import io.interlock.journal.IpcJournal;
import io.interlock.journal.Roll;
import io.interlock.memory.Codec;
import java.nio.file.Path;

/** Opens a journal that others have open. */
final class JournalOpenDeed extends JournalDeed {

    JournalOpenDeed() {
        super(Roll.DAY);
    }

    @Override
    void act(Path path, Stage stage) {
        stage.is("journal-opening");
        IpcJournal<Long> mine = IpcJournal.open(path, Codec.int64());
        stage.over();
        mine.close();
    }

    @Override
    String judge(Fate fate) {
        return fate == Fate.FINISHED ? "what it did is done" : "it is as it was; others append";
    }
}
