package io.interlock.stress.sim;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.robust.RobustLock;
import io.interlock.memory.error.EndOfStreamException;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.Taking;

/**
 * A copy of how the second end of a pipe receives, on the shipped ring, that has one flaw or none. With none it must be
 * as right as the shipped one, which shows that it is the flaw that is found.
 */
final class WeakReceiver implements PipeScenario.Receiving {

    /** What is wrong with it. */
    enum Flaw {
        /** Nothing. */
        NONE,
        /** When the sender is gone it does not look again for what was sent last. */
        ENDS_AT_ONCE,
        /** It does not ask whether the sender lives. */
        TRUSTS_THE_SENDER
    }

    private static final int OWNER_TAG = -1;

    private final Context context;
    private final Ring ring;
    private final RobustLock here;
    private final RobustLock there;
    private final int closed;
    private final Flaw flaw;

    WeakReceiver(SharedBlock pipe, Flaw flaw) {
        this.context = pipe.context();
        this.ring = PipeScenario.ring(pipe, "from-first");
        this.here = RobustLock.tagged(context, PipeScenario.place(pipe, "secondEnd"), OWNER_TAG);
        this.there = RobustLock.tagged(context, PipeScenario.place(pipe, "firstEnd"), OWNER_TAG);
        this.closed = PipeScenario.place(pipe, "firstClosed");
        this.flaw = flaw;
    }

    @Override
    public long receive() throws InterruptedException {
        here.tryAcquireUnmarked();
        while (true) {
            int at = ring.consumers.begin(Context.OWNER_SLICE_NANOS, true);
            if (at >= 0) {
                long item = context.mem.getLong(at + Long.BYTES);
                ring.consumers.commit();
                return item;
            }
            if (at == Taking.ENDED) {
                throw new EndOfStreamException("everything was received");
            }
            if (flaw != Flaw.TRUSTS_THE_SENDER && isGone()) {
                if (flaw == Flaw.ENDS_AT_ONCE) {
                    throw new EndOfStreamException("the sender is gone");
                }
                ring.shutdown();
            }
        }
    }

    private boolean isGone() {
        return context.mem.getIntVolatile(closed) != 0 || there.isOwnerDead();
    }

    @Override
    public String toString() {
        return "WeakReceiver[" + flaw + "]";
    }
}
