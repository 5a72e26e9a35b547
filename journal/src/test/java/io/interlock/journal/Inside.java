package io.interlock.journal;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.object.Inspection;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import io.interlock.journal.store.Excerpt;
import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import java.lang.reflect.Field;
import java.util.Map;

/** Steps of an append, one by one, and what only a clock does otherwise. */
final class Inside {

    private Inside() {
    }

    /** What processes share of it. */
    static SharedJournal of(IpcJournal<?> journal) {
        try {
            Field field = IpcJournal.class.getDeclaredField("shared");
            field.setAccessible(true);
            return (SharedJournal) field.get(journal);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the next holder of its lock is told of a death or a failure. */
    static boolean isInconsistent(IpcJournal<?> journal) {
        SharedJournal shared = of(journal);
        int block = shared.segment().directory().byId(shared.id()).offset() + JournalLayout.LOCK_OFFSET;
        return RobustLock.tagged(shared.context(), block, -1).isInconsistent();
    }

    /** Whether somebody holds its lock. */
    static boolean isLocked(IpcJournal<?> journal) {
        return !describe(journal).get("appendLock").equals("nobody");
    }

    private static Map<String, Object> describe(IpcJournal<?> journal) {
        SharedJournal shared = of(journal);
        Inspection inspection = new Inspection(shared.context().mem,
                shared.segment().directory().byId(shared.id()).offset(), new long[2], (slot, generation) -> "somebody");
        JournalLayout.TYPE.state().describe(inspection);
        return inspection.findings();
    }

    /** How many tailers sleep, or are about to. */
    static long waiters(IpcJournal<?> journal) {
        return ((Number) describe(journal).get("waitingTailers")).longValue();
    }

    /** The next message that this process appends begins a new file, as if its time had come. */
    static void beginNewFile(IpcJournal<?> journal) {
        SharedJournal shared = of(journal);
        shared.exclusively(() -> {
            shared.store().beginNewFile();
            return 0;
        });
    }

    /** Does something in the middle of an append: holding the lock, before anything was written. */
    static void appendAndDoBefore(IpcJournal<?> journal, String text, Runnable before) {
        SharedJournal shared = of(journal);
        EncodeBuffer excerpt = excerpt(text);
        shared.exclusively(() -> {
            shared.write(excerpt, Excerpt.crcOf(excerpt.bytes(), excerpt.size()), 1, shared.end(), before);
            return 0;
        });
    }

    /** Does something in the middle of an append: the message is in the file, and nobody was told. */
    static void appendAndDoAfter(IpcJournal<?> journal, String text, Runnable after) {
        SharedJournal shared = of(journal);
        EncodeBuffer excerpt = excerpt(text);
        shared.exclusively(() -> {
            Excerpt.seal(excerpt, Excerpt.crcOf(excerpt.bytes(), excerpt.size()), 1, shared.end());
            shared.unsettle();
            shared.store().append(excerpt.bytes(), excerpt.size());
            after.run();
            return 0;
        });
    }

    /** What an append does, by whoever holds the lock already. */
    static void write(IpcJournal<?> journal, String text) {
        SharedJournal shared = of(journal);
        EncodeBuffer excerpt = excerpt(text);
        shared.write(excerpt, Excerpt.crcOf(excerpt.bytes(), excerpt.size()), 1, shared.end(), () -> {
        });
    }

    /** A word of the journal's block, as somebody has left it. */
    static void setLong(IpcJournal<?> journal, int offset, long value) {
        SharedJournal shared = of(journal);
        shared.context().mem.putLongVolatile(shared.segment().directory().byId(shared.id()).offset() + offset, value);
    }

    /** The same of a shorter word. */
    static void setInt(IpcJournal<?> journal, int offset, int value) {
        SharedJournal shared = of(journal);
        shared.context().mem.putIntVolatile(shared.segment().directory().byId(shared.id()).offset() + offset, value);
    }

    /** Whether somebody sleeps until the lock is free. */
    static boolean isLockWaitedFor(IpcJournal<?> journal) {
        SharedJournal shared = of(journal);
        int block = shared.segment().directory().byId(shared.id()).offset();
        return RobustWord.hasWaiters(shared.context().mem.getLongVolatile(
                block + JournalLayout.LOCK_OFFSET + RobustLockLayout.WORD_OFFSET));
    }

    private static EncodeBuffer excerpt(String text) {
        EncodeBuffer excerpt = EncodeBuffer.borrow();
        Excerpt.begin(excerpt);
        Excerpt.add(excerpt, text, Codec.utf8());
        return excerpt;
    }
}
