package io.interlock.core.robust;

import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex.Wake;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;

/**
 * The waiters of a condition, one cell for each, so that a signal wakes exactly those who were waiting, oldest first,
 * and a dead waiter's signal can be given to a living one.
 */
public final class WaiterTable {

    /* Design.
     *
     * A cell is one word, ticket:32 | state:2 | generation:18 | slot+1:12, and 0 when free. Every change is a CAS of
     * the whole word, so that even a condition whose lock was freed by a stray unlock() is never corrupted. The low
     * half, which holds the state, is the waiter's own futex.                              SYNC condition.cell
     *
     *   enter    0 -> (ticket, WAITING, me)                    under the lock
     *   sleep    (ticket, WAITING, me) -> ASLEEP               has looked for a while in vain
     *   signal   (ticket, either of the two, x) -> SIGNALLED   under the lock, lowest tickets first; wakes if ASLEEP
     *   leave    (ticket, either of the two, me) -> 0          timeout, interrupt; fails if SIGNALLED, which wins
     *   finish   (ticket, SIGNALLED, me) -> 0                  after the lock was taken again
     *
     * Who is not ASLEEP looks at its cell before it sleeps, so that a signal to it needs no system call. Going to sleep
     * is the one change that may come between a signaller's look and its CAS without ending the wait: mark() looks
     * again.
     *
     * SIGNALLED stays until its waiter has the lock again: killed before, the signal can still be seen, and any waiter
     * passes it on at its slice. Passing on marks the next waiter first and clears the dead cell then: killed between
     * the two, one waiter too many wakes, but none too few. So spurious wake-ups happen only after a death.
     *
     * A waiter killed while WAITING or ASLEEP keeps its cell; a signal may go to it, and is passed on in the same way.
     * Its cell is freed when the table is full, or when its slot is reused.
     *
     * "waiters" is raised before a cell is taken and lowered after it was freed: it may be too high, never too low. It
     * lets signal() skip the scan when nobody waits, and stop scanning early.
     */

    private static final long STATE_MASK = 3L << 30;
    private static final long WAITING = 1L << 30;
    private static final long SIGNALLED = 2L << 30;
    private static final long ASLEEP = 3L << 30;
    private static final long OWNER_MASK = (1L << 30) - 1;

    private final Context context;
    private final Mem mem;
    private final int block;
    private final AdaptiveSpin spin;

    /**
     * A view of a table.
     *
     * @param context the handle
     * @param block   offset of its {@link WaiterTableLayout}
     */
    public WaiterTable(Context context, int block) {
        this.context = context;
        this.mem = context.mem;
        this.block = block;
        this.spin = new AdaptiveSpin(context);
    }

    /** Takes a cell as the newest waiter; -1 if all cells are taken by the living. */
    public int enter() {
        mem.getAndAddLong(waiters(), 1);
        int cell = takeCell();
        if (cell < 0 && freeDeadCells()) {
            cell = takeCell();
        }
        if (cell < 0) {
            mem.getAndAddLong(waiters(), -1);
        }
        return cell;
    }

    /** Whether the cell's waiter was signalled. */
    public boolean isSignalled(int cell) {
        // SYNC condition.cell: acquire; pairs with mark
        return stateOf(mem.getLongVolatile(cellOffset(cell))) == SIGNALLED;
    }

    /** Looks for a while at first; sleeps until the cell is signalled, the deadline, a slice, or an interrupt. */
    public Wake sleep(int cell, long deadline, ThreadRecord me, boolean interruptible) {
        long seen = mem.getLongVolatile(cellOffset(cell));
        long asleep = seen | ASLEEP;
        if (!isWaiting(seen) || seen != asleep && (spin(cell, deadline) || !mem.casLong(cellOffset(cell), seen,
                asleep))) {
            return Wake.CHANGED;
        }
        return context.sleep(context.futexOffset(cellOffset(cell)), (int) asleep, deadline,
                Context.EVENT_SLICE_NANOS, me, interruptible);
    }

    private boolean spin(int cell, long deadline) {
        long until = spin.begin(deadline);
        do {
            if (isSignalled(cell)) {
                return spin.succeeded();
            }
        } while (spin.goOn(until));
        return false;
    }

    /** Gives up waiting; false if the cell was signalled first: then the wait has succeeded. */
    public boolean leave(int cell) {
        long seen = mem.getLongVolatile(cellOffset(cell));
        if (!isWaiting(seen) || !mem.casLong(cellOffset(cell), seen, 0)) {
            return false;
        }
        mem.getAndAddLong(waiters(), -1);
        return true;
    }

    /** Frees a signalled cell; by its waiter, once it has the lock again. */
    public void finish(int cell) {
        clear(cell, mem.getLongVolatile(cellOffset(cell)));
    }

    /** Wakes the {@code count} oldest waiters, or as many as there are. */
    public void signal(int count) {
        for (int left = count; left > 0 && mem.getLongVolatile(waiters()) > 0;) {
            int oldest = oldestWaiting();
            if (oldest < 0) {
                return;
            }
            if (mark(oldest)) {
                left--;
            }
        }
    }

    /** Wakes all waiters. */
    public void signalAll() {
        long left = mem.getLongVolatile(waiters());
        for (int cell = 0; cell < WaiterTableLayout.CELLS && left > 0; cell++) {
            long seen = mem.getLongVolatile(cellOffset(cell));
            if (seen != 0) {
                left--;
            }
            if (isWaiting(seen)) {
                mark(cell);
            }
        }
    }

    /** Gives the signals of dead waiters to living ones; any waiter does it at its slice. */
    public void passOnFromDead() {
        for (int cell = 0; cell < WaiterTableLayout.CELLS; cell++) {
            long seen = mem.getLongVolatile(cellOffset(cell));
            if (stateOf(seen) == SIGNALLED && isDead(seen)) {
                passOn(cell, seen);
            }
        }
    }

    /** Removes every trace of a participant slot that is about to be reused. */
    public void reap(int slot) {
        for (int cell = 0; cell < WaiterTableLayout.CELLS; cell++) {
            long seen = mem.getLongVolatile(cellOffset(cell));
            if (seen != 0 && RobustWord.slotOf((int) (seen & OWNER_MASK)) == slot) {
                passOn(cell, seen);
            }
        }
    }

    /** Frees the cell of a waiter that goes away by an exception; a signal that it has got goes to the next one. */
    public void giveUp(int cell) {
        if (!leave(cell)) {
            passOn(cell, mem.getLongVolatile(cellOffset(cell)));
        }
    }

    /** How many threads wait, signalled ones that have not gone on yet included. */
    public int count() {
        int count = 0;
        for (int cell = 0; cell < WaiterTableLayout.CELLS; cell++) {
            if (mem.getLongVolatile(cellOffset(cell)) != 0) {
                count++;
            }
        }
        return count;
    }

    private int takeCell() {
        long ticket = mem.getAndAddLong(block + WaiterTableLayout.TICKET_OFFSET, 1);
        long mine = ticket << 32 | WAITING | context.participant;
        for (int cell = 0; cell < WaiterTableLayout.CELLS; cell++) {
            if (mem.getLongVolatile(cellOffset(cell)) == 0 && mem.casLong(cellOffset(cell), 0, mine)) {
                return cell;
            }
        }
        return -1;
    }

    private boolean freeDeadCells() {
        boolean freed = false;
        for (int cell = 0; cell < WaiterTableLayout.CELLS; cell++) {
            long seen = mem.getLongVolatile(cellOffset(cell));
            if (seen != 0 && isDead(seen)) {
                passOn(cell, seen);
                freed = true;
            }
        }
        return freed;
    }

    private void passOn(int cell, long seen) {
        if (stateOf(seen) == SIGNALLED) {
            signal(1);
        }
        clear(cell, seen);
    }

    private void clear(int cell, long seen) {
        if (seen != 0 && mem.casLong(cellOffset(cell), seen, 0)) {
            mem.getAndAddLong(waiters(), -1);
        }
    }

    private int oldestWaiting() {
        int oldest = -1;
        int lowest = 0;
        long left = mem.getLongVolatile(waiters());
        for (int cell = 0; cell < WaiterTableLayout.CELLS && left > 0; cell++) {
            long seen = mem.getLongVolatile(cellOffset(cell));
            if (seen != 0) {
                left--;
            }
            int ticket = (int) (seen >>> 32);
            if (isWaiting(seen) && (oldest < 0 || ticket - lowest < 0)) {
                oldest = cell;
                lowest = ticket;
            }
        }
        return oldest;
    }

    private boolean mark(int cell) {
        long first = mem.getLongVolatile(cellOffset(cell));
        for (long seen = first; isWaiting(seen) && isSameTicket(seen, first);) {
            // SYNC condition.cell: release; pairs with isSignalled
            if (mem.casLong(cellOffset(cell), seen, seen & ~STATE_MASK | SIGNALLED)) {
                if (stateOf(seen) == ASLEEP) {
                    context.futex.wake(context.futexOffset(cellOffset(cell)), 1);
                }
                return true;
            }
            seen = mem.getLongVolatile(cellOffset(cell));
        }
        return false;
    }

    private boolean isDead(long seen) {
        int owner = (int) (seen & OWNER_MASK);
        return owner != context.participant
                && context.liveness.isDead(RobustWord.slotOf(owner), RobustWord.generationOf(owner));
    }

    private int waiters() {
        return block + WaiterTableLayout.WAITERS_OFFSET;
    }

    private int cellOffset(int cell) {
        return block + WaiterTableLayout.CELLS_OFFSET + 8 * cell;
    }

    private static long stateOf(long cell) {
        return cell & STATE_MASK;
    }

    /** WAITING or ASLEEP. */
    private static boolean isWaiting(long cell) {
        return (cell & WAITING) != 0;
    }

    private static boolean isSameTicket(long one, long other) {
        return (one ^ other) >>> 32 == 0;
    }

    @Override
    public String toString() {
        return "WaiterTable[waiting=" + count() + "]";
    }
}
