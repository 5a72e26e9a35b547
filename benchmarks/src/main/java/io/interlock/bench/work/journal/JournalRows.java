package io.interlock.bench.work.journal;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.peer.JvmPeer;
import io.interlock.bench.peer.Laps;
import io.interlock.bench.peer.Needing;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.Room;
import io.interlock.bench.work.Scale;
import java.util.Collections;
import java.util.List;

/**
 * The durable queue, against Chronicle Queue used directly: what its checksums, its numbers and a lock that survives
 * its owner cost, and what its waking brings.
 *
 * <p>All use files in the same place, a new one each day. Chronicle is used the fastest way that it has for bytes: an
 * excerpt is put together outside of the heap, and one array gets all messages that are read. "With a checksum" is the
 * same with a CRC-32C of each message, as ours have one of each excerpt.
 */
public final class JournalRows {

    private static final String APPEND = "IpcJournal.append";
    private static final String APPEND_ALL = "IpcJournal.appendAll, 64 at once";
    private static final String APPEND_BOTH = "IpcJournal.append, 2 processes";
    private static final String TAKE = "IpcJournal, take()";
    private static final String POLL = "IpcJournal, poll()";
    private static final String READ = "IpcJournal, read(handler)";
    private static final String TAKE_OF_BATCHES = "IpcJournal, take() of batches";
    private static final String SLEEPS_AT_ONCE = "IpcJournal, take(), sleeps at once";
    private static final String CHRONICLE = "Chronicle Queue";
    private static final String CHECKSUM = "Chronicle Queue with a checksum";
    private static final String CHRONICLE_BATCHES = "Chronicle Queue, 64 in an excerpt";
    private static final String CHRONICLE_BOTH = "Chronicle Queue, 2 processes";
    private static final String BALANCED = "Chronicle Queue, Pauser.balanced()";

    /** Of one round: a multiple of a batch for each of two processes, also when a hundredth of it is done. */
    private static final long MESSAGES = 512_000;
    private static final long WAKE_UPS = 50;
    /** What all peers of a row can have on the disk together. */
    private static final long LOG_BYTES = 512L << 20;
    /** A tenth slower. */
    private static final double NEARLY = 0.91;

    private final Scale scale;

    private JournalRows(Scale scale) {
        this.scale = scale;
    }

    /** All of them. */
    public static List<Row> all(Scale scale) {
        JournalRows rows = new JournalRows(scale);
        return List.of(rows.append(), rows.tail(), rows.wake());
    }

    private Row append() {
        return new Row("journal-append", "64-byte messages are appended to files that stay", Unit.PER_SECOND,
                List.of(appends(APPEND, Log.Kind.JOURNAL, 1), appends(APPEND_ALL, Log.Kind.JOURNAL_OF_BATCHES, 1),
                        appends(APPEND_BOTH, Log.Kind.JOURNAL, 2), appends(CHRONICLE, Log.Kind.CHRONICLE, 1),
                        appends(CHECKSUM, Log.Kind.CHRONICLE_WITH_CHECKSUM, 1),
                        appends(CHRONICLE_BATCHES, Log.Kind.CHRONICLE_OF_BATCHES, 1),
                        appends(CHRONICLE_BOTH, Log.Kind.CHRONICLE, 2)),
                List.of(new Goal(APPEND, CHRONICLE, NEARLY), new Goal(APPEND_ALL, CHRONICLE_BATCHES, NEARLY),
                        new Goal(APPEND_BOTH, CHRONICLE_BOTH, NEARLY)));
    }

    private Row tail() {
        return new Row("journal-tail", "64-byte messages are read that were appended before", Unit.PER_SECOND,
                List.of(reads(TAKE, Log.Kind.JOURNAL), reads(POLL, Log.Kind.JOURNAL_POLLED),
                        reads(READ, Log.Kind.JOURNAL_HANDLED), reads(TAKE_OF_BATCHES, Log.Kind.JOURNAL_OF_BATCHES),
                        reads(CHRONICLE, Log.Kind.CHRONICLE), reads(CHECKSUM, Log.Kind.CHRONICLE_WITH_CHECKSUM),
                        reads(CHRONICLE_BATCHES, Log.Kind.CHRONICLE_OF_BATCHES)),
                List.of(new Goal(TAKE, CHRONICLE, NEARLY), new Goal(POLL, CHRONICLE, NEARLY),
                        new Goal(READ, CHRONICLE, NEARLY), new Goal(TAKE_OF_BATCHES, CHRONICLE_BATCHES, NEARLY)));
    }

    private Row wake() {
        return new Row("journal-wake",
                "from before a process appends until another one, which has waited for 2 to 18 ms, has the message",
                Unit.NANOS_EACH,
                List.of(wakes(TAKE, Waiting.TAKE),
                        wakes(SLEEPS_AT_ONCE, Waiting.TAKE, "-Dinterlock.spinNanos=0"),
                        wakes("Chronicle Queue, busy loop", Waiting.BUSY), wakes(BALANCED, Waiting.BALANCED),
                        wakes("Chronicle Queue, Pauser.millis(1, 10)", Waiting.MILLIS)),
                List.of(new Goal(TAKE, BALANCED, 1)));
    }

    private Peer appends(String name, Log.Kind kind, int processes) {
        return peer(name, Collections.nCopies(processes, Appends.class), kind);
    }

    private Peer reads(String name, Log.Kind kind) {
        return peer(name, List.of(Reads.class), kind);
    }

    private Peer peer(String name, List<Class<? extends Part>> parts, Log.Kind kind) {
        return new Needing(JvmPeer.of(name, parts, Laps.PER_SECOND, scale.of(MESSAGES)).withWords(kind.name())
                .withFlags(ChronicleFlags.all()), new Room(LOG_BYTES));
    }

    private Peer wakes(String name, Waiting waiting, String... flags) {
        return JvmPeer.of(name, List.of(Wakes.Waker.class, Wakes.Waiter.class), Laps.NANOS_EACH, scale.of(WAKE_UPS))
                .withWords(waiting.name()).withFlags(ChronicleFlags.with(flags));
    }
}
