package io.interlock.stress.kill;

import io.interlock.stress.kill.MutexDeed.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** All deeds, by name. A new type needs a class of its own, a line here, and one in {@link Titles} for each stage. */
final class Deeds {

    private static final Map<String, Supplier<Deed>> ALL = new LinkedHashMap<>();

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
        for (WakeDeed.Operation operation : WakeDeed.Operation.values()) {
            ALL.put("wake-" + operation.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    () -> new WakeDeed(operation));
        }
        ALL.put("queue-full", () -> new QueueWaitDeed(true));
        ALL.put("queue-empty", () -> new QueueWaitDeed(false));
        ALL.put("queue-shutdown", () -> new ShutdownDeed(false));
        ALL.put("queue-shutdown-now", () -> new ShutdownDeed(true));
        ALL.put("pipe-send", () -> new PipeDeed(true));
        ALL.put("pipe-receive", () -> new PipeDeed(false));
        addJournal();
        ALL.put("object-create", ObjectCreatingDeed::new);
        for (FileDeed.Operation operation : FileDeed.Operation.values()) {
            ALL.put(operation.row, () -> new FileDeed(operation));
        }
    }

    private static void addJournal() {
        ALL.put("journal-create", JournalCreateDeed::new);
        ALL.put("journal-open", JournalOpenDeed::new);
        ALL.put("journal-append", () -> new JournalAppendDeed(JournalAppendDeed.Operation.APPEND));
        ALL.put("journal-batch", () -> new JournalAppendDeed(JournalAppendDeed.Operation.BATCH));
        ALL.put("journal-roll", () -> new JournalAppendDeed(JournalAppendDeed.Operation.ROLL));
        ALL.put("journal-tailer-open", () -> new JournalTailerDeed(JournalTailerDeed.Operation.OPEN));
        ALL.put("journal-tailer-take", () -> new JournalTailerDeed(JournalTailerDeed.Operation.TAKE));
        ALL.put("journal-tailer-move", () -> new JournalTailerDeed(JournalTailerDeed.Operation.MOVE));
        ALL.put("journal-retain", JournalRetainDeed::new);
        ALL.put("journal-move", JournalMoveDeed::new);
        ALL.put("journal-unlink", JournalUnlinkDeed::new);
        for (JournalWakeDeed.Operation operation : JournalWakeDeed.Operation.values()) {
            ALL.put("wake-journal-" + operation.name().toLowerCase(Locale.ROOT), () -> new JournalWakeDeed(operation));
        }
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
}
