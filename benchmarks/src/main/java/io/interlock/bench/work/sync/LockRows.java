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
import java.util.Collections;
import java.util.List;

/** Locks that are fought for. */
final class LockRows {

    private static final long ADDITIONS = 1_000_000;
    private static final int FEW = 2;
    private static final int MANY = 10;

    private final Scale scale;

    private LockRows(Scale scale) {
        this.scale = scale;
    }

    static List<Row> all(Scale scale) {
        LockRows rows = new LockRows(scale);
        return List.of(rows.fight(FEW, List.of(new Goal("IpcLock", "glibc mutex", 1),
                new Goal("IpcRLock", "glibc mutex", 1))), rows.fight(MANY, List.of()));
    }

    private Row fight(int processes, List<Goal> goals) {
        long additions = scale.of(ADDITIONS);
        return new Row("lock-" + processes, processes + " processes fight for a lock, each adds 1 to a number under it",
                Unit.PER_SECOND,
                List.of(ours("IpcLock", "plain", processes, additions),
                        ours("IpcRLock", "recursive", processes, additions),
                        glibc("glibc mutex", "plain", processes, additions),
                        glibc("glibc robust mutex", "robust", processes, additions),
                        glibc("glibc robust recursive mutex", "recursive", processes, additions),
                        new PythonPeer("Python multiprocessing.Lock", "counter.py", Laps.PER_SECOND,
                                List.of("lock", Long.toString(additions), Integer.toString(processes)))),
                goals);
    }

    private static Peer ours(String name, String kind, int processes, long additions) {
        return JvmPeer.of(name, Collections.nCopies(processes, Counting.class), Laps.PER_SECOND, additions)
                .withWords(kind);
    }

    private static Peer glibc(String name, String kind, int processes, long additions) {
        return new NativePeer(name, NativeSource.LOCKS, Laps.PER_SECOND,
                List.of(kind, Long.toString(additions), Integer.toString(processes)));
    }
}
