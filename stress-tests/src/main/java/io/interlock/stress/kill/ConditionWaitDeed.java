package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcLock;
import java.util.concurrent.TimeUnit;

/** Waits for a token beside a survivor, and is the first to be signalled. No signal may die with it. */
final class ConditionWaitDeed extends ObjectDeed {

    private IpcLock lock;
    private IpcCondition notEmpty;
    private IpcLong tokens;
    private Survivor<Boolean> survivor;
    private boolean signalled;

    @Override
    void prepare(Segment made) {
        lock = IpcLock.create(made, "lock");
        notEmpty = lock.condition("not-empty");
        tokens = IpcLong.create(made, "tokens", 0);
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        IpcLock mine = IpcLock.open(opened, "lock");
        IpcCondition there = mine.condition("not-empty");
        IpcLong shared = IpcLong.open(opened, "tokens");
        stage.is("condition-entering");
        mine.lock();
        stage.is("condition-waiting");
        there.waitFor(() -> shared.get() > 0);
        stage.is("condition-notified-holding");
        shared.decrementAndGet();
        mine.unlock();
    }

    /** Another waiter, who comes after the one that is going to be killed, and one token. */
    @Override
    void meanwhile() throws InterruptedException {
        survive();
        addToken();
        signalled = true;
    }

    @Override
    String row(String stage) {
        return stage.equals("condition-waiting") && signalled ? "condition-notified" : stage;
    }

    private void survive() {
        if (survivor == null) {
            survivor = Survivor.begin(this::seeToken);
        }
    }

    /** Waits for a token, and passes the signal on. */
    private boolean seeToken() throws InterruptedException {
        must("the lock", lock::tryLock);
        try {
            boolean there = notEmpty.waitFor(() -> tokens.get() > 0, PATIENCE_SECONDS, TimeUnit.SECONDS);
            notEmpty.signal();
            return there;
        } finally {
            lock.unlock();
        }
    }

    private void addToken() throws InterruptedException {
        must("the lock", lock::tryLock);
        tokens.incrementAndGet();
        notEmpty.signal();
        lock.unlock();
    }

    @Override
    String whileStopped() throws InterruptedException {
        if (lock.tryLock(LONGER_THAN_A_SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
            lock.unlock();
            return "go on";
        }
        return "time out; it keeps the lock and unlocks when it goes on";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        survive();
        if (!(signalled && comesTo(survivor, () -> tokens.get() > 0))) {
            addToken();
        }
        check(survivor.result(), "a token is there, and a waiter sleeps: " + notEmpty);
        return new Finding("a living waiter gets the signal", survivor.doneNanos());
    }
}
