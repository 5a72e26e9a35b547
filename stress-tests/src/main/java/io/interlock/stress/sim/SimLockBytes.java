package io.interlock.stress.sim;

import io.interlock.core.platform.LockBytes;

/** The lock bytes of the participants' slots: free as soon as their holder is killed, at which the scheduler aims. */
final class SimLockBytes implements LockBytes {

    private final Machine machine;

    SimLockBytes(Machine machine) {
        this.machine = machine;
    }

    @Override
    public boolean tryLock(int slot) {
        return machine.take(slot);
    }

    @Override
    public boolean isLocked(int slot) {
        return machine.isHeld(slot);
    }

    @Override
    public boolean anyLocked(int from, int to) {
        for (int slot = from; slot < to; slot++) {
            if (isLocked(slot)) {
                return true;
            }
        }
        return false;
    }
}
