package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.port.Context;
import io.interlock.core.robust.RobustLock;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.OwnerDeath;
import java.util.concurrent.TimeUnit;

/** How the processes of a scenario come to the lock with the name "lock". */
@FunctionalInterface
interface GuardKind {

    String NAME = "lock";

    /** The guard of one process; all of them share one lock. */
    Guard open(Context context, Segment segment);

    GuardKind LOCK = (context, segment) -> of(IpcLock.openOrCreate(segment, NAME));
    GuardKind RLOCK = (context, segment) -> of(IpcRLock.openOrCreate(segment, NAME));

    /** The same for locks of which every next owner is told of a death until one has repaired. */
    GuardKind LOCK_TO_REPAIR =
            (context, segment) -> of(IpcLock.openOrCreate(segment, NAME, OwnerDeath.REPAIR_REQUIRED));
    GuardKind RLOCK_TO_REPAIR =
            (context, segment) -> of(IpcRLock.openOrCreate(segment, NAME, OwnerDeath.REPAIR_REQUIRED));

    /** A shipped lock. */
    static Guard of(IpcMutex lock) {
        return new Guard() {

            @Override
            public void lock() {
                lock.lock();
            }

            @Override
            public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
                return lock.tryLock(time, unit);
            }

            @Override
            public void lockInterruptibly() throws InterruptedException {
                lock.lockInterruptibly();
            }

            @Override
            public boolean previousOwnerDied() {
                return lock.previousOwnerDied();
            }

            @Override
            public void unlock() {
                lock.unlock();
            }

            @Override
            public void markConsistent() {
                lock.markConsistent();
            }

            @Override
            public void onOwnerDeath(Runnable hook) {
                lock.onOwnerDeath(hook);
            }

            @Override
            public boolean freeAnybodys() {
                try {
                    lock.unlock();
                    return true;
                } catch (IllegalMonitorStateException e) {
                    return false;
                }
            }
        };
    }

    /** A copy with a weakness, in the place of a plain lock. */
    static GuardKind weak(WeakLock.Flaw flaw) {
        return weak(flaw, OwnerDeath.TOLD_ONCE);
    }

    /** The same in the place of a lock with this policy. */
    static GuardKind weak(WeakLock.Flaw flaw, OwnerDeath policy) {
        return (context, segment) -> {
            IpcLock.openOrCreate(segment, NAME, policy);
            return new WeakLock(context, block(segment), flaw);
        };
    }

    /** Where the lock is. */
    static int block(Segment segment) {
        return segment.directory().find(0, NAME).offset();
    }

    /** Where its word is. */
    static int word(Segment segment) {
        return block(segment) + RobustLockLayout.WORD_OFFSET;
    }

    /** The protocol under it. */
    static RobustLock robust(Context context, Segment segment, boolean recursive) {
        return new RobustLock(context, block(segment), recursive);
    }
}
