package io.interlock.memory.ring;

import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;

/**
 * Adding with foreign code between begin and commit. The thread that begins holds the side as a recursive lock is held:
 * its death in a living process is noticed, and whatever would make it wait for itself is refused.
 */
final class Claims implements Adding {

    private final Ring ring;
    private final Producers producers;
    private final Side side;
    private final Context context;

    Claims(Ring ring, Producers producers) {
        this.ring = ring;
        this.producers = producers;
        this.side = ring.producersSide;
        this.context = ring.context;
    }

    @Override
    public int begin(int units, int messages, long timeoutNanos, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        ThreadRecord me = context.self.current();
        if (side.isHeldBy(me)) {
            ring.requireOutside(me);
        }
        me.prepareHold();
        int at = side.hold.tryAcquire(me) ? producers.reserveOrLeave(side.hold, units, messages) : BUSY;
        if (at < 0 && at != SHUT_DOWN) {
            at = producers.beginSlowly(side.hold, at, units, messages, timeoutNanos, interruptible);
        }
        if (at >= 0) {
            side.noteHold(me);
        }
        return at;
    }

    /** {@inheritDoc} Not by another thread: the caller has seen to that. */
    @Override
    public void commit(int units, int messages) {
        try {
            producers.publish(units, messages);
        } finally {
            side.endHold(context.self.current());
        }
        producers.announce(messages);
        producers.sealIfRequested();
    }

    @Override
    public void abort() {
        side.endHold(context.self.current());
        producers.passOn();
        producers.sealIfRequested();
    }

    @Override
    public String toString() {
        return "Claims[" + side + "]";
    }
}
