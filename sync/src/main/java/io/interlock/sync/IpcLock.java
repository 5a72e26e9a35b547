package io.interlock.sync;

import io.interlock.core.Segment;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustWord;

/**
 * A plain lock across processes: Python's {@code Lock}. It is not recursive, and whoever acquired it, somebody else may
 * release it.
 *
 * <pre>{@code
 * IpcLock lock = IpcLock.openOrCreate(segment, "lock");
 * try (var held = lock.hold()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Every acquisition is a <em>hold</em> with a number that only grows, its {@link #token()}.
 * <ul>
 * <li>{@link #unlock()} by the thread that acquired releases its own hold, and fails if that hold is over: taken over
 * after a death, or released by somebody else. It never releases another's.
 * <li>{@link #release(long)} releases the hold with this token, for whoever was given it.
 * <li>{@link #unlock()} by a thread that acquired nothing frees whoever holds, as in Python; it is refused while the
 * lock is inconsistent.
 * </ul>
 *
 * <p>A second acquisition by the holder waits for ever (a timed one times out), as in Python. The end of a thread frees
 * nothing; the death of the process does, as {@link IpcMutex} says.
 *
 * <p>Uncontended, lock and unlock are one atomic instruction each, no system call, and allocate nothing. Blocking
 * otherwise.
 */
public final class IpcLock extends IpcMutex {

    IpcLock(Segment segment, SharedBlock block) {
        super(segment, block, false);
    }

    /** Makes an anonymous lock, for those who are told its {@link #id()}. */
    public static IpcLock create(Segment segment) {
        return new IpcLock(segment,
                segment.directory().create(LockLayout.request(LockLayout.LOCK, "", OwnerDeath.TOLD_ONCE)));
    }

    /**
     * Makes a lock.
     *
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcLock create(Segment segment, String name) {
        return create(segment, name, OwnerDeath.TOLD_ONCE);
    }

    /** Makes a lock that does this about the death of an owner. */
    public static IpcLock create(Segment segment, String name, OwnerDeath policy) {
        return new IpcLock(segment,
                segment.directory().create(LockLayout.request(LockLayout.LOCK, Names.checked(name), policy)));
    }

    /**
     * Opens a lock.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcLock open(Segment segment, String name) {
        return new IpcLock(segment, segment.directory().open(LockLayout.LOCK, 0, name));
    }

    /** Opens a lock, or makes it. */
    public static IpcLock openOrCreate(Segment segment, String name) {
        return openOrCreate(segment, name, OwnerDeath.TOLD_ONCE);
    }

    /** Opens a lock, or makes it; an existing one must do the same about the death of an owner. */
    public static IpcLock openOrCreate(Segment segment, String name, OwnerDeath policy) {
        return new IpcLock(segment,
                segment.directory().openOrCreate(LockLayout.request(LockLayout.LOCK, Names.checked(name), policy)));
    }

    /**
     * Releases the hold of the calling thread; without one, frees whoever holds.
     *
     * @throws IllegalMonitorStateException if the lock is free, if the calling thread's hold is over, or if it has none
     *                                      and the lock is inconsistent
     */
    @Override
    public void unlock() {
        context.checkOpen();
        ThreadRecord me = me();
        int hold = me.findHold(robust.block());
        if (hold < 0) {
            releaseAnybodys();
            return;
        }
        long token = me.holdToken(hold);
        me.dropHold(hold);
        releaseHold(token);
    }

    /**
     * Releases the hold with this token.
     *
     * @param holdToken what {@link #token()} or {@link Held#token()} returned to whoever acquired
     * @throws IllegalMonitorStateException if that hold is over
     */
    public void release(long holdToken) {
        context.checkOpen();
        releaseHold(holdToken);
    }

    private void releaseHold(long holdToken) {
        if (!robust.release(holdToken)) {
            context.checkOpen();
            throw new IllegalMonitorStateException("hold " + holdToken + " of lock " + name()
                    + " is over: it was released by somebody else, or taken over after a death (now " + robust + ")");
        }
    }

    @Override
    public boolean isHeldByCurrentThread() {
        boolean held = isHeldBy(me());
        context.checkOpen();
        return held;
    }

    private void releaseAnybodys() {
        while (true) {
            long seen = robust.word();
            context.checkOpen();
            if (RobustWord.isFree(seen)) {
                throw new IllegalMonitorStateException("lock " + name() + " is free, there is nothing to release");
            }
            if (RobustWord.isInconsistent(seen)) {
                throw new IllegalMonitorStateException("lock " + name()
                        + " is being recovered from a dead owner; only the thread that acquired it may release it");
            }
            if (robust.releaseSeen(seen)) {
                return;
            }
        }
    }

    private boolean isHeldBy(ThreadRecord me) {
        int hold = me.findHold(robust.block());
        return hold >= 0 && robust.isHold(robust.word(), me.holdToken(hold));
    }

    @Override
    boolean tryAcquireUnmarked(ThreadRecord me) {
        return robust.tryAcquireUnmarkedPlain(me);
    }

    /** Never: a second acquisition waits. */
    @Override
    boolean reenter(ThreadRecord me) {
        return false;
    }

    @Override
    void releaseUntold(ThreadRecord me, int hold) {
        long token = me.holdToken(hold);
        me.dropHold(hold);
        robust.releaseUntold(token);
    }

    @Override
    int releaseFully(ThreadRecord me) {
        unlock();
        return 1;
    }

    @Override
    void noteLost(ThreadRecord me, long token) {
        if (me.findHold(robust.block()) < 0) {
            me.pushHold(robust.block(), token);
        }
    }

    @Override
    void restore(int count) {
        assert count == 1;
    }

    @Override
    void requireHeld(ThreadRecord me) {
        boolean held = isHeldBy(me);
        context.checkOpen();
        if (!held) {
            throw new IllegalMonitorStateException(
                    "lock " + name() + " is not held by this thread (" + robust + "); acquire it first");
        }
    }
}
