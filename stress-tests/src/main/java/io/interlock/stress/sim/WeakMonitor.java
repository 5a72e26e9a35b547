package io.interlock.stress.sim;

import io.interlock.core.port.Context;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.WaiterTable;
import io.interlock.sync.IpcLock;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the condition's wait, on the shipped lock and the shipped table of waiters, that has one flaw or none; its
 * signals are a copy as well, {@link WeakTable}. With none it must be as right as the shipped one, which shows that it
 * is the flaw that is found.
 */
final class WeakMonitor implements Monitor {

    /** What is wrong with it. */
    enum Flaw {
        /** Nothing. */
        NONE,
        /** A waiter does not look whether the lock was taken over from a dead owner. */
        IGNORES_TAKEOVERS,
        /** A waiter does not pass on what a dead waiter was signalled. */
        KEEPS_SIGNALS_OF_THE_DEAD,
        /** A waiter whose time is over goes, though it was signalled. */
        DROPS_SIGNALS
    }

    private final Context context;
    private final IpcLock lock;
    private final RobustLock robust;
    private final WaiterTable table;
    private final WeakTable signals;
    private final Flaw flaw;

    WeakMonitor(Context context, IpcLock lock, RobustLock robust, int block, Flaw flaw,
            WeakTable.Flaw flawOfSignals) {
        this.context = context;
        this.lock = lock;
        this.robust = robust;
        this.table = new WaiterTable(context, block);
        this.signals = new WeakTable(context, block, flawOfSignals);
        this.flaw = flaw;
    }

    @Override
    public void lock() {
        lock.lock();
    }

    @Override
    public void unlock() {
        lock.unlock();
    }

    @Override
    public void await() {
        await(context.deadline(Long.MAX_VALUE));
    }

    @Override
    public boolean await(long time, TimeUnit unit) {
        return await(context.deadline(unit.toNanos(time)));
    }

    private boolean await(long deadline) {
        int cell = table.enter();
        long deaths = robust.deaths();
        lock.unlock();
        boolean signalled = sleep(cell, deaths, deadline);
        lock.lock();
        if (signalled) {
            table.finish(cell);
        }
        return signalled;
    }

    /** False if the cell was left: the time is over, or an owner has died. */
    private boolean sleep(int cell, long deaths, long deadline) {
        boolean sliceOver = false;
        while (!table.isSignalled(cell)) {
            if (sliceOver && flaw != Flaw.KEEPS_SIGNALS_OF_THE_DEAD) {
                table.passOnFromDead();
            }
            if (context.isOver(deadline) || hasOwnerDied(deaths, sliceOver)) {
                boolean left = table.leave(cell);
                if (!left && flaw == Flaw.DROPS_SIGNALS) {
                    table.finish(cell);
                    return false;
                }
                return !left;
            }
            sliceOver = table.sleep(cell, deadline, context.self.current(), false) == Wake.TIMED_OUT;
        }
        return true;
    }

    private boolean hasOwnerDied(long deaths, boolean sliceOver) {
        return flaw != Flaw.IGNORES_TAKEOVERS && robust.deaths() != deaths || sliceOver && robust.isOwnerDead();
    }

    @Override
    public void signal(int count) {
        signals.signal(count);
    }

    @Override
    public void signalAll() {
        signals.signalAll();
    }

    @Override
    public String toString() {
        return "WeakMonitor[" + flaw + ", " + signals + "]";
    }
}
