package io.interlock.core.robust;

import io.interlock.core.port.Context;

/**
 * How long a waiter looks before it sleeps, learnt from how the last waits ended.
 *
 * <pre>{@code
 * long until = spin.begin(deadline);
 * do {
 *     if (condition()) {
 *         return spin.succeeded();
 *     }
 * } while (spin.goOn(until));
 * // now sleep
 * }</pre>
 *
 * <p>One for each view of an object that is waited for; threads of the process share it.
 */
public final class AdaptiveSpin {

    /* Design.
     *
     * To sleep and to be woken costs two processes about 10 us together, and much more where an idle processor has been
     * halted. Who looks for about as long as that first, and sleeps then, pays at most twice of what the better choice
     * would have cost, whatever comes (Karlin, Li, Manasse, Owicki, "Empirical studies of competitive spinning for a
     * shared-memory multiprocessor", 1991). Two who answer each other, both looking, need a fraction of a microsecond.
     *
     * If the looking was in vain FEW times in a row, what is waited for comes rarely: then only a short look is worth
     * its price. One wait in PROBE looks for the long time all the same, and so finds out when that has changed; two
     * who answer each other and both sleep would never do so otherwise, since each of them needs the other's wake-up.
     *
     * The count is not exact when several threads wait at once: it is plain, and only tells how long to look.
     */

    private static final int FEW = 4;
    private static final int PROBE = 16;
    /** A part of the longest time. */
    private static final int SHORT = 16;
    /** Only the rest of the division by PROBE matters from there on. */
    private static final int VERY_MANY = 1 << 30;
    private static final long NOT_AT_ALL = Long.MIN_VALUE;

    private final Context context;
    private int inVain;

    /** One that has learnt nothing yet. Who never waits, as an inspector, needs neither a clock nor a thread for it. */
    public AdaptiveSpin(Context context) {
        this.context = context;
    }

    /**
     * Begins to look; the moment until which goes to {@link #goOn}.
     *
     * @param deadline moment of the clock at which the wait as a whole ends
     */
    public long begin(long deadline) {
        long longestNanos = context.self.spinNanos();
        if (longestNanos == 0) {
            return NOT_AT_ALL;
        }
        boolean isLong = inVain < FEW || inVain % PROBE == 0;
        long until = context.clock.nanoTime() + (isLong ? longestNanos : longestNanos / SHORT);
        return deadline - until < 0 ? deadline : until;
    }

    /** After a look in vain: whether to look again; a moment later then. */
    public boolean goOn(long until) {
        return goOn(until, 0);
    }

    /**
     * The same after a longer pause: where each look takes a cache line away from somebody who needs it often.
     *
     * @param pauseNanos how long it lasts
     */
    public boolean goOn(long until, long pauseNanos) {
        if (until == NOT_AT_ALL) {
            return false;
        }
        long begin = pauseNanos == 0 ? 0 : context.clock.nanoTime();
        long now;
        do {
            context.self.spinHint();
            now = context.clock.nanoTime();
        } while (pauseNanos != 0 && now - begin < pauseNanos && now - until < 0);
        if (now - until < 0) {
            return true;
        }
        inVain = inVain == VERY_MANY ? FEW : inVain + 1;
        return false;
    }

    /** What was waited for has come; always true. */
    public boolean succeeded() {
        inVain = 0;
        return true;
    }

    @Override
    public String toString() {
        return "AdaptiveSpin[in vain " + inVain + " times]";
    }
}
