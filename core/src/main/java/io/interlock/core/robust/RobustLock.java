package io.interlock.core.robust;

import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;

/**
 * The protocol of a lock that survives its owner: a word that says who holds, and a takeover when that participant is
 * dead. Recursive locks, plain locks and the library's own internal locks are faces of it.
 *
 * <p>Blocking; not fair: a thread that comes at the right moment overtakes those who sleep.
 */
public final class RobustLock {

    /* Design.
     *
     * Identity is inside the word that is CASed. At no instant is the lock taken without saying by whom, so a kill
     * between "locked" and "owner stored" cannot happen.                                        SYNC lock.word
     *
     * acquire   CAS free -> mine. Else spin a little, mark WAITERS, sleep on the low half for at most a slice. Who has
     *           slept marks WAITERS when it acquires: the mark is shared, and others may still sleep (glibc BZ 20973
     *           is what happens without).
     * spin      Each pause between two looks is twice as long as the one before: a look takes the line away from the
     *           owner, who acquires and frees the lock many times while nobody looks. That is worth more to all of
     *           them than a lock that changes hands at each release. WAITERS is no reason to sleep at once, and who was
     *           woken spins as well: with two processes the mark would otherwise go on from one to the other, with a
     *           system call at each release. While the woken one spins nobody else may know of those who still sleep:
     *           killed there, it costs them a slice, as anywhere between the wake-up and the mark.
     * takeover  Before the first sleep and after each slice in which nothing moved, ask whether the owner is dead; if
     *           so CAS the very word that was read to mine | INCONSISTENT. Only that participant could have installed
     *           the word, and dead is final, so if the CAS succeeds nothing has happened in between (no ABA, unless
     *           2^18 participants come and go in one slot between the two). Each such question costs a wake-up, so who
     *           has slept for a second without being woken asks less often.
     * release   One atomic store of "free", then wake one sleeper if WAITERS was set. Killed in between: the sleepers
     *           find the free word at the end of their slice.
     * leaving   A waiter that gives up may have eaten the only wake-up: it passes it on (giveUp).
     *
     * usual     A free word without marks has a low half of 0. So an acquirer of a plain lock adds itself to it, and
     * cases     one of a recursive lock expects 0 and need not look. Whoever releases a plain lock knows from its token
     *           what the word must be, and need not look either, unless the CAS fails: a mark has come, or the hold is
     *           over. A token of 2^32 holds before gives the same word; the hint tells them apart.
     *
     * Recursion, token and full number of the owner of a recursive lock stand beside the word, are written by the owner
     * only, and are rebuilt by the next acquisition; nothing else has to be repaired.
     *
     * A plain lock's 64-bit token is the number of the hold in the word, 32 bits, extended to the nearest number to a
     * hint that only grows. A hint that lags or leads by less than 2^31 holds gives the same token. So it is raised
     * only by an acquirer who finds it 2^20 holds behind, which saves all the others an atomic instruction. Anybody may
     * free a plain lock, so that acquirer may lose it before it has raised the hint, or raise it late: the next one
     * finds the same, and the hint never goes back.
     *
     * A tagged lock is the smallest kind, for the library's own short sections: its holder stores nothing but the word,
     * whose upper half is a number that says what the hold is for. Views with different tags, and a recursive view, may
     * share one block: they exclude each other.
     *
     * deaths counts takeovers. Waiters of conditions compare it at their slices: a notifier that died between changing
     * the predicate and signalling strands nobody. It is raised before the new owner can do anything else; if the new
     * owner is killed first, the next takeover raises it.
     *
     * The kernel drops a dead process's lock byte after its last thread has left user mode, so what the dead owner
     * stored is visible to whoever has seen it dead: exit and lock list are ordered by kernel locks.
     *
     * Sources: Drepper, "Futexes are tricky", mutex 2; the WAITERS rule, glibc commit 353683a22e.
     */

    /** Bit of {@link RobustLockLayout#FLAGS_OFFSET}: an inconsistent lock stays so until somebody has repaired. */
    public static final int REPAIR_REQUIRED = 1;
    /** Bit of {@link RobustLockLayout#FLAGS_OFFSET}: the upper half of the word is a thread's number. */
    public static final int RECURSIVE = 2;

    /** Shortest pause between two looks at a lock that is held. */
    private static final long FIRST_PAUSE_NANOS = 100;
    /** The longest one. */
    private static final long LAST_PAUSE_NANOS = 10_000;

    /** So many slices in a row without being woken, and the next ones are longer: after a second. */
    private static final int QUIET_SLICES = 20;

    /** How far the hint of a plain lock may lag before somebody raises it; far from 2^31, at which tokens repeat. */
    private static final int HINT_STEP = 1 << 20;

    /** What the upper half of the word is. */
    private enum Kind {
        /** The number of the hold: of a plain lock. */
        NUMBERED,
        /** The owning thread's number. */
        RECURSIVE,
        /** The view's tag. */
        TAGGED
    }

    private final Context context;
    private final Mem mem;
    private final int block;
    private final long wordPlace;
    private final long deathsPlace;
    private final long ownerPlace;
    private final long recursionPlace;
    private final long tokenPlace;
    private final long participant;
    private final Kind kind;
    private final boolean isRepairRequired;
    private final AdaptiveSpin spin;
    /** What an acquisition by this view adds to a free word without marks; not of a recursive lock. */
    private final long mine;

    /**
     * A view of a lock.
     *
     * @param context   the handle
     * @param block     offset of its {@link RobustLockLayout}
     * @param recursive whether the word's upper half is the owning thread's number, else it numbers the holds
     */
    public RobustLock(Context context, int block, boolean recursive) {
        this(context, block, recursive ? Kind.RECURSIVE : Kind.NUMBERED, recursive ? 0 : 1);
    }

    private RobustLock(Context context, int block, Kind kind, int upper) {
        this.context = context;
        this.mem = context.mem;
        this.block = block;
        long place = mem.place(block, RobustLockLayout.USED_BYTES);
        this.wordPlace = place + RobustLockLayout.WORD_OFFSET;
        this.deathsPlace = place + RobustLockLayout.DEATHS_OFFSET;
        this.ownerPlace = place + RobustLockLayout.OWNER_OFFSET;
        this.recursionPlace = place + RobustLockLayout.RECURSION_OFFSET;
        this.tokenPlace = place + RobustLockLayout.TOKEN_OFFSET;
        this.participant = context.participant;
        this.kind = kind;
        this.isRepairRequired = (mem.getInt(place + RobustLockLayout.FLAGS_OFFSET) & REPAIR_REQUIRED) != 0;
        this.spin = new AdaptiveSpin(context);
        this.mine = RobustWord.held(upper, participant, 0);
    }

    /**
     * A view of a lock whose holder stores nothing beside the word. The block has the flag {@link #RECURSIVE}: whoever
     * cleans up after the dead leaves a free word without a tag.
     *
     * @param tag negative, so that it is no thread's number
     */
    public static RobustLock tagged(Context context, int block, int tag) {
        assert tag < 0 : tag;
        return new RobustLock(context, block, Kind.TAGGED, tag);
    }

    /** Offset of the block; it names the lock in {@link ThreadRecord} holds. */
    public int block() {
        return block;
    }

    /** The word, as it is now. */
    public long word() {
        return mem.getLongVolatile(wordPlace);
    }

    /** Acquires a tagged lock if it is free and bears no mark: in one CAS without a look. */
    public boolean tryAcquireUnmarked() {
        return mem.casLong(wordPlace, 0, mine); // SYNC lock.word: acquire; pairs with releaseUnmarked
    }

    /** Acquires a plain lock in the usual case: it is free and bears no mark. */
    public boolean tryAcquireUnmarkedPlain(ThreadRecord me) {
        assert kind == Kind.NUMBERED : kind;
        long seen = mem.getLongVolatile(wordPlace);
        // SYNC lock.word: acquire; pairs with releaseOwn and releaseSeen
        if (!RobustWord.isFreeWithoutMarks(seen) || !mem.casLong(wordPlace, seen, seen + mine)) {
            return false;
        }
        stampPlain(RobustWord.upperOf(seen + mine), me);
        return true;
    }

    /** The same for a recursive lock, whose free word without marks is 0. */
    public boolean tryAcquireUnmarkedRecursive(ThreadRecord me) {
        assert kind == Kind.RECURSIVE : kind;
        // SYNC lock.word: acquire; pairs with releaseWith and releaseUnmarked
        if (!mem.casLong(wordPlace, 0, RobustWord.heldAs(me.number, participant))) {
            return false;
        }
        stampRecursive(me);
        return true;
    }

    /** Acquires the lock if it is free, in one CAS; {@code me} may be null for a tagged lock. */
    public boolean tryAcquire(ThreadRecord me) {
        return tryAcquire(me, 0);
    }

    private boolean tryAcquire(ThreadRecord me, long mark) {
        long seen = mem.getLongVolatile(wordPlace);
        while (RobustWord.isFree(seen)) {
            if (claim(seen, seen & (RobustWord.WAITERS | RobustWord.INCONSISTENT) | mark, me)) {
                return true;
            }
            seen = mem.getLongVolatile(wordPlace);
        }
        return false;
    }

    /**
     * Acquires the lock if it is free or its owner is dead. Asks for the latter once; and once more if somebody who
     * begins to wait has marked the word meanwhile, which is no reason to leave a dead owner's lock alone.
     */
    public boolean tryAcquireOrTakeOver(ThreadRecord me) {
        if (tryAcquire(me)) {
            return true;
        }
        long seen = mem.getLongVolatile(wordPlace);
        if (takeOver(seen, me)) {
            return true;
        }
        boolean wasMarked = !RobustWord.hasWaiters(seen) && mem.getLongVolatile(wordPlace) == (seen
                | RobustWord.WAITERS);
        return wasMarked && takeOver(seen | RobustWord.WAITERS, me) || tryAcquire(me);
    }

    /**
     * Acquires the lock, waiting until the deadline.
     *
     * @return false if the deadline came first
     * @throws InterruptedException if {@code interruptible} and the thread was interrupted; it then holds nothing
     */
    public boolean acquire(ThreadRecord me, long deadline, boolean interruptible) throws InterruptedException {
        return tryAcquire(me) || await(me, deadline, interruptible);
    }

    private boolean await(ThreadRecord me, long deadline, boolean interruptible) throws InterruptedException {
        if (spin(me, 0, deadline)) {
            return true;
        }
        long mark = 0;
        boolean ask = true;
        int quietSlices = 0;
        while (true) {
            long seen = mem.getLongVolatile(wordPlace);
            if (RobustWord.isFree(seen)) {
                if (tryAcquire(me, mark)) {
                    return true;
                }
                continue;
            }
            if (ask && takeOver(seen, me)) {
                return true;
            }
            if (interruptible && Thread.interrupted()) {
                giveUp(mark);
                throw new InterruptedException();
            }
            if (context.isOver(deadline)) {
                giveUp(mark);
                return false;
            }
            Wake wake = sleep(seen, deadline, sliceAfter(quietSlices), me, interruptible);
            quietSlices = wake == Wake.TIMED_OUT ? quietSlices + 1 : 0;
            ask = wake == Wake.TIMED_OUT || wake == Wake.INTERRUPTED; // a stream of signals must not hide a death
            mark = RobustWord.WAITERS;
            if (wake == Wake.WOKEN && (tryAcquire(me, mark) || spin(me, mark, deadline))) {
                return true;
            }
        }
    }

    /** Acquires the lock however long it takes. */
    public void acquire(ThreadRecord me) {
        try {
            if (!tryAcquire(me)) {
                await(me, context.deadline(Long.MAX_VALUE), false);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /** Frees a recursive or tagged lock that the caller holds; a mark of inconsistency has been told and goes. */
    public void release() {
        if (kind == Kind.TAGGED) {
            releaseUnmarked();
        } else {
            releaseRecursive();
        }
    }

    /** Frees a recursive lock that the caller holds; a mark of inconsistency has been told and goes. */
    public void releaseRecursive() {
        assert kind == Kind.RECURSIVE : kind;
        mem.putLong(ownerPlace, 0);
        releaseWith(isRepairRequired ? remainingFlags(mem.getLongVolatile(wordPlace)) : 0);
    }

    /** Frees a tagged lock that the caller holds; the counterpart of {@link #tryAcquireUnmarked}. */
    public void releaseUnmarked() {
        assert kind == Kind.TAGGED : kind;
        wakeOne(mem.getAndSetLong(wordPlace, 0)); // SYNC lock.word: release; pairs with claim and tryAcquire*
    }

    /** Frees a recursive or tagged lock that the caller holds, for the next one to be told of the death as well. */
    public void releaseUntold() {
        if (kind == Kind.RECURSIVE) {
            mem.putLong(ownerPlace, 0);
        }
        releaseWith(mem.getLongVolatile(wordPlace) & RobustWord.INCONSISTENT);
    }

    /** Frees a recursive or tagged lock whose holder has failed: the next one is told as after a death. */
    public void releaseInconsistent() {
        if (kind == Kind.RECURSIVE) {
            mem.putLong(ownerPlace, 0);
        }
        releaseWith(RobustWord.INCONSISTENT);
    }

    private void releaseWith(long flags) {
        // SYNC lock.word: release; pairs with claim and tryAcquire*
        wakeOne(mem.getAndSetLong(wordPlace, RobustWord.free(0, flags)));
    }

    /** Frees a plain lock if its present hold has this token; false if that hold is over. */
    public boolean release(long holdToken) {
        return release(holdToken, false);
    }

    /** The same, for the next one to be told of the death as well. */
    public boolean releaseUntold(long holdToken) {
        return release(holdToken, true);
    }

    private boolean release(long holdToken, boolean untold) {
        return releaseOwn(holdToken) || releaseAny(holdToken, untold);
    }

    /** The usual case: a hold of this participant, and nobody has marked the word. One CAS without a look. */
    private boolean releaseOwn(long holdToken) {
        // SYNC lock.word: release; pairs with claim and tryAcquire*
        return isNearHint(holdToken) && mem.casLong(wordPlace, RobustWord.heldAs(holdToken, participant),
                RobustWord.heldAs(holdToken, 0));
    }

    private boolean releaseAny(long holdToken, boolean untold) {
        while (true) {
            long seen = mem.getLongVolatile(wordPlace);
            if (!isHold(seen, holdToken)) {
                return false;
            }
            if (releaseSeen(seen, untold ? seen & RobustWord.INCONSISTENT : remainingFlags(seen))) {
                return true;
            }
        }
    }

    /**
     * Frees a plain lock if nobody has touched it since this word was read. If its owner is dead the next one is told.
     *
     * @param seen a held word
     */
    public boolean releaseSeen(long seen) {
        return isDead(seen) ? abandon(seen) : releaseSeen(seen, remainingFlags(seen));
    }

    private boolean releaseSeen(long seen, long flags) {
        // SYNC lock.word: release; pairs with claim and tryAcquire*
        if (!mem.casLong(wordPlace, seen, RobustWord.free(RobustWord.upperOf(seen), flags))) {
            return false;
        }
        wakeOne(seen);
        return true;
    }

    /** How often the holder of a recursive lock holds it; by the holder. */
    public int recursion() {
        return mem.getInt(recursionPlace);
    }

    /** Sets that number; by the holder. */
    public void setRecursion(int count) {
        mem.putInt(recursionPlace, count);
    }

    /** Whether the word says that the hold with this token is the present one. */
    public boolean isHold(long seen, long holdToken) {
        return !RobustWord.isFree(seen) && RobustWord.upperOf(seen) == (int) holdToken && isNearHint(holdToken);
    }

    /** Whether this is the token that the number in it stands for now, and not one of 2^32 holds before. */
    private boolean isNearHint(long holdToken) {
        long ahead = holdToken - mem.getLongVolatile(tokenPlace);
        return (int) ahead == ahead;
    }

    /**
     * Whether a thread that has noted a hold of this recursive lock still has it. The word has the low half of its
     * number; another thread with the same one, 2^32 threads later, has no such note.
     */
    public boolean isHeldBy(ThreadRecord me) {
        return RobustWord.unmarked(mem.getLongVolatile(wordPlace)) == RobustWord.heldAs(me.number, participant);
    }

    /** Whether an owner died and nobody has put that right yet; asked by the holder. */
    public boolean isInconsistent() {
        return RobustWord.isInconsistent(mem.getLongVolatile(wordPlace));
    }

    /** Takes the mark off; by the holder. */
    public void clearInconsistent() {
        long seen;
        do {
            seen = mem.getLongVolatile(wordPlace);
        } while (RobustWord.isInconsistent(seen) && !mem.casLong(wordPlace, seen, seen & ~RobustWord.INCONSISTENT));
    }

    /** How many owners have died holding the lock. */
    public long deaths() {
        return mem.getLongVolatile(deathsPlace);
    }

    /** Whether the lock is held by a dead participant now; asks the kernel. */
    public boolean isOwnerDead() {
        return isDead(mem.getLongVolatile(wordPlace));
    }

    /**
     * Frees the lock from an owner that is known to be gone, for the next one to be told.
     *
     * @param seen the word with that owner in it
     * @return false if the word has changed meanwhile
     */
    public boolean abandon(long seen) {
        mem.getAndAddLong(deathsPlace, 1);
        int upper = kind == Kind.NUMBERED ? RobustWord.upperOf(seen) : 0;
        if (!mem.casLong(wordPlace, seen, RobustWord.free(upper, RobustWord.INCONSISTENT))) {
            return false;
        }
        mem.getAndAddLong(HeaderLayout.RECOVERIES_OFFSET, 1);
        wakeOne(seen);
        return true;
    }

    private boolean claim(long seen, long flags, ThreadRecord me) {
        int upper = kind == Kind.TAGGED ? RobustWord.upperOf(mine)
                : kind == Kind.RECURSIVE ? (int) me.number : RobustWord.upperOf(seen) + 1;
        // SYNC lock.word: acquire; pairs with releaseOwn, releaseWith, releaseUnmarked and releaseSeen
        if (!mem.casLong(wordPlace, seen, RobustWord.held(upper, participant, flags))) {
            return false;
        }
        stamp(upper, me);
        return true;
    }

    /** What the owner writes beside the word, first of all. */
    private void stamp(int upper, ThreadRecord me) {
        if (kind == Kind.RECURSIVE) {
            stampRecursive(me);
        } else if (kind == Kind.NUMBERED) {
            stampPlain(upper, me);
        }
    }

    private void stampRecursive(ThreadRecord me) {
        long token = mem.getLong(tokenPlace) + 1;
        mem.putLong(tokenPlace, token);
        me.acquired(token);
        mem.putLong(ownerPlace, me.number);
        mem.putInt(recursionPlace, 1);
    }

    private void stampPlain(int number, ThreadRecord me) {
        long hint = mem.getLongVolatile(tokenPlace);
        long token = extend(number, hint);
        if (token - hint >= HINT_STEP) {
            raiseHint(hint, token);
        }
        me.acquired(token);
    }

    private void raiseHint(long seen, long token) {
        long hint = seen;
        while (hint < token && !mem.casLong(tokenPlace, hint, token)) {
            hint = mem.getLongVolatile(tokenPlace);
        }
    }

    /**
     * Token of the newest hold of a plain lock; for those who look in from outside.
     *
     * @param word the lock's word, held or free
     * @param hint what stands in {@link RobustLockLayout#TOKEN_OFFSET}
     */
    public static long token(long word, long hint) {
        return extend(RobustWord.upperOf(word), hint);
    }

    /** The number nearest to the hint whose low half is {@code low}. */
    private static long extend(int low, long hint) {
        return hint + (low - (int) hint);
    }

    /** Tries for a while, after a pause. */
    private boolean spin(ThreadRecord me, long mark, long deadline) {
        long until = spin.begin(deadline);
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (spin.goOn(until, pauseNanos)) {
            if (tryAcquire(me, mark)) {
                return spin.succeeded();
            }
            pauseNanos = Math.min(2 * pauseNanos, LAST_PAUSE_NANOS);
        }
        return false;
    }

    private boolean takeOver(long seen, ThreadRecord me) {
        if (!isDead(seen) || !claim(seen, RobustWord.INCONSISTENT | RobustWord.WAITERS, me)) {
            return false;
        }
        mem.getAndAddLong(deathsPlace, 1);
        mem.getAndAddLong(HeaderLayout.RECOVERIES_OFFSET, 1);
        return true;
    }

    private boolean isDead(long seen) {
        int owner = RobustWord.participantOf(seen);
        return owner != 0 && owner != participant
                && context.liveness.isDead(RobustWord.slotOf(owner), RobustWord.generationOf(owner));
    }

    private static long sliceAfter(int quietSlices) {
        return quietSlices < QUIET_SLICES ? Context.OWNER_SLICE_NANOS : Context.EVENT_SLICE_NANOS;
    }

    private Wake sleep(long seen, long deadline, long slice, ThreadRecord me, boolean interruptible) {
        if (!RobustWord.hasWaiters(seen)) {
            if (!mem.casLong(wordPlace, seen, seen | RobustWord.WAITERS)) {
                return Wake.CHANGED;
            }
        }
        return context.sleep(futexOffset(), (int) (seen | RobustWord.WAITERS), deadline, slice, me, interruptible);
    }

    /** A waiter that leaves may have eaten the wake-up that was meant for the next one. */
    private void giveUp(long mark) {
        while (mark != 0) {
            long seen = mem.getLongVolatile(wordPlace);
            if (RobustWord.isFree(seen)) {
                context.futex.wake(futexOffset(), 1);
                return;
            }
            if (RobustWord.hasWaiters(seen) || mem.casLong(wordPlace, seen, seen | RobustWord.WAITERS)) {
                return;
            }
        }
    }

    /** A lock that needs repair stays marked for every next owner; any other has told its one. */
    private long remainingFlags(long seen) {
        return isRepairRequired ? seen & RobustWord.INCONSISTENT : 0;
    }

    private int futexOffset() {
        return context.futexOffset(block + RobustLockLayout.WORD_OFFSET);
    }

    private void wakeOne(long seen) {
        if (RobustWord.hasWaiters(seen)) {
            context.futex.wake(futexOffset(), 1);
        }
    }

    @Override
    public String toString() {
        return RobustWord.describe(word());
    }
}
