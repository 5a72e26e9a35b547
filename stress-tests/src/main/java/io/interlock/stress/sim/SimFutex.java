package io.interlock.stress.sim;

import io.interlock.core.port.Futex;
import io.interlock.core.port.ThreadRecord;

/** The futexes of the simulated machine; they reach everybody, and wake who sleeps longest. */
class SimFutex implements Futex {

    final Machine machine;

    SimFutex(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Wake await(int offset, int expected, long nanos, ThreadRecord thread, boolean interruptible) {
        return machine.await(offset, expected, nanos, interruptible);
    }

    @Override
    public int wake(int offset, int count) {
        return machine.wake(offset, count);
    }

    /** Handles are not closed here. */
    @Override
    public void disturb(ThreadRecord thread) {
        throw new UnsupportedOperationException("one thread for each simulated process");
    }

    @Override
    public boolean barrier() {
        return machine.barrier();
    }

    @Override
    public boolean reachesOthers() {
        return true;
    }
}
