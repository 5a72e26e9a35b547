package io.interlock.core.testing;

import io.interlock.core.port.Futex;
import io.interlock.core.port.ThreadRecord;

/** A futex on which nobody sleeps: it counts, and does what a test says while somebody would. */
public final class FakeFutex implements Futex {

    private int sleeps;
    private int wakes;
    private Runnable during = () -> {
    };

    /** What happens while somebody sleeps, who is woken then. */
    public void duringASleep(Runnable what) {
        during = what;
    }

    /** How often somebody has slept. */
    public int sleeps() {
        return sleeps;
    }

    /** How often somebody has called {@link #wake}. */
    public int wakes() {
        return wakes;
    }

    @Override
    public Wake await(int offset, int expected, long nanos, ThreadRecord thread, boolean interruptible) {
        sleeps++;
        during.run();
        return Wake.WOKEN;
    }

    @Override
    public int wake(int offset, int count) {
        wakes++;
        return 1;
    }

    @Override
    public void disturb(ThreadRecord thread) {
    }

    @Override
    public boolean barrier() {
        return false;
    }

    @Override
    public boolean reachesOthers() {
        return true;
    }
}
