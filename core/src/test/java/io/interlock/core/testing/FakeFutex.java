package io.interlock.core.testing;

import io.interlock.core.port.Futex;
import io.interlock.core.port.ThreadRecord;

/** A futex on which nobody sleeps: it counts, and does what a test says while somebody would. */
public final class FakeFutex implements Futex {

    private int sleeps;
    private int wakes;
    private long latestNanos;
    private Wake end = Wake.WOKEN;
    private Runnable during = () -> {
    };

    /** What happens while somebody sleeps. */
    public void duringASleep(Runnable what) {
        during = what;
    }

    /** How sleeps end from now on, instead of by a wake-up. */
    public void endsBy(Wake how) {
        end = how;
    }

    /** For how long the latest sleeper would have slept. */
    public long latestNanos() {
        return latestNanos;
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
        latestNanos = nanos;
        during.run();
        return end;
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
