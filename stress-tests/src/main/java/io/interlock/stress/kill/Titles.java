package io.interlock.stress.kill;

import io.interlock.stress.kill.MutexDeed.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What somebody does in each row of the crash matrix, in its order. */
final class Titles {

    private static final Map<String, String> ALL = all();

    private Titles() {
    }

    /** By the id of the row. */
    static Map<String, String> byRow() {
        return ALL;
    }

    private static Map<String, String> all() {
        Map<String, String> titles = new LinkedHashMap<>();
        addLocks(titles);
        addSync(titles);
        addQueue(titles);
        addFiles(titles);
        return Collections.unmodifiableMap(titles);
    }

    private static void addLocks(Map<String, String> titles) {
        for (Kind kind : Kind.values()) {
            String lock = switch (kind) {
                case LOCK -> "an `IpcLock`";
                case RLOCK -> "an `IpcRLock`";
                case VALUE -> "the lock of an `IpcLong`";
                case REPAIR -> "a lock made `REPAIR_REQUIRED`";
            };
            titles.put(kind.rows + "-held", "holding " + lock);
            titles.put(kind.rows + "-acquiring", "acquiring " + lock);
            titles.put(kind.rows + "-waiting", "waiting for " + lock);
            titles.put(kind.rows + "-releasing", "releasing " + lock);
        }
        titles.put("hook-succeeding", "taking a lock over from a dead owner");
        titles.put("hook-running", "running the `onOwnerDeath` hook");
    }

    private static void addSync(Map<String, String> titles) {
        titles.put("semaphore-acquiring", "acquiring a permit of an `IpcSemaphore`");
        titles.put("semaphore-waiting", "waiting for an `IpcSemaphore`");
        titles.put("semaphore-releasing", "releasing a permit for which somebody sleeps");
        titles.put("semaphore-permit-held", "having a permit, or releasing it");
        titles.put("event-waiting", "waiting for an `IpcEvent`");
        titles.put("event-setting", "setting an `IpcEvent`");
        titles.put("condition-entering", "about to wait for an `IpcCondition`");
        titles.put("condition-waiting", "waiting for an `IpcCondition`");
        titles.put("condition-notified", "signalled, not yet back with the lock");
        titles.put("condition-notified-holding", "back with the lock");
        titles.put("condition-leaving", "leaving the lock after an `await`");
        titles.put("condition-changing", "holding the lock, before the predicate changes");
        titles.put("condition-changed-not-notified", "the predicate changed, not everybody signalled");
    }

    private static void addQueue(Map<String, String> titles) {
        titles.put("value-adding", "in `IpcLong.incrementAndGet`");
        titles.put("array-setting", "setting elements of an `IpcLongArray`");
        titles.put("queue-putting", "in `IpcQueue.put`");
        titles.put("queue-put-waiting", "in `put`, waiting for room");
        titles.put("queue-batch-putting", "in `putAll`");
        titles.put("queue-claim-open", "inside a claim");
        titles.put("queue-producer-role-held", "in an exclusive producer's role");
        titles.put("queue-taking", "in `IpcQueue.take`");
        titles.put("queue-get-waiting", "in `take`, waiting for an item");
        titles.put("queue-handler-running", "in a read handler");
        titles.put("queue-consumer-role-held", "in an exclusive consumer's role");
        titles.put("queue-removing", "in `remove(Object)`");
        titles.put("queue-clearing", "in `clear`");
        titles.put("queue-shutting-down", "in `shutdown` or `shutdownNow`");
    }

    private static void addFiles(Map<String, String> titles) {
        titles.put("pipe-claiming", "about to use its end of an `IpcPipe`");
        titles.put("pipe-sending", "sending through an `IpcPipe`");
        titles.put("pipe-receiving", "receiving from an `IpcPipe`");
        titles.put("pipe-closing", "closing its end of an `IpcPipe`");
        addJournal(titles);
        titles.put("object-creating", "creating objects in a segment");
        titles.put("segment-creating", "creating a segment");
        titles.put("segment-opening", "opening a segment");
        titles.put("segment-resetting", "replacing an unused segment");
        titles.put("segment-closing", "closing a segment");
        titles.put("segment-temporary-closing", "closing a temporary segment as its last user");
    }

    private static void addJournal(Map<String, String> titles) {
        titles.put("journal-creating", "making a journal");
        titles.put("journal-opening", "opening a journal");
        titles.put("journal-appending", "in `IpcJournal.append`");
        titles.put("journal-rolling", "in an `append` that begins a new file");
        titles.put("journal-batch-appending", "in `appendAll`");
        titles.put("journal-moving", "in `appendFrom`, moving messages of a queue");
        titles.put("journal-tailer-opening", "opening a named tailer");
        titles.put("journal-tailer-taking", "taking from a named tailer and committing");
        titles.put("journal-tailer-moving", "in `moveTo` of a named tailer");
        titles.put("journal-tailer-closing", "closing a named tailer");
        titles.put("journal-deleting", "in `retain`");
        titles.put("journal-unlinking", "in `IpcJournal.unlink`");
    }
}
