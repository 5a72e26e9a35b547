package io.interlock.stress.kill;

import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;

/** The shipped futexes; each call is a point at which its process may die, and the first sleep is told. */
final class WatchedFutex implements Futex {

    private final Futex futex;
    private final Mem mem;
    private final Points points;

    WatchedFutex(Futex futex, Mem mem, Points points) {
        this.futex = futex;
        this.mem = mem;
        this.points = points;
    }

    @Override
    public Wake await(int offset, int expected, long nanos, ThreadRecord thread, boolean interruptible) {
        points.before("sleep", mem, offset);
        points.waiting();
        return futex.await(offset, expected, nanos, thread, interruptible);
    }

    @Override
    public int wake(int offset, int count) {
        points.before("wake", mem, offset);
        return futex.wake(offset, count);
    }

    @Override
    public void disturb(ThreadRecord thread) {
        futex.disturb(thread);
    }

    @Override
    public boolean barrier() {
        return futex.barrier();
    }

    @Override
    public boolean reachesOthers() {
        return futex.reachesOthers();
    }
}
