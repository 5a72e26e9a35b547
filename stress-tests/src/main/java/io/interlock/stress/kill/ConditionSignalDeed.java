package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcRLock;
import java.util.concurrent.TimeUnit;

/** Changes what a survivor waits for, and signals. Killed in between it must strand nobody. */
final class ConditionSignalDeed extends ObjectDeed {

    private IpcRLock lock;
    private IpcCondition changed;
    private IpcLong value;
    private Survivor<Boolean> survivor;
    private boolean held;

    @Override
    void prepare(Segment made) {
        lock = IpcRLock.create(made, "lock");
        changed = lock.condition("changed");
        value = IpcLong.create(made, "value", 0);
        survivor = Survivor.begin(this::awaitChange);
        while (changed.waiters() == 0 && !survivor.isDone()) {
            Thread.onSpinWait();
        }
    }

    private boolean awaitChange() throws InterruptedException {
        must("the lock", lock::tryLock);
        try {
            return changed.waitFor(() -> value.get() == 1, PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            lock.unlock();
        }
    }

    @Override
    void act(Segment opened, Stage stage) {
        IpcRLock mine = IpcRLock.open(opened, "lock");
        IpcCondition there = mine.condition("changed");
        IpcLong shared = IpcLong.open(opened, "value");
        mine.lock();
        stage.is("condition-changing");
        shared.set(1);
        stage.is("condition-changed-not-notified");
        there.signalAll();
        mine.unlock();
    }

    @Override
    void look(String stage, boolean early) {
        held = lock.isLocked();
    }

    @Override
    String whileStopped() throws InterruptedException {
        if (held) {
            check(!survivor.isDoneWithin(LONGER_THAN_A_SLICE_MILLIS, TimeUnit.MILLISECONDS),
                    "a waiter returned while a stopped owner holds the lock");
            return "wait on; it keeps the lock and unlocks when it goes on";
        }
        return "go on";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        boolean wasChanged = value.get() == 1;
        if (!wasChanged) {
            must("the lock", lock::tryLock);
            value.set(1);
            changed.signalAll();
            lock.unlock();
        }
        check(survivor.result(), "the predicate holds, and a waiter sleeps: " + changed);
        return new Finding(wasChanged ? "all waiters return and look again" : "nothing has changed; they wait on",
                survivor.doneNanos());
    }
}
