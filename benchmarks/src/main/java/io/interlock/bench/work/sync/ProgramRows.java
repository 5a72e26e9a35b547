package io.interlock.bench.work.sync;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.peer.JvmPeer;
import io.interlock.bench.peer.Laps;
import io.interlock.bench.peer.NativePeer;
import io.interlock.bench.peer.NativeSource;
import io.interlock.bench.peer.ProgramPeer;
import io.interlock.bench.peer.PythonPeer;
import io.interlock.bench.work.Scale;
import io.interlock.examples.Main;
import java.util.Collections;
import java.util.List;

/**
 * Whole programs. Ours are the examples that we ship, as a user would run them: their JVMs are new in each round, and
 * rehearse before the time begins.
 */
final class ProgramRows {

    private static final int COUNTERS = 10;
    private static final long ADDITIONS = 1_000_000;
    private static final int FINDERS = 4;
    private static final long NUMBERS = 100_000;

    private final Scale scale;

    private ProgramRows(Scale scale) {
        this.scale = scale;
    }

    static List<Row> all(Scale scale) {
        ProgramRows rows = new ProgramRows(scale);
        return List.of(rows.counter(), rows.primes());
    }

    /** The one that has warmed up for several rounds tells how much the rehearsal of the example leaves to be done. */
    private Row counter() {
        String additions = Long.toString(scale.of(ADDITIONS));
        String increments = Long.toString(scale.of(ADDITIONS) / COUNTERS);
        String processes = Integer.toString(COUNTERS);
        String example = "example counter, new JVMs";
        String warm = "IpcLock, JVMs have warmed up";
        String glibc = "glibc robust mutex";
        String python = "Python multiprocessing.Value";
        return new Row("counter-10", "10 processes add 1 to a number 100 000 times each, under a lock; from when all "
                + "are ready until the last is done", Unit.NANOS_EACH,
                List.of(new ProgramPeer(example, Main.class,
                        List.of("counter", "--mode", "lock", "--processes", processes, "--increments", increments)),
                        JvmPeer.of(warm, Collections.nCopies(COUNTERS, Counting.class), Laps.NANOS,
                                scale.of(ADDITIONS)).withWords("plain"),
                        new NativePeer(glibc, NativeSource.LOCKS, Laps.NANOS, List.of("robust", additions, processes)),
                        new PythonPeer(python, "counter.py", Laps.NANOS, List.of("value", additions, processes))),
                List.of(new Goal(example, glibc, 1), new Goal(warm, glibc, 1), new Goal(example, python, 0.1)));
    }

    private Row primes() {
        String last = Long.toString(scale.of(NUMBERS));
        String processes = Integer.toString(FINDERS);
        String example = "example primes, new JVMs";
        String python = "Python multiprocessing.Queue";
        return new Row("primes-100k", "4 processes find the primes up to 100 000, each number and each prime is a "
                + "message; from when all are ready until the last is done", Unit.NANOS_EACH,
                List.of(new ProgramPeer(example, Main.class,
                        List.of("primes", "--variant", "per-item", "--max", last, "--processes", processes)),
                        new PythonPeer(python, "primes.py", Laps.NANOS, List.of(last, processes))),
                List.of(new Goal(example, python, 0.1)));
    }
}
