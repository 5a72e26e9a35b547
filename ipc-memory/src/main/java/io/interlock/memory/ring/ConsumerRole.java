package io.interlock.memory.ring;

import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;

/** Taking by somebody who holds the side until he closes: no atomic instruction for a message, and no fence. */
public final class ConsumerRole implements Taking, Reading, AutoCloseable {

    private final Ring ring;
    private final Consumers consumers;
    private final Context context;
    private final boolean fences;

    ConsumerRole(Ring ring, Consumers consumers) {
        this.ring = ring;
        this.consumers = consumers;
        this.context = ring.context;
        this.fences = ring.rolesFence();
    }

    /** Takes the side; false if the time is over. */
    public boolean enter(long timeoutNanos) throws InterruptedException {
        if (!ring.consumersSide.enterRole(timeoutNanos, ring)) {
            return false;
        }
        consumers.repairInRole();
        return true;
    }

    @Override
    public int begin(long timeoutNanos, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        int at = consumers.front();
        return at >= 0 || at == ENDED || timeoutNanos <= 0 ? at : await(timeoutNanos, interruptible);
    }

    private int await(long timeoutNanos, boolean interruptible) throws InterruptedException {
        ThreadRecord me = context.self.current();
        ring.requireOutside(me);
        long deadline = context.deadline(timeoutNanos);
        int at = EMPTY;
        while (at == EMPTY && !context.isOver(deadline)) {
            consumers.awaitMessage(deadline, me, interruptible);
            at = consumers.front();
        }
        return at;
    }

    @Override
    public void commit() {
        consumers.publish();
        announce(1);
    }

    @Override
    public int copy(byte[] target, int limitBytes, int max, Batch batch) {
        return consumers.copy(target, limitBytes, max, batch);
    }

    @Override
    public void commit(Batch batch) {
        consumers.publish(batch.next);
        announce(batch.messages);
    }

    private void announce(int messages) {
        ring.roleFence(fences);
        consumers.announce(messages);
    }

    @Override
    public void abort() {
        // Nothing is held that was not held before.
    }

    @Override
    public int begin() {
        return consumers.front();
    }

    @Override
    public int next() {
        commit();
        context.checkOpen();
        return consumers.front();
    }

    @Override
    public void end() {
        // Nothing is held that was not held before.
    }

    /** Gives the role up. */
    @Override
    public void close() {
        ring.consumersSide.role.release();
        consumers.passOn();
        consumers.dropIfRequested();
    }

    @Override
    public String toString() {
        return "ConsumerRole[" + ring.name() + "]";
    }
}
