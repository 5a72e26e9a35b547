package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.OwnerDeath;
import java.util.concurrent.TimeUnit;

/** Locks, adds one, unlocks; the watcher may hold the lock first. Whoever comes next must be told what happened. */
final class MutexDeed extends ObjectDeed {

    private final Kind kind;
    private final boolean contended;
    private IpcMutex mutex;
    private boolean mine;
    private boolean held;
    private Survivor<Boolean> survivor;

    /** Whose lock it is. */
    enum Kind {
        LOCK("lock"), RLOCK("rlock"), VALUE("value-lock"), REPAIR("repair-lock");

        final String rows;

        Kind(String rows) {
            this.rows = rows;
        }

        /** In the process that makes it. */
        IpcMutex create(Segment segment) {
            return switch (this) {
                case LOCK -> IpcLock.create(segment, "lock");
                case RLOCK -> IpcRLock.create(segment, "lock");
                case REPAIR -> IpcRLock.create(segment, "lock", OwnerDeath.REPAIR_REQUIRED);
                case VALUE -> IpcLong.create(segment, "value").getLock();
            };
        }

        /** In the other one. */
        IpcMutex open(Segment segment) {
            return switch (this) {
                case LOCK -> IpcLock.open(segment, "lock");
                case RLOCK, REPAIR -> IpcRLock.open(segment, "lock");
                case VALUE -> IpcLong.open(segment, "value").getLock();
            };
        }
    }

    MutexDeed(Kind kind, boolean contended) {
        this.kind = kind;
        this.contended = contended;
    }

    @Override
    void prepare(Segment made) {
        mutex = kind.create(made);
        IpcLong.create(made, "guarded", 0);
        if (contended) {
            mutex.lock();
            mine = true;
        }
    }

    @Override
    void act(Segment opened, Stage stage) {
        IpcMutex lock = kind.open(opened);
        IpcLong guarded = IpcLong.open(opened, "guarded");
        stage.is(kind.rows + (contended ? "-waiting" : "-acquiring"));
        lock.lock();
        stage.is(kind.rows + "-held");
        if (kind == Kind.RLOCK) {
            lock.lock();
        }
        guarded.set(guarded.get() + 1);
        if (kind == Kind.RLOCK) {
            lock.unlock();
        }
        stage.is(kind.rows + "-releasing");
        lock.unlock();
    }

    @Override
    void meanwhile() {
        mutex.unlock();
        mine = false;
    }

    @Override
    void look(Where where) throws Exception {
        held = mutex.isLocked() && !mine;
        check(held || !where.isIn(kind.rows + "-held"), "the lock is free although it is held");
        if (where.early()) {
            survivor = held ? Survivor.asleep(this::succeed) : Survivor.begin(this::succeed);
            check(!held || !survivor.isDone(), "an owner that lives was robbed by a waiter");
        }
    }

    @Override
    String whileStopped() throws Exception {
        if (held) {
            mustNot("a stopped owner was robbed", mutex::tryLock);
            check(survivor == null || !survivor.isDone(), "a stopped owner was robbed by a waiter");
            return "time out; it keeps the lock and unlocks when it goes on";
        }
        if (mine) {
            return null;
        }
        must("the lock", mutex::tryLock);
        mutex.unlock();
        return "acquire it";
    }

    @Override
    Finding after(Fate fate) throws Exception {
        if (mine) {
            meanwhile();
        }
        boolean dead = held && fate == Fate.DIED;
        if (survivor == null) {
            survivor = Survivor.begin(this::succeed);
        }
        check(survivor.result() == dead,
                dead ? "the next owner was not told of the death" : "the next owner was told of a death without one");
        checkThatItWorks();
        return new Finding(dead ? "one of them acquires; it is told" : "others acquire; it did not hold it",
                dead ? survivor : null);
    }

    /** Acquires and releases; gives whether an owner had died. */
    private boolean succeed() throws InterruptedException {
        mutex.lock();
        boolean told = mutex.previousOwnerDied();
        mutex.unlock();
        if (told && kind == Kind.REPAIR) {
            must("the lock", mutex::tryLock);
            check(mutex.previousOwnerDied(), "REPAIR_REQUIRED, but the mark is gone without repair");
            mutex.markConsistent();
            mutex.unlock();
        }
        return told;
    }

    private void checkThatItWorks() throws Exception {
        check(!mutex.isLocked(), "the lock is held by nobody");
        must("the lock", mutex::tryLock);
        check(!mutex.previousOwnerDied(), "a death was told twice");
        check(!Survivor.begin(() -> mutex.tryLock(0, TimeUnit.NANOSECONDS)).result(), "two are inside");
        mutex.unlock();
    }
}
