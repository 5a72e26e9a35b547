package io.interlock.memory.ring;

import io.interlock.core.port.Context;

/** How often one side of a ring looks at the word of the other side. By whoever holds the side. */
final class Pace {

    /* Design.
     *
     * A side that looks at the other's word takes that line away from who stores there at every message. If it looks as
     * often as it can, it gets one message for each look, and both do little but wait for that line to come back: half
     * the throughput. So while messages come in a stream, a look comes at most every PAUSE_NANOS.
     *
     * To two who answer each other, and to messages that come now and then, such a pause would only be a delay. A
     * stream is what gives a look STREAM messages or more; a slower one does not need it. One or two that find fewer do
     * not end it: the other side may have been interrupted. Two sides of equal speed find one message each time as
     * well, so whether one has begun is tried by a pause once in TRIAL looks that find anything.
     *
     * There is no pause after a look in vain, as every waiting is, and none if half of the ring has been filled or
     * emptied meanwhile: in a small ring the other side would have to wait. Nor is there any where nobody spins before
     * sleeping, as with one processor. The pause is made under the side's lock, which the others of that side would not
     * get sooner either: none of them can go on before that look.
     */

    /** Time from one look to the next in a stream. */
    private static final long PAUSE_NANOS = 800;
    /** Bound of a pause, whatever the clock says. */
    private static final int PAUSE_HINTS = 100;
    /** So many messages in that time are a stream. */
    private static final int STREAM = 4;
    /** So many looks in a row that find fewer end it. */
    private static final int PATIENCE = 8;
    /** So many looks outside of a stream until a pause is tried. */
    private static final int TRIAL = 256;

    private final Context context;
    private final boolean isUseful;
    private final int halfUnits;
    private final int halfMessages;
    private long lookedAt;
    private long seen;
    private boolean due;
    private int patience;
    private int untilTrial = TRIAL;

    /** For a ring of this size. */
    Pace(Context context, int ringUnits, int maxMessages) {
        this.context = context;
        this.isUseful = context.self.spinNanos() > 0;
        this.halfUnits = ringUnits / 2;
        this.halfMessages = maxMessages / 2;
    }

    /** Pauses if it is too early for a look. */
    void beforeLook() {
        if (due) {
            pause();
        }
    }

    private void pause() {
        long now = context.clock.nanoTime();
        for (int i = PAUSE_HINTS; now - lookedAt < PAUSE_NANOS && i > 0; i--) {
            context.self.spinHint();
            now = context.clock.nanoTime();
        }
        lookedAt = now;
    }

    /** What a look has found: the other side's word. */
    void saw(long word) {
        if (!isUseful) {
            return;
        }
        boolean wasDue = due;
        int found = RingWord.messagesBetween(seen, word);
        boolean isHalf = found >= halfMessages || RingWord.unitsBetween(seen, word) >= halfUnits;
        due = found > 0 && !isHalf && isStream(found);
        seen = word;
        if (due && !wasDue) {
            lookedAt = context.clock.nanoTime();
        }
    }

    private boolean isStream(int found) {
        if (found >= STREAM) {
            patience = PATIENCE;
        } else if (patience > 0) {
            patience--;
        } else if (--untilTrial == 0) {
            untilTrial = TRIAL;
            return true;
        }
        return patience > 0;
    }

    @Override
    public String toString() {
        return "Pace[" + (patience > 0 ? "in a stream]" : "no stream]");
    }
}
