package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;

/** A semaphore that looks and then acts: a permit may be taken twice, or a release lost. Every access is volatile. */
final class WeakSemaphore {

    private final Mem mem;
    private final int permits;

    WeakSemaphore(Mem mem, int permits) {
        this.mem = mem;
        this.permits = permits;
    }

    boolean tryAcquire() {
        int free = mem.getIntVolatile(permits);
        if (free < 1) {
            return false;
        }
        mem.putIntVolatile(permits, free - 1);
        return true;
    }

    void acquire() {
        while (!tryAcquire()) {
            Thread.onSpinWait();
        }
    }

    void release() {
        mem.putIntVolatile(permits, mem.getIntVolatile(permits) + 1);
    }

    int availablePermits() {
        return mem.getIntVolatile(permits);
    }
}
