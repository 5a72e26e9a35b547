package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcRLock;

/** Changes what a survivor waits for, and signals. Killed in between it must strand nobody. */
final class ConditionSignalDeed extends ObjectDeed {

    private IpcRLock lock;
    private IpcCondition changed;
    private IpcLong value;
    private Survivor<Boolean> survivor;
    private boolean held;

    @Override
    void prepare(Segment made) throws Exception {
        lock = IpcRLock.create(made, "lock");
        changed = lock.condition("changed");
        value = IpcLong.create(made, "value", 0);
        survivor = Survivor.asleep(this::awaitChange);
    }

    private boolean awaitChange() throws InterruptedException {
        lock.lock();
        try {
            changed.waitFor(() -> value.get() == 1);
            return true;
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
    void look(Where where) {
        held = lock.isLocked();
        check(held || !where.isIn("condition-changing"), "the lock is free although it is held");
    }

    @Override
    String whileStopped() throws InterruptedException {
        if (!held) {
            return null;
        }
        mustNot("a stopped owner was robbed", lock::tryLock);
        check(!survivor.isDone(), "a waiter returned while a stopped owner holds the lock");
        return "wait on; it keeps the lock and unlocks when it goes on";
    }

    /** What was changed when it died is seen without help. */
    @Override
    Finding after(Fate fate) throws Exception {
        boolean wasChanged = value.get() == 1;
        if (!wasChanged) {
            check(!survivor.isDone(), "a waiter returned although nothing had changed");
            must("the lock", lock::tryLock);
            value.set(1);
            changed.signalAll();
            lock.unlock();
        }
        check(survivor.result(), "nothing has changed");
        return new Finding(wasChanged ? "all waiters return and look again" : "nothing has changed; they wait on",
                survivor);
    }
}
