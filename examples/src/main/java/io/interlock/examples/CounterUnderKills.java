package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.examples.Counter.Mode;
import io.interlock.examples.Counter.Result;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The counter, while some of its processes are killed at random moments. The others go on, and count as often as they
 * would have.
 *
 * <p><b>What is expected</b> is the sum of what each process has completed: all of its increments for each that lives
 * to the end, and for the killed what they have {@linkplain Ledger#completedBy completed} by their own account. An
 * addition that is in the ledger counts as completed, even if the process was killed before it could store the sum or
 * hear that the addition had returned; it is the repair that carries it out.
 *
 * <p><b>Why a loss would show.</b> The number is repaired from the ledger, so number and ledger agree after the last
 * death whatever happened. The judge therefore does not go by the ledger: how often a process that lived has added is
 * known from its end, and how often a killed one did from its notes, which the repair does not read. And a repair
 * refuses to hide more than its one death explains; {@link RepairableCounter#repair()}.
 *
 * <p><b>Nobody rehearses</b>, other than in {@link Counter}: processes whose code has been compiled are through before
 * a signal can hit one in the middle of an addition. The time includes the kills anyway.
 */
final class CounterUnderKills {

    private static final String KILLS_DONE = "kills-done";
    /** Nobody does more than this part of its increments before the last kill: all kills come while all count. */
    private static final double BEFORE_LAST_KILL = 0.9;
    /** The kills come at random moments between these parts of that: at about 20 to 80 % of everything. */
    private static final double EARLIEST = 0.22;
    private static final double LATEST = 0.89;
    private static final long LOOK_MILLIS = 1;
    /** Longer than an addition takes: if there was none, the owner of the lock is off the processor. */
    private static final long STANDSTILL_NANOS = 50_000;
    /** So often such an owner is looked for, and no longer than until this part of all additions has been done. */
    private static final int LOOKS = 300;
    private static final double LOOKING = 0.1;

    private final Mode mode;
    private final int processes;
    private final int increments;
    private final int kills;
    private final PrintWriter err;
    private final SplittableRandom random = new SplittableRandom();

    /**
     * What came of it.
     *
     * @param recoveries how often the lock was taken over from a dead process; a kill outside the lock needs none
     */
    record Outcome(Result result, int killed, long recoveries) {
    }

    /** Of {@code processes}, {@code kills} are killed; {@code err} is told which. */
    CounterUnderKills(Mode mode, int processes, int increments, int kills, PrintWriter err) {
        this.mode = mode;
        this.processes = processes;
        this.increments = increments;
        this.kills = kills;
        this.err = err;
    }

    Outcome run() throws InterruptedException {
        try (Segment segment = Segment.temporary(); Workers workers = new Workers(segment)) {
            IpcLong counter = IpcLong.create(segment, "counter", 0);
            IpcLock.create(segment, "lock");
            Ledger ledger = Ledger.create(segment, processes);
            IpcEvent killsDone = IpcEvent.create(segment, KILLS_DONE);
            for (int i = 0; i < processes; i++) {
                workers.start("counter-under-kills", mode.name(), increments, i);
            }
            workers.go();
            kill(workers, new RepairableCounter(segment, mode), ledger);
            killsDone.set();
            long elapsedMillis = workers.awaitDone(() -> {});
            Result result = new Result(mode, completed(workers, ledger), counter.get(), elapsedMillis);
            return new Outcome(result, workers.killed(), segment.stats().recoveries());
        }
    }

    private void kill(Workers workers, RepairableCounter counter, Ledger ledger) throws InterruptedException {
        for (double moment : random.doubles(kills, EARLIEST, LATEST).sorted().toArray()) {
            while (ledger.sum() < (long) (moment * reachable(workers, ledger))) {
                workers.failIfAnyFailed();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            int victim = victim(workers, counter, ledger);
            workers.kill(victim);
            err.println("counter: killed process " + victim + " (pid " + workers.pid(victim) + ") "
                    + (ledger.isAdding(victim) ? "in the middle of its addition " : "after its addition ")
                    + ledger.counted(victim) + " of " + increments);
        }
    }

    /** What the ledger can come to before the last kill. */
    private long reachable(Workers workers, Ledger ledger) {
        return IntStream.range(0, processes)
                .mapToLong(i -> workers.wasKilled(i) ? ledger.counted(i) : pauseAt(increments)).sum();
    }

    /**
     * A process that most likely holds the lock: the only one that is in the middle of an addition, while the lock is
     * held and nothing goes on. An owner that runs would be through before the signal reaches it. After many looks in
     * vain, the one that has most to do.
     */
    private int victim(Workers workers, RepairableCounter counter, Ledger ledger) {
        List<Integer> living = IntStream.range(0, processes).filter(i -> !workers.wasKilled(i)).boxed().toList();
        long end = ledger.sum() + (long) (LOOKING * reachable(workers, ledger));
        for (int look = 0; look < LOOKS && ledger.sum() <= end; look++) {
            long before = ledger.sum();
            LockSupport.parkNanos(STANDSTILL_NANOS);
            List<Integer> adding = living.stream().filter(ledger::isAdding).toList();
            if (adding.size() == 1 && counter.isLocked() && ledger.sum() == before) {
                return adding.get(0);
            }
        }
        return Collections.min(living, Comparator.comparingLong(ledger::counted));
    }

    private long completed(Workers workers, Ledger ledger) {
        return IntStream.range(0, processes)
                .mapToLong(i -> workers.wasKilled(i) ? ledger.completedBy(i) : increments).sum();
    }

    /** Where a process waits until the last kill is done, so that nobody is through before. */
    private static int pauseAt(int increments) {
        return (int) (increments * BEFORE_LAST_KILL);
    }

    /** One process. */
    static void count(Segment segment, List<String> arguments) throws InterruptedException {
        RepairableCounter counter = new RepairableCounter(segment, Mode.valueOf(arguments.get(0)));
        int increments = Integer.parseInt(arguments.get(1));
        int process = Integer.parseInt(arguments.get(2));
        IpcEvent killsDone = IpcEvent.open(segment, KILLS_DONE);
        StartLine.await(segment);
        for (int i = 0; i < increments; i++) {
            if (i == pauseAt(increments)) {
                killsDone.await();
            }
            counter.add(process);
        }
    }
}
