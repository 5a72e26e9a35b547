package io.interlock.bench.work;

import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.peer.JmhPeer;
import io.interlock.bench.peer.Laps;
import io.interlock.bench.peer.NativePeer;
import io.interlock.bench.peer.NativeSource;
import java.util.List;

/** What nobody else wants. */
final class UncontendedRows {

    private static final long OPERATIONS = 10_000_000;

    private final Scale scale;

    private UncontendedRows(Scale scale) {
        this.scale = scale;
    }

    static List<Row> all(Scale scale) {
        UncontendedRows rows = new UncontendedRows(scale);
        return List.of(rows.lock(), rows.semaphore(), rows.number());
    }

    private Row lock() {
        return new Row("lock", "lock and unlock, nobody else wants it", Unit.NANOS_EACH,
                List.of(jmh("IpcLock", "ipcLock"), jmh("IpcRLock", "ipcRLock"), jmh("ReentrantLock", "reentrantLock"),
                        locks("glibc mutex", "plain"), locks("glibc robust mutex", "robust"),
                        locks("glibc robust recursive mutex", "recursive"),
                        new NativePeer("Boost recursive mutex", NativeSource.BOOST, Laps.NANOS_EACH,
                                List.of(Long.toString(scale.of(OPERATIONS))))),
                List.of(new Goal("IpcLock", "ReentrantLock", 1), new Goal("IpcRLock", "ReentrantLock", 1),
                        new Goal("IpcLock", "Boost recursive mutex", 1),
                        new Goal("IpcRLock", "Boost recursive mutex", 1),
                        new Goal("IpcLock", "glibc robust recursive mutex", 0.85),
                        new Goal("IpcRLock", "glibc robust recursive mutex", 0.85)));
    }

    private Row semaphore() {
        return new Row("semaphore", "acquire and release a permit, nobody else wants it", Unit.NANOS_EACH,
                List.of(jmh("IpcSemaphore", "ipcSemaphore"), jmh("Semaphore", "semaphore"),
                        locks("sem_t", "semaphore")),
                List.of(new Goal("IpcSemaphore", "sem_t", 1)));
    }

    private Row number() {
        return new Row("long", "get and add to a number", Unit.NANOS_EACH,
                List.of(jmh("IpcLong", "ipcLong"), jmh("AtomicLong", "atomicLong")),
                List.of(new Goal("IpcLong", "AtomicLong", 1.05)));
    }

    private Peer jmh(String name, String method) {
        return new JmhPeer(name, Uncontended.class, method, scale.millis());
    }

    private Peer locks(String name, String kind) {
        return new NativePeer(name, NativeSource.LOCKS, Laps.NANOS_EACH,
                List.of(kind, Long.toString(scale.of(OPERATIONS)), "1"));
    }
}
