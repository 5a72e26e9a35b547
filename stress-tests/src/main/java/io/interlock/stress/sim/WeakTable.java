package io.interlock.stress.sim;

import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;

/**
 * A copy of the signals of a table of waiters, on the shipped cells, that has one flaw or none. With none it must be as
 * right as the shipped one, which shows that it is the flaw that is found.
 */
final class WeakTable {

    /** What is wrong with it. */
    enum Flaw {
        /** Nothing. */
        NONE,
        /** A waiter that goes to sleep between the look at its cell and the CAS is taken for one that has left. */
        GIVES_UP,
        /** Who is asleep is signalled like one who still looks. */
        WAKES_NOBODY
    }

    private static final long STATE_MASK = 3L << 30;
    private static final long WAITING = 1L << 30;
    private static final long SIGNALLED = 2L << 30;
    private static final long ASLEEP = 3L << 30;

    private final Context context;
    private final Mem mem;
    private final int block;
    private final Flaw flaw;

    WeakTable(Context context, int block, Flaw flaw) {
        this.context = context;
        this.mem = context.mem;
        this.block = block;
        this.flaw = flaw;
    }

    void signal(int count) {
        for (int left = count; left > 0 && waiters() > 0;) {
            int oldest = oldestWaiting();
            if (oldest < 0) {
                return;
            }
            if (mark(oldest)) {
                left--;
            }
        }
    }

    void signalAll() {
        long left = waiters();
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

    private int oldestWaiting() {
        int oldest = -1;
        int lowest = 0;
        long left = waiters();
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
        for (long seen = first; isWaiting(seen) && (seen ^ first) >>> 32 == 0;) {
            if (mem.casLong(cellOffset(cell), seen, seen & ~STATE_MASK | SIGNALLED)) {
                if ((seen & STATE_MASK) == ASLEEP && flaw != Flaw.WAKES_NOBODY) {
                    context.futex.wake(context.futexOffset(cellOffset(cell)), 1);
                }
                return true;
            }
            if (flaw == Flaw.GIVES_UP) {
                return false;
            }
            seen = mem.getLongVolatile(cellOffset(cell));
        }
        return false;
    }

    private long waiters() {
        return mem.getLongVolatile(block + WaiterTableLayout.WAITERS_OFFSET);
    }

    private int cellOffset(int cell) {
        return block + WaiterTableLayout.CELLS_OFFSET + 8 * cell;
    }

    private static boolean isWaiting(long cell) {
        return (cell & WAITING) != 0;
    }

    @Override
    public String toString() {
        return "WeakTable[" + flaw + "]";
    }
}
