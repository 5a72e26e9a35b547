package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcLock;

/** Waits for a token beside a survivor, and is the first to be signalled. No signal may die with it. */
final class ConditionWaitDeed extends ObjectDeed {

    private static final String HOLDING = "condition-notified-holding";

    private IpcLock lock;
    private IpcCondition notEmpty;
    private IpcLong tokens;
    private Survivor<Boolean> survivor;
    private boolean signalled;
    private boolean there;
    private boolean holds;

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
        stage.is(HOLDING);
        shared.decrementAndGet();
        stage.is("condition-leaving");
        mine.unlock();
    }

    /** One waiter more, who sleeps and comes after the one that is going to be killed, and one token. */
    @Override
    void meanwhile() throws Exception {
        survivor = Survivor.asleep(this::seeToken);
        addToken();
        signalled = true;
    }

    @Override
    String row(String stage) {
        return stage.equals("condition-waiting") && signalled ? "condition-notified" : super.row(stage);
    }

    @Override
    void look(Where where) {
        there = tokens.get() > 0;
        holds = where.isIn(HOLDING);
    }

    /** Waits for a token, and passes the signal on. */
    private boolean seeToken() throws InterruptedException {
        lock.lock();
        try {
            notEmpty.waitFor(() -> tokens.get() > 0);
            notEmpty.signal();
            return true;
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
        if (!holds) {
            return null;
        }
        mustNot("a stopped owner was robbed", lock::tryLock);
        return "time out; it keeps the lock and unlocks when it goes on";
    }

    /** A token that was there when it died is seen without help. */
    @Override
    Finding after(Fate fate) throws Exception {
        boolean slept = survivor != null;
        if (!slept) {
            survivor = Survivor.begin(this::seeToken);
        }
        if (!there || fate == Fate.FINISHED) {
            addToken();
        }
        check(survivor.result(), "no token");
        return new Finding("a living waiter gets the signal", slept ? survivor : null);
    }
}
