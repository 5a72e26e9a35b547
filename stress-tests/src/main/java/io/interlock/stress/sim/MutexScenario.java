package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.robust.RobustWord;
import io.interlock.sync.IpcRLock;
import java.util.concurrent.TimeUnit;

/** Processes that lock, are inside, and unlock. */
final class MutexScenario extends Scenario {

    private final LockWatch watch;
    private final int word;
    /** How often the first hold was freed, or -1 if that is not counted. */
    private int freed = -1;

    private MutexScenario(World world, GuardKind kind) {
        super(world);
        Segment auditor = world.auditor();
        kind.open(auditor.context(), auditor);
        word = GuardKind.word(auditor);
        watch = new LockWatch(world, word);
    }

    /** So many processes, which are inside so often. */
    static MutexScenario of(World world, GuardKind kind, int processes, int rounds) {
        MutexScenario scenario = new MutexScenario(world, kind);
        for (int i = 0; i < processes; i++) {
            scenario.add(kind, (me, guard) -> {
                for (int round = 0; round < rounds; round++) {
                    guard.lock();
                    scenario.inside(me, guard);
                    guard.unlock();
                }
            });
        }
        return scenario;
    }

    /** So many processes, one of which waits for a limited time only, while the others come twice. */
    static MutexScenario timed(World world, GuardKind kind, int processes) {
        MutexScenario scenario = of(world, kind, processes - 1, 2);
        world.machine.mayJumpOnce(TimeUnit.MILLISECONDS.toNanos(1));
        scenario.add(kind, (me, guard) -> {
            if (guard.tryLock(1, TimeUnit.MILLISECONDS)) {
                scenario.inside(me, guard);
                guard.unlock();
            }
        });
        return scenario;
    }

    /** The same, and that one may be interrupted while it waits; it has nothing then. */
    static MutexScenario interrupted(World world, GuardKind kind, int processes) {
        MutexScenario scenario = of(world, kind, processes - 1, 2);
        scenario.add(kind, (me, guard) -> {
            try {
                guard.lockInterruptibly();
                scenario.inside(me, guard);
                guard.unlock();
            } catch (InterruptedException e) {
                me.note(() -> "interrupted");
            }
        }).interruptOnce();
        return scenario;
    }

    /** One of two processes acquires twice. */
    static MutexScenario reentrant(World world) {
        MutexScenario scenario = of(world, GuardKind.RLOCK, 1, 1);
        IpcRLock[] lock = new IpcRLock[1];
        VirtualProcess process = world.process(me -> {
            lock[0].lock();
            me.check(lock[0].getHoldCount() == 1, () -> "holds the lock " + lock[0].getHoldCount()
                    + " times, not once");
            scenario.watch.enter(me, lock[0].previousOwnerDied());
            lock[0].lock();
            me.check(lock[0].getHoldCount() == 2, () -> "holds the lock " + lock[0].getHoldCount()
                    + " times, not twice");
            lock[0].unlock();
            scenario.watch.leave(me);
            lock[0].unlock();
        });
        lock[0] = IpcRLock.openOrCreate(world.segment(process), GuardKind.NAME);
        return scenario;
    }

    /**
     * One of two processes also frees the lock without having acquired it, as is allowed: then the other one's hold is
     * over, and nobody's else.
     */
    static MutexScenario stray(World world, GuardKind kind) {
        MutexScenario scenario = new MutexScenario(world, kind);
        scenario.freed = world.ghosts.add();
        scenario.add(kind, (me, guard) -> {
            guard.lock();
            try {
                guard.unlock();
                me.add(scenario.freed, 1);
            } catch (IllegalMonitorStateException e) {
                me.note(() -> "has lost its hold");
            }
        });
        scenario.add(kind, (me, guard) -> {
            if (guard.freeAnybodys()) {
                me.add(scenario.freed, 1);
            }
            guard.lock();
            me.note(() -> "acquired");
            guard.unlock();
        });
        return scenario;
    }

    private void inside(VirtualProcess me, Guard guard) {
        watch.enter(me, guard.previousOwnerDied());
        watch.leave(me);
    }

    private VirtualProcess add(GuardKind kind, Use use) {
        Guard[] guard = new Guard[1];
        VirtualProcess process = world.process(me -> use.run(me, guard[0]));
        guard[0] = kind.open(process.context(), world.segment(process));
        return process;
    }

    /** What a process does with the lock. */
    private interface Use {

        void run(VirtualProcess me, Guard guard) throws InterruptedException;
    }

    @Override
    public String judge() {
        if (freed >= 0 && ghost(freed) != 1) {
            return "the hold of process A was freed " + ghost(freed) + " times";
        }
        long last = world.mem.getLong(word);
        return world.machine.hasKilled() || RobustWord.isFree(last) ? null
                : "all are done, and the lock is " + RobustWord.describe(last);
    }
}
