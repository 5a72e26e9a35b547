package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.robust.RobustWord;
import io.interlock.memory.IpcLong;

/**
 * Processes that change two values together under a lock. Who dies between the two changes leaves them different;
 * nobody works with them before somebody has made them equal again.
 */
final class RepairScenario extends Scenario {

    /** Who repairs, and when. */
    enum Repair {
        /** Every process, by its hook. */
        HOOK,
        /** The same, but the hook throws the first time: then its process has not got the lock. */
        HOOK_THAT_FAILS_FIRST,
        /** Who is told in its last round; in the others it leaves everything as it is. */
        WHEN_TOLD
    }

    private final GuardKind kind;
    private final Repair repair;
    private final int rounds;
    private final LockWatch watch;
    private final int word;
    private final IpcLong first;
    private final IpcLong second;

    /** So many processes, each of which comes so often. */
    RepairScenario(World world, GuardKind kind, Repair repair, int processes, int rounds) {
        super(world);
        this.kind = kind;
        this.repair = repair;
        this.rounds = rounds;
        Segment auditor = world.auditor();
        kind.open(auditor.context(), auditor);
        first = IpcLong.create(auditor, "first");
        second = IpcLong.create(auditor, "second");
        word = GuardKind.word(auditor);
        watch = LockWatch.untilRepaired(world, word);
        for (int i = 0; i < processes; i++) {
            add();
        }
    }

    private void add() {
        View[] view = new View[1];
        VirtualProcess process = world.process(me -> run(me, view[0]));
        Segment segment = world.segment(process);
        view[0] = new View(kind.open(process.context(), segment), IpcLong.open(segment, "first"),
                IpcLong.open(segment, "second"));
    }

    /** What one process has. */
    private record View(Guard guard, IpcLong first, IpcLong second) {
    }

    private void run(VirtualProcess me, View view) {
        for (int round = 0; round < rounds; round++) {
            boolean fails = repair == Repair.HOOK_THAT_FAILS_FIRST && round == 0;
            view.guard.onOwnerDeath(repair == Repair.WHEN_TOLD ? null : () -> hook(me, view, fails));
            try {
                view.guard.lock();
            } catch (HookFailure e) {
                continue;
            }
            inside(me, view, round == rounds - 1);
            watch.leave(me);
            view.guard.unlock();
        }
    }

    private void hook(VirtualProcess me, View view, boolean fails) {
        makeEqual(view);
        if (fails) {
            throw new HookFailure();
        }
        watch.repairs(me);
    }

    private void inside(VirtualProcess me, View view, boolean repairs) {
        boolean told = view.guard.previousOwnerDied();
        watch.enter(me, told);
        if (told) {
            me.check(repair == Repair.WHEN_TOLD, () -> "is inside, and its hook has not repaired");
            if (!repairs) {
                return;
            }
            makeEqual(view);
            watch.repairs(me);
            view.guard.markConsistent();
        }
        long one = view.first.getPlain();
        long other = view.second.getPlain();
        me.check(one == other, () -> "finds " + one + " and " + other + ", and was not told of a death");
        view.first.setPlain(one + 1);
        view.second.setPlain(one + 1);
    }

    private static void makeEqual(View view) {
        view.second.setPlain(view.first.getPlain());
    }

    @Override
    public String judge() {
        long last = world.mem.getLong(word);
        if (!world.machine.hasKilled() && !RobustWord.isFree(last)) {
            return "all are done, and the lock is " + RobustWord.describe(last);
        }
        boolean mayDiffer = !RobustWord.isFree(last) || RobustWord.isInconsistent(last);
        return mayDiffer || first.get() == second.get() ? null
                : "the lock is free, and the values are " + first.get() + " and " + second.get();
    }

    /** What a hook throws. */
    private static final class HookFailure extends RuntimeException {

        private static final long serialVersionUID = 1;

        HookFailure() {
            super("not now", null, false, false);
        }
    }
}
