package io.interlock.bench.work.sync;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.peer.JvmPeer;
import io.interlock.bench.peer.Laps;
import io.interlock.bench.peer.NativePeer;
import io.interlock.bench.peer.NativeSource;
import io.interlock.bench.peer.PythonPeer;
import io.interlock.bench.work.Scale;
import java.util.List;

/**
 * Two processes of which each waits for the other one. Ours do as they come, which is to look for a while before they
 * sleep; and the same once more without that, as most others do, so that sleeping and waking are compared as well.
 */
final class TripRows {

    private static final long SPINNING_TRIPS = 200_000;
    private static final long SLEEPING_TRIPS = 20_000;
    private static final String AT_ONCE = ", sleeps at once";
    private static final List<String> SLEEP_AT_ONCE = List.of("-Dinterlock.spinNanos=0");

    private final Scale scale;

    private TripRows(Scale scale) {
        this.scale = scale;
    }

    static List<Row> all(Scale scale) {
        TripRows rows = new TripRows(scale);
        return List.of(rows.spinning(), rows.sleeping(), rows.event(), rows.condition());
    }

    private Row spinning() {
        long trips = scale.of(SPINNING_TRIPS);
        String agrona = "Agrona OneToOneRingBuffer";
        String line = "cache line in C";
        return new Row("round-trip-spin", "an 8-byte message to another process and back, both spin (and pause)",
                Unit.NANOS_EACH,
                List.of(ours("IpcQueue", WireKind.QUEUE_SPIN, trips),
                        ours("IpcQueue, exclusive roles", WireKind.QUEUE_EXCLUSIVE_SPIN, trips),
                        ours(agrona, WireKind.AGRONA, trips), threads("JCTools SPSC, threads", "spsc", trips),
                        threads("JCTools MPMC, threads", "mpmc", trips), glibc(line, "line", trips, "both")),
                List.of(new Goal("IpcQueue, exclusive roles", agrona, 1), new Goal("IpcQueue", agrona, 1.5),
                        new Goal("IpcQueue, exclusive roles", line, 2.5), new Goal("IpcQueue", line, 2.5)));
    }

    private Row sleeping() {
        long trips = scale.of(SLEEPING_TRIPS);
        return new Row("round-trip-park", "a signal to another process that waits for it, and one back",
                Unit.NANOS_EACH,
                List.of(ours("IpcSemaphore", WireKind.SEMAPHORE, trips), ours("IpcQueue", WireKind.QUEUE, trips),
                        ours("IpcPipe", WireKind.PIPE, trips),
                        ours("IpcSemaphore" + AT_ONCE, WireKind.SEMAPHORE, trips).withFlags(SLEEP_AT_ONCE),
                        ours("IpcQueue" + AT_ONCE, WireKind.QUEUE, trips).withFlags(SLEEP_AT_ONCE), glibc("sem_t",
                                "semaphore", trips, "both"),
                        glibc("futex", "futex", trips, "both"), glibc("pipe", "pipe", trips, "both"),
                        glibc("unix socket", "socket", trips, "both"),
                        new PythonPeer("Python multiprocessing.Pipe", "pingpong.py", Laps.NANOS_EACH,
                                List.of(Long.toString(trips)))),
                List.of(new Goal("IpcSemaphore", "sem_t", 1.15), new Goal("IpcQueue", "sem_t", 1.15),
                        new Goal("IpcSemaphore" + AT_ONCE, "sem_t", 1.15)));
    }

    private Row event() {
        long times = scale.of(SLEEPING_TRIPS);
        return new Row("event-set", "from before a process sets an event until the one that waits for it runs",
                Unit.NANOS_EACH,
                List.of(event("IpcEvent", times), event("IpcEvent" + AT_ONCE, times).withFlags(SLEEP_AT_ONCE),
                        glibc("sem_t, one way", "semaphore", times, "one"),
                        glibc("futex, one way", "futex", times, "one")),
                List.of(new Goal("IpcEvent", "sem_t, one way", 1.25),
                        new Goal("IpcEvent" + AT_ONCE, "sem_t, one way", 1.25)));
    }

    private Row condition() {
        long trips = scale.of(SLEEPING_TRIPS);
        return new Row("condition-hand-off", "a turn is handed to another process under a lock and handed back",
                Unit.NANOS_EACH,
                List.of(ours("IpcCondition", WireKind.CONDITION, trips),
                        ours("IpcCondition" + AT_ONCE, WireKind.CONDITION, trips).withFlags(SLEEP_AT_ONCE),
                        glibc("pthread_cond_t", "condition", trips, "both"),
                        glibc("sem_t, without a lock", "semaphore", trips, "both")),
                List.of(new Goal("IpcCondition", "sem_t, without a lock", 1.25),
                        new Goal("IpcCondition" + AT_ONCE, "sem_t, without a lock", 1.25)));
    }

    private static JvmPeer event(String name, long times) {
        return JvmPeer.of(name, List.of(WakeUps.Waker.class, WakeUps.Waiter.class), Laps.NANOS_EACH, times)
                .withWords(WireKind.EVENT.name());
    }

    private static JvmPeer ours(String name, WireKind kind, long trips) {
        return JvmPeer.of(name, List.of(RoundTrips.Caller.class, RoundTrips.Answerer.class), Laps.NANOS_EACH, trips)
                .withWords(kind.name());
    }

    private static Peer threads(String name, String kind, long trips) {
        return JvmPeer.of(name, List.of(RoundTrips.Threads.class), Laps.NANOS_EACH, trips).withWords(kind);
    }

    private static Peer glibc(String name, String kind, long trips, String ways) {
        return new NativePeer(name, NativeSource.PINGPONG, Laps.NANOS_EACH, List.of(kind, Long.toString(trips), ways));
    }
}
