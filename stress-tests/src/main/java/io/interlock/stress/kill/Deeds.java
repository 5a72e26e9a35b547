package io.interlock.stress.kill;

import io.interlock.stress.kill.MutexDeed.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All deeds, by name, and what the crash matrix says of their rows. A new type needs a class and a line in each. */
final class Deeds {

    private static final Map<String, Supplier<Deed>> ALL = new LinkedHashMap<>();
    private static final Map<String, String> ROWS = new LinkedHashMap<>();

    static {
        for (Kind kind : Kind.values()) {
            ALL.put(kind.rows, () -> new MutexDeed(kind, false));
        }
        ALL.put("lock-contended", () -> new MutexDeed(Kind.LOCK, true));
        ALL.put("rlock-contended", () -> new MutexDeed(Kind.RLOCK, true));
        ALL.put("hook", HookDeed::new);
        ALL.put("semaphore", SemaphoreDeed::new);
        ALL.put("semaphore-contended", SemaphoreWaitDeed::new);
        ALL.put("event-set", () -> new EventDeed(true));
        ALL.put("event-wait", () -> new EventDeed(false));
        ALL.put("condition-wait", ConditionWaitDeed::new);
        ALL.put("condition-signal", ConditionSignalDeed::new);
        ALL.put("value", ValueDeed::new);
        for (QueueDeed.Operation operation : QueueDeed.Operation.values()) {
            ALL.put(operation.row.replaceFirst("-[a-z]*$", ""), () -> new QueueDeed(operation));
        }
        ALL.put("queue-full", () -> new QueueWaitDeed(true));
        ALL.put("queue-empty", () -> new QueueWaitDeed(false));
        ALL.put("queue-shutdown", () -> new ShutdownDeed(false));
        ALL.put("queue-shutdown-now", () -> new ShutdownDeed(true));
        ALL.put("pipe-send", () -> new PipeDeed(true));
        ALL.put("pipe-receive", () -> new PipeDeed(false));
        ALL.put("object-create", ObjectCreatingDeed::new);
        for (FileDeed.Operation operation : FileDeed.Operation.values()) {
            ALL.put(operation.row, () -> new FileDeed(operation));
        }
        for (Kind kind : Kind.values()) {
            String lock = switch (kind) {
                case LOCK -> "an `IpcLock`";
                case RLOCK -> "an `IpcRLock`";
                case VALUE -> "the lock of an `IpcLong`";
                case REPAIR -> "a lock made `REPAIR_REQUIRED`";
            };
            ROWS.put(kind.rows + "-held", "holding " + lock);
            ROWS.put(kind.rows + "-acquiring", "acquiring " + lock);
            ROWS.put(kind.rows + "-waiting", "waiting for " + lock);
            ROWS.put(kind.rows + "-releasing", "releasing " + lock);
        }
        ROWS.put("hook-succeeding", "taking a lock over from a dead owner");
        ROWS.put("hook-running", "running the `onOwnerDeath` hook");
        ROWS.put("semaphore-acquiring", "acquiring a permit of an `IpcSemaphore`");
        ROWS.put("semaphore-waiting", "waiting for an `IpcSemaphore`");
        ROWS.put("semaphore-permit-held", "having a permit, or releasing it");
        ROWS.put("event-waiting", "waiting for an `IpcEvent`");
        ROWS.put("event-setting", "setting an `IpcEvent`");
        ROWS.put("condition-entering", "about to wait for an `IpcCondition`");
        ROWS.put("condition-waiting", "waiting for an `IpcCondition`");
        ROWS.put("condition-notified", "signalled, not yet back with the lock");
        ROWS.put("condition-notified-holding", "back with the lock");
        ROWS.put("condition-changing", "holding the lock, before the predicate changes");
        ROWS.put("condition-changed-not-notified", "the predicate changed, not everybody signalled");
        ROWS.put("value-adding", "in `IpcLong.incrementAndGet`");
        ROWS.put("array-copying", "in a bulk copy to an `IpcLongArray`");
        ROWS.put("queue-putting", "in `IpcQueue.put`");
        ROWS.put("queue-put-waiting", "in `put`, waiting for room");
        ROWS.put("queue-batch-putting", "in `putAll`");
        ROWS.put("queue-claim-open", "inside a claim");
        ROWS.put("queue-producer-role-held", "in an exclusive producer's role");
        ROWS.put("queue-taking", "in `IpcQueue.take`");
        ROWS.put("queue-get-waiting", "in `take`, waiting for an item");
        ROWS.put("queue-handler-running", "in a read handler");
        ROWS.put("queue-consumer-role-held", "in an exclusive consumer's role");
        ROWS.put("queue-removing", "in `remove(Object)`");
        ROWS.put("queue-clearing", "in `clear`");
        ROWS.put("queue-shutting-down", "in `shutdown` or `shutdownNow`");
        ROWS.put("pipe-claiming", "about to use its end of an `IpcPipe`");
        ROWS.put("pipe-sending", "sending through an `IpcPipe`");
        ROWS.put("pipe-receiving", "receiving from an `IpcPipe`");
        ROWS.put("pipe-closing", "closing its end of an `IpcPipe`");
        ROWS.put("object-creating", "creating objects in a segment");
        ROWS.put("segment-creating", "creating a segment");
        ROWS.put("segment-opening", "opening a segment");
        ROWS.put("segment-resetting", "replacing an unused segment");
        ROWS.put("segment-closing", "closing a segment");
        ROWS.put("segment-temporary-closing", "closing a temporary segment as its last user");
    }

    private Deeds() {
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** A new one, for one trial. */
    static Deed byName(String name) {
        Supplier<Deed> supplier = ALL.get(name);
        if (supplier == null) {
            throw new IllegalArgumentException("there is no deed " + name + ", deeds are " + ALL.keySet());
        }
        return supplier.get();
    }

    /** The ids of the rows, in the order of the matrix. */
    static List<String> rows() {
        return List.copyOf(ROWS.keySet());
    }

    /** What somebody does in such a row. */
    static String title(String row) {
        String title = ROWS.get(row);
        if (title == null) {
            throw new IllegalArgumentException("the crash matrix has no row " + row);
        }
        return title;
    }
}
