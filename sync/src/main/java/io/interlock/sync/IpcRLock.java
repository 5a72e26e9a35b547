package io.interlock.sync;

import io.interlock.core.Segment;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.ThreadRecord;

/**
 * A lock across processes that its owner thread may acquire again: Python's {@code RLock}, the JDK's
 * {@link java.util.concurrent.locks.ReentrantLock}. It has an owner (process and thread) and a recursion count.
 *
 * <pre>{@code
 * IpcRLock lock = IpcRLock.openOrCreate(segment, "lock");
 * try (var held = lock.hold()) {
 *     lock.lock();      // the same thread: count 2
 *     lock.unlock();
 * }
 * }</pre>
 *
 * <p>Only the owner thread may unlock. A thread that ends without unlocking is found by its own process within about a
 * second, and treated like a dead owner; a process that dies, as {@link IpcMutex} says.
 *
 * <p><b>Limits.</b> One thread may hold it 2 147 483 647 times; once more is an {@link IllegalStateException} that
 * changes nothing.
 *
 * <p>Uncontended, lock and unlock are one atomic instruction each, no system call, and allocate nothing. Blocking
 * otherwise.
 */
public final class IpcRLock extends IpcMutex {

    IpcRLock(Segment segment, SharedBlock block) {
        super(segment, block, true);
    }

    /** Makes an anonymous lock, for those who are told its {@link #id()}. */
    public static IpcRLock create(Segment segment) {
        return new IpcRLock(segment,
                segment.directory().create(LockLayout.request(LockLayout.RLOCK, "", OwnerDeath.TOLD_ONCE)));
    }

    /**
     * Makes a lock.
     *
     * @throws io.interlock.core.error.ObjectExistsException if the name is taken
     * @throws io.interlock.core.error.SegmentFullException  if there is no room
     */
    public static IpcRLock create(Segment segment, String name) {
        return create(segment, name, OwnerDeath.TOLD_ONCE);
    }

    /** Makes a lock that does this about the death of an owner. */
    public static IpcRLock create(Segment segment, String name, OwnerDeath policy) {
        return new IpcRLock(segment,
                segment.directory().create(LockLayout.request(LockLayout.RLOCK, Names.checked(name), policy)));
    }

    /**
     * Opens a lock.
     *
     * @throws io.interlock.core.error.ObjectNotFoundException if there is none
     * @throws io.interlock.core.error.ObjectMismatchException if the name belongs to something else
     */
    public static IpcRLock open(Segment segment, String name) {
        return new IpcRLock(segment, segment.directory().open(LockLayout.RLOCK, 0, name));
    }

    /** Opens a lock, or makes it. */
    public static IpcRLock openOrCreate(Segment segment, String name) {
        return openOrCreate(segment, name, OwnerDeath.TOLD_ONCE);
    }

    /** Opens a lock, or makes it; an existing one must do the same about the death of an owner. */
    public static IpcRLock openOrCreate(Segment segment, String name, OwnerDeath policy) {
        return new IpcRLock(segment,
                segment.directory().openOrCreate(LockLayout.request(LockLayout.RLOCK, Names.checked(name), policy)));
    }

    /**
     * The lock that belongs to another object of the segment; made if it is missing. For those who write such
     * types.
     */
    public static IpcRLock partOf(Segment segment, int ownerId, String name) {
        return new IpcRLock(segment, segment.directory()
                .openOrCreate(LockLayout.request(LockLayout.RLOCK, name, OwnerDeath.TOLD_ONCE).partOf(ownerId)));
    }

    /**
     * Gives one hold back; the last one frees the lock.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock; nothing is changed
     */
    @Override
    public void unlock() {
        ThreadRecord me = me();
        int hold = requireHold(me);
        int count = robust.recursion();
        if (count > 1) {
            robust.setRecursion(count - 1);
        } else {
            me.dropHold(hold);
            robust.releaseRecursive();
        }
    }

    /** How often the calling thread holds the lock; 0 if it does not. */
    public int getHoldCount() {
        boolean held = holdOf(me()) >= 0;
        int count = held ? robust.recursion() : 0;
        context.checkOpen();
        return count;
    }

    @Override
    public boolean isHeldByCurrentThread() {
        boolean held = holdOf(me()) >= 0;
        context.checkOpen();
        return held;
    }

    /** The note of the hold that a thread has, or -1: both the note and the word must say so. */
    private int holdOf(ThreadRecord me) {
        int hold = me.findHold(robust.block());
        return hold >= 0 && robust.isHeldBy(me) ? hold : -1;
    }

    @Override
    boolean tryAcquireUnmarked(ThreadRecord me) {
        return me.findHold(robust.block()) < 0 && robust.tryAcquireUnmarkedRecursive(me);
    }

    @Override
    boolean reenter(ThreadRecord me) {
        if (holdOf(me) < 0) {
            return false;
        }
        int count = robust.recursion();
        if (count == Integer.MAX_VALUE) {
            throw new IllegalStateException("lock " + name() + " is held " + count + " times, it can be no more");
        }
        robust.setRecursion(count + 1);
        if (context.isClosed()) {
            robust.setRecursion(count);
            context.checkOpen();
        }
        return true;
    }

    @Override
    void releaseUntold(ThreadRecord me, int hold) {
        me.dropHold(hold);
        robust.releaseUntold();
    }

    @Override
    int releaseFully(ThreadRecord me) {
        int count = robust.recursion();
        me.dropHold(me.findHold(robust.block()));
        robust.releaseRecursive();
        return count;
    }

    /** Nothing to note: only the owner may unlock. */
    @Override
    void noteLost(ThreadRecord me, long token) {
    }

    @Override
    void restore(int count) {
        robust.setRecursion(count);
    }

    @Override
    void requireHeld(ThreadRecord me) {
        requireHold(me);
    }

    private int requireHold(ThreadRecord me) {
        int hold = holdOf(me);
        context.checkOpen();
        if (hold < 0) {
            throw new IllegalMonitorStateException(
                    "lock " + name() + " is not held by this thread (" + robust + "); only its owner may do this");
        }
        return hold;
    }
}
