package io.interlock.bench.work.life;

import io.interlock.bench.measure.Contest.Rounds;
import io.interlock.bench.measure.Goal;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import io.interlock.bench.measure.Unit;
import io.interlock.bench.peer.JvmPeer;
import io.interlock.bench.peer.KernelThread;
import io.interlock.bench.peer.Laps;
import io.interlock.bench.peer.NativePeer;
import io.interlock.bench.peer.NativeSource;
import io.interlock.bench.peer.Needing;
import io.interlock.bench.peer.Part;
import io.interlock.bench.work.Scale;
import io.interlock.bench.work.journal.ChronicleFlags;
import java.util.List;
import java.util.stream.Stream;

/** Deaths, and waiting. */
public final class LifeRows {

    /** Each of our kills costs the start of a JVM. */
    private static final Rounds FEWER = new Rounds(1, 9);
    private static final long KILLS = 4;
    private static final Rounds FEWEST = new Rounds(0, 3);
    private static final long IDLE_MILLIS = 5_000;
    private static final long SHORTEST_MILLIS = 100;
    private static final double THOUSANDTH = 0.001;

    private final Scale scale;

    private LifeRows(Scale scale) {
        this.scale = scale;
    }

    /** All of them. */
    public static List<Row> all(Scale scale) {
        LifeRows rows = new LifeRows(scale);
        return List.of(rows.takeover(), rows.idle(), rows.idleJvm(), rows.idleJournal());
    }

    private Row takeover() {
        return new Row("takeover", "the owner of a lock is killed: from the signal until the next one has the lock",
                Unit.NANOS_EACH,
                List.of(heir("IpcLock, sleeps in lock()", Heir.PLAIN, Heir.How.ASLEEP),
                        heir("IpcRLock, sleeps in lock()", Heir.RECURSIVE, Heir.How.ASLEEP),
                        heir("IpcLock, tryLock() in a loop", Heir.PLAIN, Heir.How.ASKING),
                        heir("IpcRLock, tryLock() in a loop", Heir.RECURSIVE, Heir.How.ASKING),
                        heir("lock byte of the kernel, JVM killed", Heir.PLAIN, Heir.How.WATCHING),
                        killed("lock byte of the kernel, C killed", "byte"),
                        killed("glibc robust mutex, sleeps, C", "asleep"),
                        killed("glibc robust mutex, trylock, C", "asking")),
                List.of()).withAtMost(FEWER);
    }

    private Peer heir(String name, String kind, Heir.How how) {
        return Needing.file(KernelThread.NEEDED, JvmPeer.of(name, List.of(Heir.class), Laps.NANOS_EACH,
                scale.of(KILLS)).withWords(kind, how.name()));
    }

    private Peer killed(String name, String kind) {
        return Needing.file(KernelThread.NEEDED, new NativePeer(name, NativeSource.TAKEOVER, Laps.NANOS_EACH,
                List.of(kind, Long.toString(scale.of(KILLS)))));
    }

    private Row idle() {
        List<Peer> ours = ourIdlers(Idler.Whose.THREAD);
        return new Row("idle", "processor time of a thread that waits for something that does not come",
                Unit.OF_A_PROCESSOR, both(ours, theirIdlers(Idler.Whose.THREAD)),
                ours.stream().map(peer -> Goal.atMost(peer.name(), THOUSANDTH)).toList()).withAtMost(FEWEST);
    }

    private Row idleJvm() {
        return new Row("idle-jvm", "the same for the whole JVM in which the only thread that works waits",
                Unit.OF_A_PROCESSOR, both(ourIdlers(Idler.Whose.PROCESS), theirIdlers(Idler.Whose.PROCESS)), List.of())
                .withAtMost(FEWEST);
    }

    /** A busy loop would take a processor in the rounds of the others as well; what it needs is known. */
    private Row idleJournal() {
        Peer ours = tailer("IpcJournal, take()", Idler.What.IPC_JOURNAL);
        return new Row("journal-idle", "processor time of a thread that waits for a message of a journal",
                Unit.OF_A_PROCESSOR,
                List.of(ours, tailer("Chronicle Queue, Pauser.balanced()", Idler.What.CHRONICLE_BALANCED),
                        tailer("Chronicle Queue, Pauser.millis(1, 10)", Idler.What.CHRONICLE_MILLIS)),
                List.of(Goal.atMost(ours.name(), THOUSANDTH))).withAtMost(FEWEST);
    }

    private Peer tailer(String name, Idler.What what) {
        return Needing.file(ProcessorTime.NEEDED, idler(name, what, Idler.Whose.THREAD, List.of(Idler.class))
                .withFlags(ChronicleFlags.all()));
    }

    private static List<Peer> both(List<Peer> ours, List<Peer> theirs) {
        return Stream.of(ours, theirs).flatMap(List::stream).toList();
    }

    private List<Peer> ourIdlers(Idler.Whose whose) {
        return List.of(
                waiter("IpcLock.lock()", Idler.What.IPC_LOCK, whose, List.of(Idler.Holder.class, Idler.class)),
                waiter("IpcSemaphore.acquire()", Idler.What.IPC_SEMAPHORE, whose, List.of(Idler.class)),
                waiter("IpcQueue.take()", Idler.What.IPC_QUEUE, whose, List.of(Idler.class)),
                waiter("IpcEvent.await()", Idler.What.IPC_EVENT, whose, List.of(Idler.class)));
    }

    private List<Peer> theirIdlers(Idler.Whose whose) {
        return List.of(
                waiter("ReentrantLock.lock()", Idler.What.REENTRANT_LOCK, whose, List.of(Idler.class)),
                waiter("LinkedBlockingQueue.take()", Idler.What.LINKED_BLOCKING_QUEUE, whose, List.of(Idler.class)));
    }

    private Peer waiter(String name, Idler.What what, Idler.Whose whose, List<Class<? extends Part>> parts) {
        return Needing.file(ProcessorTime.NEEDED, idler(name, what, whose, parts));
    }

    private JvmPeer idler(String name, Idler.What what, Idler.Whose whose, List<Class<? extends Part>> parts) {
        return JvmPeer.of(name, parts, Laps.OF_A_PROCESSOR, Math.max(SHORTEST_MILLIS, scale.of(IDLE_MILLIS)))
                .withWords(what.name(), whose.name());
    }
}
