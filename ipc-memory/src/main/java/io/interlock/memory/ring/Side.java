package io.interlock.memory.ring;

import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;

/**
 * One side of a ring, producers or consumers: its lock, seen as what it can be held for.
 *
 * <dl>
 * <dt>operation</dt><dd>one put or take: some dozen nanoseconds, in a stream sometimes 800, no foreign code inside</dd>
 * <dt>hold</dt><dd>a claim or a handler: as long as the caller likes; belongs to a thread</dd>
 * <dt>role</dt><dd>an exclusive role: until it is closed; belongs to the process</dd>
 * </dl>
 */
final class Side {

    private static final int OPERATION_TAG = -1;
    private static final int ROLE_TAG = -2;
    /** How long somebody who does not want to wait waits for another's operation to end. */
    private static final long PATIENCE_NANOS = Context.OWNER_SLICE_NANOS;

    final RobustLock operation;
    final RobustLock hold;
    final RobustLock role;
    private final Context context;

    Side(Context context, int lockOffset) {
        this.context = context;
        this.operation = RobustLock.tagged(context, lockOffset, OPERATION_TAG);
        this.hold = new RobustLock(context, lockOffset, true);
        this.role = RobustLock.tagged(context, lockOffset, ROLE_TAG);
    }

    /**
     * Acquires one view of the lock, waiting until the deadline, but at most for a slice: others may end the wait by
     * other means than freeing the lock.
     */
    boolean enter(RobustLock view, ThreadRecord me, long deadline, boolean interruptible) throws InterruptedException {
        long slice = context.deadline(Context.OWNER_SLICE_NANOS);
        return view.acquire(me, deadline - slice < 0 ? deadline : slice, interruptible);
    }

    /**
     * Acquires one view of the lock for somebody who does not want to wait: from a dead owner, and from one whose
     * operation ends in a moment, but not from a hold or a role.
     */
    boolean enterAtOnce(RobustLock view, ThreadRecord me) {
        if (view.tryAcquireOrTakeOver(me)) {
            return true;
        }
        if (isHeldLong()) {
            return false;
        }
        try {
            return view.acquire(me, context.deadline(PATIENCE_NANOS), false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /** Takes the side for an exclusive role; false if the time is over. */
    boolean enterRole(long timeoutNanos, Ring ring) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        context.checkOpen();
        ThreadRecord me = context.self.current();
        if (!enterAtOnce(role, me)) {
            ring.requireOutside(me);
            long deadline = context.deadline(timeoutNanos);
            while (!enter(role, me, deadline, true)) {
                context.checkOpen();
                if (context.isOver(deadline)) {
                    return false;
                }
            }
        }
        if (context.isClosed()) {
            role.releaseUntold();
            context.checkOpen();
        }
        context.mem.fullFence(); // the first look of the role at an event count comes after its mark
        return true;
    }

    /** Whether the lock is held for something else than an operation. */
    boolean isHeldLong() {
        long word = operation.word();
        return !RobustWord.isFree(word) && RobustWord.upperOf(word) != OPERATION_TAG;
    }

    /** Whether the lock is held by a role, which stores without fences. */
    boolean isRole() {
        long word = operation.word();
        return !RobustWord.isFree(word) && RobustWord.upperOf(word) == ROLE_TAG;
    }

    /** Whether this thread is inside a claim or a handler. */
    boolean isHeldBy(ThreadRecord me) {
        return me.findHold(hold.block()) >= 0;
    }

    /** Notes that this thread holds the side. */
    void noteHold(ThreadRecord me) {
        me.pushHold(hold.block(), me.acquired());
    }

    /** Frees the side from this thread; nothing happens if the segment was closed meanwhile and the lock is lost. */
    void endHold(ThreadRecord me) {
        int index = me.findHold(hold.block());
        if (index >= 0) {
            me.dropHold(index);
            hold.release();
        }
    }

    /** What a held word is held for, in words. */
    static String purposeOf(long word) {
        return switch (RobustWord.upperOf(word)) {
            case OPERATION_TAG -> "operation";
            case ROLE_TAG -> "exclusive role";
            default -> "claim or handler of thread #" + Integer.toUnsignedLong(RobustWord.upperOf(word));
        };
    }

    @Override
    public String toString() {
        long word = operation.word();
        return RobustWord.isFree(word) ? "free" : operation + " for " + purposeOf(word);
    }
}
