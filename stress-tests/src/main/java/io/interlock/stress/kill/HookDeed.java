package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcRLock;

/** Succeeds a dead owner, and is killed while its own hook repairs. */
final class HookDeed extends ObjectDeed {

    private IpcRLock lock;
    private IpcLong repairs;
    private boolean unrepaired;
    private boolean running;

    @Override
    void prepare(Segment made) {
        lock = IpcRLock.create(made, "lock");
        repairs = IpcLong.create(made, "repairs", 0);
    }

    /** The first owner: dies holding the lock. */
    @Override
    Act before() {
        return (path, stage) -> {
            try (Segment opened = Segment.open(path)) {
                IpcRLock mine = IpcRLock.open(opened, "lock");
                mine.lock();
                stage.is("rlock-held");
                IpcLong.open(opened, "repairs").set(0);
                stage.over();
            }
        };
    }

    @Override
    void act(Segment opened, Stage stage) {
        IpcRLock mine = IpcRLock.open(opened, "lock");
        IpcLong done = IpcLong.open(opened, "repairs");
        mine.onOwnerDeath(() -> {
            stage.is("hook-running");
            done.incrementAndGet();
            done.incrementAndGet();
            stage.is("hook-done");
        });
        stage.is("hook-succeeding");
        mine.lock();
        mine.unlock();
    }

    @Override
    String row(String stage) {
        return stage.equals("hook-done") ? "hook-running" : stage;
    }

    @Override
    void look(Where where) {
        unrepaired = lock.isLocked();
        running = where.isIn("hook-running");
        check(unrepaired || where.isIn("hook-done"), "the lock is free before the hook has run");
    }

    @Override
    String whileStopped() throws InterruptedException {
        if (!running) {
            return null;
        }
        mustNot("somebody entered while the hook was running", lock::tryLock);
        return "time out; the hook goes on when it goes on";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        boolean[] hookRan = new boolean[1];
        lock.onOwnerDeath(() -> hookRan[0] = true);
        Survivor<Boolean> survivor = Survivor.begin(() -> {
            lock.lock();
            lock.unlock();
            return true;
        });
        survivor.result();
        boolean dead = fate == Fate.DIED && unrepaired;
        check(hookRan[0] == dead, dead ? "the next owner's hook did not run" : "a hook ran without need");
        check(fate == Fate.DIED || repairs.get() == 2, "the hook did not run once: " + repairs.get());
        return new Finding(dead ? "the next owner's hook runs" : "the repair is done", null);
    }
}
