package io.interlock.memory.ring;

import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;

/** Adding by somebody who holds the side until he closes: no atomic instruction for a message, and no fence. */
public final class ProducerRole implements Adding, AutoCloseable {

    private final Ring ring;
    private final Producers producers;
    private final Context context;
    private final boolean fences;

    ProducerRole(Ring ring, Producers producers) {
        this.ring = ring;
        this.producers = producers;
        this.context = ring.context;
        this.fences = ring.rolesFence();
    }

    /** Takes the side; false if the time is over. */
    public boolean enter(long timeoutNanos) throws InterruptedException {
        return ring.producersSide.enterRole(timeoutNanos, ring);
    }

    @Override
    public int begin(int units, int messages, long timeoutNanos, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        int at = producers.reserve(units, messages);
        return at >= 0 || at == SHUT_DOWN || timeoutNanos <= 0 ? at
                : await(units, messages, timeoutNanos, interruptible);
    }

    private int await(int units, int messages, long timeoutNanos, boolean interruptible) throws InterruptedException {
        ThreadRecord me = context.self.current();
        ring.requireOutside(me);
        long deadline = context.deadline(timeoutNanos);
        int at = NO_ROOM;
        while (at < 0 && at != SHUT_DOWN && !context.isOver(deadline)) {
            producers.awaitRoom(NO_ROOM, units, messages, deadline, me, interruptible);
            at = producers.reserve(units, messages);
        }
        return at;
    }

    @Override
    public void commit(int units, int messages) {
        producers.publish(units, messages);
        ring.roleFence(fences);
        producers.announce(messages);
    }

    @Override
    public void abort() {
        // Nothing is held that was not held before.
    }

    /** Gives the role up. */
    @Override
    public void close() {
        ring.producersSide.role.release();
        producers.passOn();
        producers.sealIfRequested();
    }

    @Override
    public String toString() {
        return "ProducerRole[" + ring.name() + "]";
    }
}
