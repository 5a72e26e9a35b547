package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.object.TypeRegistry;
import io.interlock.core.robust.RobustWord;
import io.interlock.journal.IpcJournal;
import io.interlock.journal.JournalOptions;
import io.interlock.journal.JournalTailer;
import io.interlock.journal.Roll;
import io.interlock.journal.store.JournalDirectory;
import io.interlock.memory.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A deed with a journal that has three messages. What an onlooker reads while the process stands still is what there is
 * when it has died, to the message; whatever it was doing, another one appends.
 */
abstract class JournalDeed extends Deed {

    /** Messages that are there before. */
    static final List<Long> THERE = List.of(1L, 2L, 3L);
    /** What the process appends that is killed. */
    static final long FIRST = 100;
    /** What it appends in the same write. */
    static final long SECOND = 101;

    /** What a survivor appends. */
    private static final long SURVIVORS = 7;
    private static final long LOOK_MILLIS = 5;

    private final JournalOptions options;
    private Path directory;
    private IpcJournal<Long> journal;
    /** One more handle of its segment. */
    private Segment segment;
    private Survivor<Long> survivor;
    private List<Long> seen;
    private boolean owned;

    JournalDeed(Roll roll) {
        options = JournalOptions.defaults().withRoll(roll);
    }

    @Override
    final void prepare(Path path) throws Exception {
        directory = path;
        journal = IpcJournal.create(path, Codec.int64(), options);
        segment = segment(path);
        prepare(journal);
    }

    /** Appends what is there before. */
    void prepare(IpcJournal<Long> made) throws Exception {
        made.appendAll(THERE);
    }

    @Override
    void act(Path path, Stage stage) throws Exception {
        try (IpcJournal<Long> mine = IpcJournal.open(path, Codec.int64()); Segment segment = segment(path)) {
            stage.knows(segment);
            act(mine, stage);
            stage.over();
        }
    }

    /** Does it, with the journal open. */
    void act(IpcJournal<Long> mine, Stage stage) throws Exception {
        throw new UnsupportedOperationException(this + " opens the journal itself");
    }

    /** The segment in which the processes of a journal meet: one more handle. */
    static Segment segment(Path directory) {
        return Segment.open(JournalDirectory.of(directory).segment());
    }

    /** Waits until what is appended next begins a new file. */
    static void awaitNextFile(Path directory) throws IOException, InterruptedException {
        long newest = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".cq4")).toList()) {
                newest = Math.max(newest, Files.getLastModifiedTime(file).to(TimeUnit.SECONDS));
            }
        }
        while (TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) <= newest) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    IpcJournal<Long> journal() {
        return journal;
    }

    Path directory() {
        return directory;
    }

    /** What was there when the process stood still. */
    List<Long> seen() {
        return seen;
    }

    /** Whether the process stood still holding the lock of those who change the journal's files. */
    boolean isOwned() {
        return owned;
    }

    @Override
    void look(Where where) throws Exception {
        owned = isAppendLockHeld();
        seen = readAll();
        check(mayBeSeen(seen), "in the middle of it an onlooker sees " + seen);
        if (where.early()) {
            compete();
        }
    }

    private boolean isAppendLockHeld() {
        SharedBlock block = segment.directory().find(0, "journal");
        Layout layout = TypeRegistry.byCode(block.type()).orElseThrow().layout();
        Layout.Field lock = layout.fields().stream().filter(field -> field.name().equals("appendLock")).findFirst()
                .orElseThrow();
        return !RobustWord.isFree(segment.context().mem.getLongVolatile(block.offset() + lock.offset()));
    }

    /** Whether this is what there may be in the middle of it. */
    boolean mayBeSeen(List<Long> messages) {
        return messages.equals(THERE);
    }

    /** What a tailer finds that takes no lock; it is closed with the journal, since a close wakes who sleeps. */
    List<Long> readAll() {
        JournalTailer<Long> onlooker = journal.tailer();
        List<Long> messages = new ArrayList<>();
        for (Long message = onlooker.poll(); message != null; message = onlooker.poll()) {
            messages.add(message);
        }
        return messages;
    }

    private void compete() {
        if (survivor == null) {
            survivor = Survivor.begin(() -> append(journal));
        }
    }

    /** A survivor's append. */
    long append(IpcJournal<Long> its) {
        return its.append(SURVIVORS);
    }

    @Override
    String whileStopped() throws Exception {
        compete();
        if (!owned) {
            survivor.result();
            return "append and read";
        }
        check(!ObjectDeed.isDoneAfterASlice(survivor), "the journal was taken from a process that is stopped");
        check(readAll().equals(seen), "there was " + seen + ", and another one reads " + readAll());
        return "wait to append; readers go on";
    }

    @Override
    final Finding after(Fate fate) throws Exception {
        boolean early = survivor != null;
        compete();
        long index = survivor.result();
        return new Finding(judge(fate, index), early ? survivor : null);
    }

    /**
     * What the others find, who append again.
     *
     * @param index of what a survivor has appended
     */
    String judge(Fate fate, long index) throws Exception {
        String found = judge(fate);
        List<Long> left = rest(journal, index);
        List<Long> expected = fate == Fate.DIED ? leftOf(seen) : leftOf(last());
        check(left.equals(expected), "there is " + left + ", expected " + expected);
        closeFiles();
        journal = IpcJournal.open(directory, Codec.int64());
        List<Long> again = rest(journal, index);
        check(again.equals(expected), "who opens it again finds " + again + ", expected " + expected);
        return found;
    }

    /** Judges what is special in this deed, and says what was found. */
    abstract String judge(Fate fate) throws Exception;

    /** What is there when the process has done all. */
    List<Long> last() {
        return THERE;
    }

    /** What there must be now, of what was there when the process had died or done all. */
    List<Long> leftOf(List<Long> before) {
        return before;
    }

    /** All messages but the survivor's one, which is there once, at its index. No index is left out. */
    static List<Long> rest(IpcJournal<Long> its, long survivors) {
        List<Long> all = new ArrayList<>();
        long first = its.firstIndex();
        long end = its.replay(first, (index, message) -> {
            check(index == first + all.size(), "message " + index + " comes after " + (first + all.size() - 1));
            check((index == survivors) == (message == SURVIVORS), "at index " + index + " there is " + message
                    + ", a survivor has appended at " + survivors);
            all.add(message);
        });
        check(end == its.endIndex() && end == first + all.size(), "the journal ends at " + its.endIndex() + ", after "
                + all);
        check(all.remove(SURVIVORS), "what a survivor appended is lost: " + all);
        return all;
    }

    private void closeFiles() {
        if (journal != null) {
            journal.close();
        }
        if (segment != null) {
            segment.close();
        }
    }

    @Override
    void close() {
        closeFiles();
    }
}
