package io.interlock.stress.kill;

import io.interlock.journal.IpcJournal;
import io.interlock.memory.Codec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a journal, which others open or make, too. */
final class JournalCreateDeed extends Deed {

    private Path path;
    private Survivor<Long> survivor;

    @Override
    void prepare(Path given) {
        path = given;
    }

    @Override
    void act(Path given, Stage stage) {
        stage.is("journal-creating");
        IpcJournal<Long> mine = IpcJournal.openOrCreate(given, Codec.int64());
        stage.over();
        mine.close();
    }

    private long openAndAppend(long message) {
        try (IpcJournal<Long> journal = IpcJournal.openOrCreate(path, Codec.int64())) {
            return journal.append(message);
        }
    }

    @Override
    String whileStopped() throws Exception {
        survivor = Survivor.begin(() -> openAndAppend(1));
        return ObjectDeed.isDoneAfterASlice(survivor) ? "open it and append" : "wait to open it";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        List<Long> expected = new ArrayList<>();
        if (survivor != null) {
            check(survivor.result() == 0, "the first message is at " + survivor.result());
            expected.add(1L);
        }
        check(openAndAppend(2) == expected.size(), "the next message is at another index");
        expected.add(2L);
        try (IpcJournal<Long> journal = IpcJournal.open(path, Codec.int64())) {
            List<Long> all = new ArrayList<>();
            journal.replay(0, (index, message) -> all.add(message));
            check(all.equals(expected), "there is " + all + ", expected " + expected);
        }
        return new Finding("it exists or does not; others open it or make it", null);
    }

    @Override
    void close() {
        // The files are removed with their directory.
    }
}
