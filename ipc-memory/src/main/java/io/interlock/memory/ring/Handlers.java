package io.interlock.memory.ring;

import io.interlock.core.port.ThreadRecord;

/** Reading under the consumers' lock, which this thread holds meanwhile. */
final class Handlers implements Reading {

    private final Ring ring;
    private final Consumers consumers;
    private final Side side;

    Handlers(Ring ring, Consumers consumers) {
        this.ring = ring;
        this.consumers = consumers;
        this.side = ring.consumersSide;
    }

    @Override
    public int begin() {
        ThreadRecord me = ring.context.self.current();
        if (side.isHeldBy(me)) {
            ring.requireOutside(me);
        }
        me.prepareHold();
        int at = side.enterAtOnce(side.hold, me) ? consumers.frontOrLeave(side.hold) : Taking.BUSY;
        if (at >= 0) {
            side.noteHold(me);
        }
        return at;
    }

    @Override
    public int next() {
        consumers.publishFenced();
        consumers.announce(1);
        ring.context.checkOpen();
        return consumers.front();
    }

    @Override
    public void end() {
        side.endHold(ring.context.self.current());
        consumers.passOn();
        consumers.dropIfRequested();
    }

    @Override
    public String toString() {
        return "Handlers[" + side + "]";
    }
}
