package io.interlock.sync;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.WaiterTable;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * A condition across processes, on an {@link IpcLock} or {@link IpcRLock}: Python's {@code Condition}, the JDK's
 * {@link Condition}.
 *
 * <pre>{@code
 * // process A                                          // process B
 * try (var held = lock.hold()) {                        try (var held = lock.hold()) {
 *     notEmpty.waitFor(() -> count.get() > 0);              count.set(count.get() + 1);
 *     ...                                                   notEmpty.signal();
 * }                                                     }
 * }</pre>
 *
 * <p>Get one from {@link IpcMutex#condition(String)}. Waiting releases the lock however often it is held, and restores
 * that number. {@link #signal(int) signal(n)} wakes exactly min(n, waiters), the longest-waiting first, as long as
 * nobody dies; a signal is not remembered for those who come later.
 *
 * <p><b>When a process dies.</b> A waiter that dies is forgotten; if it had been signalled already, its signal goes to
 * the next. If the lock's owner dies, all waiters return (a spurious wake-up), for it may have changed what they wait
 * for without signalling. Nothing ever waits for a dead process: each within 250 ms of the kernel's burying it.
 *
 * <p><b>Waiting.</b> Spins a little, then sleeps. {@code await} and {@code waitFor} end with an
 * {@link InterruptedException} if interrupted, holding the lock again; a signal that came first wins, and the interrupt
 * status is kept. Signals are given in the order of arrival; the lock itself is not fair. Blocking.
 *
 * <p><b>Memory consistency effects</b> are those of the lock, {@link IpcMutex}.
 *
 * <p><b>Limits.</b> At most 256 threads of all processes wait at once.
 */
public final class IpcCondition implements Condition {

    /* Design.
     *
     * The cells and their protocol are WaiterTable's. Here is the order of one wait:
     *
     *   take a cell, note the lock's death count            under the lock
     *   free the lock
     *   sleep on the cell, until signalled; else leave the cell on timeout, interrupt, or death of a lock owner
     *   take the lock back
     *   free the cell, if signalled
     *
     * A signal beats everything else: whoever cannot leave the cell was signalled. An interrupt is then kept as status.
     */

    /** How a wait ended. */
    private enum Outcome {
        SIGNALLED, TIMED_OUT, INTERRUPTED, OWNER_DIED
    }

    private final IpcMutex lock;
    private final SharedBlock block;
    private final Context context;
    private final WaiterTable table;

    IpcCondition(IpcMutex lock, SharedBlock block) {
        this.lock = lock;
        this.block = block;
        this.context = block.context();
        this.table = new WaiterTable(context, block.offset() + ConditionLayout.TABLE_OFFSET);
    }

    /** The lock to which the condition belongs. */
    public IpcMutex lock() {
        return lock;
    }

    /**
     * Waits until signalled.
     *
     * @throws InterruptedException         if interrupted before or while waiting; the lock is held again
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     * @throws IllegalStateException        if 256 threads wait already; the lock is kept
     */
    @Override
    public void await() throws InterruptedException {
        await(context.deadline(Long.MAX_VALUE), true);
    }

    /** Waits until signalled; an interrupt does not end the wait, its status is kept. */
    @Override
    public void awaitUninterruptibly() {
        try {
            await(context.deadline(Long.MAX_VALUE), false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /**
     * Waits until signalled or the time is over; {@code <= 0} frees the lock and takes it back.
     *
     * @return what is left of the time, in nanoseconds; {@code <= 0} if it is over
     */
    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        long deadline = context.deadline(nanosTimeout);
        Outcome outcome = await(deadline, true);
        long left = deadline - context.clock.nanoTime();
        return outcome == Outcome.TIMED_OUT ? Math.min(left, 0) : Math.max(left, 1);
    }

    /**
     * Waits until signalled or the time is over.
     *
     * @return false if the time is over
     */
    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return await(context.deadline(unit.toNanos(time)), true) != Outcome.TIMED_OUT;
    }

    /**
     * Waits until signalled or the moment has come. The time left is measured once, at the call; a later step of the
     * wall clock changes nothing.
     */
    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        return await(Math.max(deadline.getTime(), 0) - System.currentTimeMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the predicate is true; it is evaluated under the lock. */
    public void waitFor(BooleanSupplier predicate) throws InterruptedException {
        Objects.requireNonNull(predicate, "predicate must not be null");
        lock.requireHeld(lock.me());
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    /**
     * Waits until the predicate is true, for at most the given time in total.
     *
     * @return the predicate's last value
     */
    public boolean waitFor(BooleanSupplier predicate, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(predicate, "predicate must not be null");
        lock.requireHeld(lock.me());
        long deadline = context.deadline(unit.toNanos(timeout));
        while (!predicate.getAsBoolean()) {
            if (context.isOver(deadline)) {
                return false;
            }
            await(deadline, true);
        }
        return true;
    }

    /** Wakes the longest-waiting thread, if any waits. */
    @Override
    public void signal() {
        signal(1);
    }

    /**
     * Wakes the {@code count} longest-waiting threads, or all if fewer wait.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold the lock
     */
    public void signal(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative, count=" + count);
        }
        lock.requireHeld(lock.me());
        table.signal(count);
    }

    /** Wakes all waiting threads. */
    @Override
    public void signalAll() {
        lock.requireHeld(lock.me());
        table.signalAll();
    }

    /** How many threads of all processes wait now; for monitoring. */
    public int waiters() {
        int waiting = table.count();
        context.checkOpen();
        return waiting;
    }

    private Outcome await(long deadline, boolean interruptible) throws InterruptedException {
        ThreadRecord me = lock.me();
        lock.requireHeld(me);
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        int cell = table.enter();
        if (cell >= 0 && context.isClosed()) {
            table.giveUp(cell);
        }
        context.checkOpen();
        if (cell < 0) {
            throw new IllegalStateException("condition " + block.label() + " has as many waiters as it can have");
        }
        long deaths = lock.robust.deaths();
        Outcome outcome = releaseAndSleep(cell, deaths, deadline, me, interruptible);
        if (outcome == Outcome.SIGNALLED) {
            table.finish(cell);
        } else if (outcome == Outcome.INTERRUPTED) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        return outcome;
    }

    /** The part of a wait without the lock; if it fails, the caller's unlock() finds a hold that is over. */
    private Outcome releaseAndSleep(int cell, long deaths, long deadline, ThreadRecord me, boolean interruptible) {
        long token = lock.tokenOf(me);
        try {
            int count = release(me, cell);
            Outcome outcome = sleep(cell, deaths, deadline, me, interruptible);
            reacquire(me, count, cell, outcome);
            return outcome;
        } catch (Throwable e) {
            lock.noteLost(me, token);
            throw e;
        }
    }

    /** Frees the lock; if that fails (somebody else has released it) the cell is freed instead. */
    private int release(ThreadRecord me, int cell) {
        try {
            return lock.releaseFully(me);
        } catch (Throwable e) {
            table.giveUp(cell);
            throw e;
        }
    }

    /** Takes the lock back; if that fails (closed, or the owner-death hook threw) a signal goes to the next waiter. */
    private void reacquire(ThreadRecord me, int count, int cell, Outcome outcome) {
        try {
            lock.reacquire(me, count);
        } catch (Throwable e) {
            if (outcome == Outcome.SIGNALLED) {
                table.giveUp(cell);
            }
            throw e;
        }
    }

    /** Without the lock: the cell is left on return, unless signalled. */
    private Outcome sleep(int cell, long deaths, long deadline, ThreadRecord me, boolean interruptible) {
        try {
            boolean sliceOver = false;
            while (!table.isSignalled(cell)) {
                context.checkOpen();
                Outcome reason = reasonToLeave(deaths, deadline, interruptible, sliceOver);
                if (reason != null) {
                    return table.leave(cell) ? reason : Outcome.SIGNALLED;
                }
                Wake wake = table.sleep(cell, deadline, me, interruptible);
                sliceOver = wake == Wake.TIMED_OUT || wake == Wake.INTERRUPTED;
            }
            return Outcome.SIGNALLED;
        } catch (Throwable e) {
            table.giveUp(cell);
            throw e;
        }
    }

    private Outcome reasonToLeave(long deaths, long deadline, boolean interruptible, boolean sliceOver) {
        if (interruptible && Thread.currentThread().isInterrupted()) {
            return Outcome.INTERRUPTED;
        }
        if (context.isOver(deadline)) {
            return Outcome.TIMED_OUT;
        }
        if (sliceOver) {
            table.passOnFromDead();
        }
        return lock.robust.deaths() != deaths || sliceOver && lock.robust.isOwnerDead() ? Outcome.OWNER_DIED : null;
    }

    @Override
    public String toString() {
        return "IpcCondition[" + lock.name() + "/" + block.label() + ", waiters=" + table.count() + "]";
    }
}
