package io.interlock.stress.sim;

import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.EventCount;

/**
 * A copy of the event's wait that has one flaw or none. With none it must be as right as the shipped one, which shows
 * that it is the flaw that is found.
 */
final class WeakEvent {

    /** What is wrong with it. */
    enum Flaw {
        /** Nothing. */
        NONE,
        /** An event that was set and cleared meanwhile is taken for one that was not set. */
        IGNORES_PULSES,
        /** Who has slept does not look again. */
        TRUSTS_EVERY_WAKING,
        /** Who is out of time goes without a look. */
        GIVES_UP_UNSEEN
    }

    private static final long SET = 1;

    private final Context context;
    private final Mem mem;
    private final int state;
    private final EventCount waiters;
    private final Flaw flaw;

    WeakEvent(Context context, int state, int waiters, Flaw flaw) {
        this.context = context;
        this.mem = context.mem;
        this.state = state;
        this.waiters = new EventCount(context, waiters);
        this.flaw = flaw;
    }

    /** Waits until the event is set, for at most the given time. */
    boolean await(long timeoutNanos) {
        long deadline = context.deadline(timeoutNanos);
        if (flaw == Flaw.GIVES_UP_UNSEEN && context.isOver(deadline)) {
            return false;
        }
        long before = mem.getLongVolatile(state);
        while (true) {
            long ticket = waiters.register();
            boolean through = isThrough(before);
            if (through || context.isOver(deadline)) {
                waiters.cancel(ticket);
                return through;
            }
            waiters.sleep(ticket, deadline, context.self.current(), true);
            if (flaw == Flaw.TRUSTS_EVERY_WAKING) {
                return true;
            }
        }
    }

    private boolean isThrough(long before) {
        long seen = mem.getLongVolatile(state);
        return (seen & SET) != 0 || flaw != Flaw.IGNORES_PULSES && seen >>> 1 != before >>> 1;
    }

    @Override
    public String toString() {
        return "WeakEvent[" + flaw + "]";
    }
}
