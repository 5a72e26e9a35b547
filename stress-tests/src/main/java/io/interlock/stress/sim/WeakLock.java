package io.interlock.stress.sim;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the robust lock, without recursion and tokens, that has one flaw or none. With none it must be as right as
 * the shipped one, which shows that it is the flaw that is found.
 */
final class WeakLock implements Guard {

    /** What is wrong with it. */
    enum Flaw {
        /** Nothing. */
        NONE,
        /** Who has slept does not mark WAITERS when it acquires. */
        FORGETS_WAITERS,
        /** Who holds is told by a word of its own, stored after the lock was taken. */
        OWNER_AFTERWARDS,
        /** The release looks whether the hold is its own, and then stores. */
        LOOKS_THEN_RELEASES,
        /** A takeover is not counted. */
        HIDES_DEATHS,
        /** Who takes the lock over does not say so. */
        TELLS_NOBODY,
        /** The next owner's unlock ends the matter, though nobody has repaired. */
        TELLS_ONE_ONLY,
        /** The mark of a death is taken off before the hook has repaired. */
        CLEARS_BEFORE_THE_HOOK
    }

    private final Context context;
    private final Mem mem;
    private final int block;
    private final int word;
    private final Flaw flaw;
    private Runnable hook;

    WeakLock(Context context, int block, Flaw flaw) {
        this.context = context;
        this.mem = context.mem;
        this.block = block;
        this.word = block + RobustLockLayout.WORD_OFFSET;
        this.flaw = flaw;
    }

    @Override
    public void lock() {
        acquire();
        if (hook != null && previousOwnerDied()) {
            repair();
        }
    }

    private void repair() {
        if (flaw == Flaw.CLEARS_BEFORE_THE_HOOK) {
            markConsistent();
            hook.run();
        } else {
            hook.run();
            markConsistent();
        }
    }

    private void acquire() {
        boolean slept = false;
        boolean ask = true;
        while (true) {
            long seen = mem.getLongVolatile(word);
            if (RobustWord.isFree(seen)) {
                long mark = slept && flaw != Flaw.FORGETS_WAITERS ? RobustWord.WAITERS : 0;
                if (claim(seen, seen & (RobustWord.WAITERS | RobustWord.INCONSISTENT) | mark)) {
                    return;
                }
            } else if (ask && isDead(seen) && takeOver(seen)) {
                return;
            } else if (RobustWord.hasWaiters(seen) || mem.casLong(word, seen, seen | RobustWord.WAITERS)) {
                ask = sleep(seen | RobustWord.WAITERS) == Wake.TIMED_OUT;
                slept = true;
            }
        }
    }

    private Wake sleep(long seen) {
        return context.sleep(context.futexOffset(word), (int) seen, context.deadline(Long.MAX_VALUE),
                Context.OWNER_SLICE_NANOS, context.self.current(), false);
    }

    private boolean claim(long seen, long flags) {
        int upper = RobustWord.upperOf(seen) + 1;
        if (!mem.casLong(word, seen, RobustWord.held(upper, context.participant, flags))) {
            return false;
        }
        if (flaw == Flaw.OWNER_AFTERWARDS) {
            mem.putLong(block + RobustLockLayout.OWNER_OFFSET, context.participant);
        }
        context.self.current().acquired(upper);
        return true;
    }

    private boolean takeOver(long seen) {
        long told = flaw == Flaw.TELLS_NOBODY ? 0 : RobustWord.INCONSISTENT;
        if (!claim(seen, told | RobustWord.WAITERS)) {
            return false;
        }
        if (flaw != Flaw.HIDES_DEATHS) {
            mem.getAndAddLong(block + RobustLockLayout.DEATHS_OFFSET, 1);
        }
        return true;
    }

    private boolean isDead(long seen) {
        int owner = flaw == Flaw.OWNER_AFTERWARDS ? (int) mem.getLong(block + RobustLockLayout.OWNER_OFFSET)
                : RobustWord.participantOf(seen);
        return owner != 0 && owner != context.participant
                && context.liveness.isDead(RobustWord.slotOf(owner), RobustWord.generationOf(owner));
    }

    /** Not by this copy: it waits as long as it takes. */
    @Override
    public boolean tryLock(long time, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    /** Not by this copy. */
    @Override
    public void lockInterruptibly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean previousOwnerDied() {
        return RobustWord.isInconsistent(mem.getLongVolatile(word));
    }

    @Override
    public void markConsistent() {
        long seen;
        do {
            seen = mem.getLongVolatile(word);
        } while (RobustWord.isInconsistent(seen) && !mem.casLong(word, seen, seen & ~RobustWord.INCONSISTENT));
    }

    @Override
    public void onOwnerDeath(Runnable repair) {
        hook = repair;
    }

    @Override
    public void unlock() {
        int hold = (int) context.self.current().acquired();
        if (flaw == Flaw.OWNER_AFTERWARDS) {
            mem.putLong(block + RobustLockLayout.OWNER_OFFSET, 0);
        }
        long seen;
        do {
            seen = mem.getLongVolatile(word);
            if (RobustWord.isFree(seen) || RobustWord.upperOf(seen) != hold) {
                throw new IllegalMonitorStateException("the hold is over");
            }
        } while (!free(seen));
        if (RobustWord.hasWaiters(seen)) {
            context.futex.wake(context.futexOffset(word), 1);
        }
    }

    @Override
    public boolean freeAnybodys() {
        long seen = mem.getLongVolatile(word);
        return !RobustWord.isFree(seen) && mem.casLong(word, seen, RobustWord.free(RobustWord.upperOf(seen), 0));
    }

    private boolean free(long seen) {
        long update = RobustWord.free(RobustWord.upperOf(seen), marks(seen));
        if (flaw == Flaw.LOOKS_THEN_RELEASES) {
            mem.putLongVolatile(word, update);
            return true;
        }
        return mem.casLong(word, seen, update);
    }

    private long marks(long seen) {
        boolean repairRequired =
                (mem.getInt(block + RobustLockLayout.FLAGS_OFFSET) & RobustLock.REPAIR_REQUIRED) != 0;
        return repairRequired && flaw != Flaw.TELLS_ONE_ONLY ? seen & RobustWord.INCONSISTENT : 0;
    }

    @Override
    public String toString() {
        return "WeakLock[" + flaw + "]";
    }
}
