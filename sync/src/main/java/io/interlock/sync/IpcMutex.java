package io.interlock.sync;

import io.interlock.core.Segment;
import io.interlock.core.attach.Janitor;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Self;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * What {@link IpcLock} and {@link IpcRLock} have in common: a {@link Lock} that excludes threads of all processes, and
 * that survives its owner.
 *
 * <p><b>When the owner dies</b> whoever wants the lock next takes it over, as soon as the kernel has buried the dead
 * process: at once if it asks then, within 50 ms if it was already waiting, and within 250 ms if it has slept for more
 * than a second without being woken. The new owner finds {@link #previousOwnerDied()} true, and the hook
 * given to {@link #onOwnerDeath} has run. A stopped owner is not dead.
 *
 * <p><b>Waiting.</b> Spins a little, then sleeps. Not fair. Untimed {@code tryLock()} asks once whether the owner is
 * dead.
 *
 * <p><b>Memory consistency effects.</b> Actions in a thread prior to releasing the lock <i>happen-before</i> actions
 * following a later acquisition of it, in any process (see
 * {@linkplain io.interlock.core.robust the package that argues so}).
 *
 * <p><b>Progress.</b> {@code tryLock()} and {@code unlock()} are lock-free, everything else blocks. {@code lock()}
 * keeps an interrupt's status; {@code lockInterruptibly()} and the timed {@code tryLock} throw, holding nothing.
 *
 * <p><b>Closing the segment.</b> A waiting thread gets {@link io.interlock.core.error.SegmentClosedException}; what its
 * process holds stays held until the process closes its last handle of the segment.
 */
public abstract sealed class IpcMutex implements Lock permits IpcLock, IpcRLock {

    /* Design.
     *
     * The protocol of the word is RobustLock's; see there, and docs/adr/0004. What is added here is the hold: a note in
     * the thread's record of which lock it has acquired with which token. It is written after the word and dropped
     * before it, by its thread only; unlock(), await() and the janitor go by it. A death is dealt with between the
     * acquisition and the return of lock(): the hook runs with the hold in place, so that it may use the lock like
     * anybody.
     *
     * Nothing is done between an atomic instruction and what depends on it, so each load that a thread's record is away
     * shows. A ThreadLocal is a chain of nine; the record of the thread that came last is one away. It is believed only
     * by the thread that it belongs to, which has made it itself, so the field needs no order.
     *
     * Room for the note is made before the lock is acquired: afterwards nothing may fail.
     */

    final Segment segment;
    final SharedBlock block;
    final Context context;
    final RobustLock robust;
    private final Self self;
    private final Janitor janitor;
    /** Of the thread that came last; see the design. */
    private ThreadRecord latest;
    private volatile Runnable ownerDeathHook;

    IpcMutex(Segment segment, SharedBlock block, boolean recursive) {
        this.segment = segment;
        this.block = block;
        this.context = block.context();
        this.self = context.self;
        this.janitor = segment.janitor();
        this.robust = new RobustLock(context, block.offset() + LockLayout.ROBUST_OFFSET, recursive);
    }

    /**
     * Opens a lock of either kind by its number.
     *
     * @param id what {@link #id()} returned, in any process
     */
    public static IpcMutex open(Segment segment, int id) {
        ObjectType type = segment.directory().byId(id).type() == LockLayout.LOCK.code() ? LockLayout.LOCK
                : LockLayout.RLOCK;
        SharedBlock block = segment.directory().open(type, id);
        return type == LockLayout.LOCK ? new IpcLock(segment, block) : new IpcRLock(segment, block);
    }

    /** Acquires the lock, waiting as long as it takes; an interrupt does not end the wait, its status is kept. */
    @Override
    public final void lock() {
        ThreadRecord me = me();
        me.prepareHold();
        if (!acquiredAtOnce(me)) {
            robust.acquire(me);
            acquired(me);
        }
    }

    /**
     * Acquires the lock, waiting as long as it takes.
     *
     * @throws InterruptedException if interrupted before or while waiting; nothing is held then
     */
    @Override
    public final void lockInterruptibly() throws InterruptedException {
        ThreadRecord me = entered();
        if (!acquiredAtOnce(me)) {
            robust.acquire(me, context.deadline(Long.MAX_VALUE), true);
            acquired(me);
        }
    }

    /** Acquires the lock if it is free, or its owner is dead. */
    @Override
    public final boolean tryLock() {
        ThreadRecord me = me();
        me.prepareHold();
        if (acquiredAtOnce(me)) {
            return true;
        }
        if (!robust.tryAcquireOrTakeOver(me)) {
            context.checkOpen();
            return false;
        }
        acquired(me);
        return true;
    }

    /**
     * Acquires the lock, waiting for at most the given time; {@code <= 0} tries once.
     *
     * @return false if the time is over; nothing is held then
     * @throws InterruptedException if interrupted before or while waiting; nothing is held then
     */
    @Override
    public final boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
        long timeoutNanos = unit.toNanos(timeout);
        ThreadRecord me = entered();
        if (acquiredAtOnce(me)) {
            return true;
        }
        if (timeoutNanos <= 0) {
            return tryLock();
        }
        if (!robust.acquire(me, context.deadline(timeoutNanos), true)) {
            context.checkOpen();
            return false;
        }
        acquired(me);
        return true;
    }

    /** Not possible: a condition that other processes can find needs a name. Call {@link #condition(String)}. */
    @Override
    public final Condition newCondition() {
        throw new UnsupportedOperationException(
                "a condition without a name cannot be found by other processes; call condition(\"a-name\")");
    }

    /**
     * The condition of this name on this lock; made if it is missing.
     *
     * @param name 1 to 128 bytes of UTF-8, without slash and NUL; unique for this lock
     */
    public final IpcCondition condition(String name) {
        return new IpcCondition(this, segment.directory().openOrCreate(ConditionLayout.request(name).partOf(id())));
    }

    /** Acquires the lock and returns the hold, for {@code try (var held = lock.hold()) { ... }}. */
    public final Held hold() {
        lock();
        return new Held(this, me());
    }

    /** Runs an action under the lock. */
    public final void run(Runnable action) {
        Objects.requireNonNull(action, "action must not be null");
        lock();
        try {
            action.run();
        } catch (Throwable e) {
            unlockAfter(e);
            throw e;
        }
        unlockOwn();
    }

    /** Computes something under the lock. */
    public final <T> T call(Callable<T> action) throws Exception {
        Objects.requireNonNull(action, "action must not be null");
        lock();
        T result;
        try {
            result = action.call();
        } catch (Throwable e) {
            unlockAfter(e);
            throw e;
        }
        unlockOwn();
        return result;
    }

    /** Whether an owner died holding the lock, and that was not put right yet; for the present holder. */
    public final boolean previousOwnerDied() {
        boolean died = robust.isInconsistent();
        context.checkOpen();
        return died;
    }

    /**
     * Declares what the lock guards to be right again; matters for {@link OwnerDeath#REPAIR_REQUIRED}.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     */
    public final void markConsistent() {
        requireHeld(me());
        robust.clearInconsistent();
    }

    /**
     * Says what to do when a lock is acquired whose owner died: the hook runs under the lock, before {@code lock()}
     * returns and so before anybody else can enter. If it throws, the lock is freed and the exception goes to the
     * acquirer; the next owner is told again, as it is if the hook's runner dies. A hook that returns normally has
     * repaired. It belongs to this object, not to the shared lock: every process sets its own.
     *
     * @param hook the hook, or null for none
     */
    public final void onOwnerDeath(Runnable hook) {
        ownerDeathHook = hook;
    }

    /** Whether anybody holds the lock now; for monitoring. */
    public final boolean isLocked() {
        boolean locked = !RobustWord.isFree(robust.word());
        context.checkOpen();
        return locked;
    }

    /** How many owners have died holding the lock. */
    public final long ownerDeaths() {
        long deaths = robust.deaths();
        context.checkOpen();
        return deaths;
    }

    /** Number of the lock in its segment; {@link #open(Segment, int)} takes it in other processes. */
    public final int id() {
        return block.id();
    }

    /** Name of the lock, or {@code #id} for an anonymous one. */
    public final String name() {
        return block.label();
    }

    /** Whether the calling thread has an unfinished hold of the lock. */
    public abstract boolean isHeldByCurrentThread();

    /**
     * The present hold's fencing token: grows with every acquisition by whomever, so that a resource outside can refuse
     * an owner who has lost the lock.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     */
    public final long token() {
        ThreadRecord me = me();
        requireHeld(me);
        return tokenOf(me);
    }

    /** Token of the hold of a thread that has one. */
    final long tokenOf(ThreadRecord me) {
        return me.holdToken(me.findHold(robust.block()));
    }

    /** After a wait that failed: an unlock() by the thread must not be taken for one by somebody without a hold. */
    abstract void noteLost(ThreadRecord me, long token);

    /** Acquires the lock if it is free and bears no mark. */
    abstract boolean tryAcquireUnmarked(ThreadRecord me);

    /** Counts one more hold of a thread that has the lock already; false if it has not, or such a lock waits. */
    abstract boolean reenter(ThreadRecord me);

    /** Frees the lock with this hold of the record, for the next owner to be told of the death again. */
    abstract void releaseUntold(ThreadRecord me, int hold);

    /** Frees the lock however often it is held, and returns how often. */
    abstract int releaseFully(ThreadRecord me);

    /** Restores the number of holds after a wait. */
    abstract void restore(int count);

    /** What a thread that is not the holder is told. */
    abstract void requireHeld(ThreadRecord me);

    /** Releases the calling thread's hold, and never anybody else's. */
    final void unlockOwn() {
        if (me().findHold(robust.block()) < 0) {
            context.checkOpen();
            throw new IllegalMonitorStateException("the hold of lock " + name() + " is over (now " + robust + ")");
        }
        unlock();
    }

    /** Releases the hold after a failure, which is the one to tell if the hold is over as well. */
    private void unlockAfter(Throwable failure) {
        try {
            unlockOwn();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Takes the lock back after a wait. */
    final void reacquire(ThreadRecord me, int count) {
        robust.acquire(me);
        acquired(me);
        if (me.findHold(robust.block()) < 0) {
            throw new IllegalMonitorStateException("the owner-death hook released lock " + name());
        }
        restore(count);
    }

    /** The record of the calling thread. */
    final ThreadRecord me() {
        ThreadRecord record = latest;
        if (!self.isCurrent(record)) {
            record = self.current();
            latest = record;
        }
        return record;
    }

    private ThreadRecord entered() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        ThreadRecord me = me();
        me.prepareHold();
        return me;
    }

    /** The usual case, and that of a thread that has the lock already. */
    private boolean acquiredAtOnce(ThreadRecord me) {
        if (tryAcquireUnmarked(me)) {
            note(me);
            return true;
        }
        return reenter(me);
    }

    private void note(ThreadRecord me) {
        int hold = me.noteHold(robust.block());
        janitor.needed();
        if (context.isClosed()) {
            releaseUntold(me, hold);
            context.checkOpen();
        }
    }

    /** Notes the hold, and deals with a dead predecessor. */
    private void acquired(ThreadRecord me) {
        note(me);
        if (robust.isInconsistent()) {
            repair(me);
        }
    }

    private void repair(ThreadRecord me) {
        Runnable hook = ownerDeathHook;
        if (hook == null) {
            return;
        }
        try {
            hook.run();
            if (me.findHold(robust.block()) >= 0) {
                robust.clearInconsistent();
            }
        } catch (Throwable e) {
            int hold = me.findHold(robust.block()); // the hook may have released it, or others
            if (hold >= 0) {
                releaseUntold(me, hold);
            }
            throw e;
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + name() + ", " + robust + "]";
    }
}
