package io.interlock.stress.jcstress;

import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustLock;

/** An end of a pipe whose lock is freed before the end is marked: somebody may get it in between. */
final class WeakPipeEnd {

    private final Mem mem;
    private final RobustLock lock;
    private final int closed;

    WeakPipeEnd(Context context, int place) {
        this.mem = context.mem;
        this.lock = RobustLock.tagged(context, place, -1);
        this.closed = place + TwoMappings.LINE;
    }

    boolean claim() {
        if (!lock.tryAcquireUnmarked()) {
            return false;
        }
        if (mem.getIntVolatile(closed) == 0) {
            return true;
        }
        lock.release();
        return false;
    }

    void close() {
        lock.release();
        mem.putIntVolatile(closed, 1);
    }
}
