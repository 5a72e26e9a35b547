package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;

/** A recursive lock that does not count: the inner unlock frees it. */
final class WeakRLock {

    private final Mem mem;
    private final int word;
    private final int me;

    WeakRLock(Mem mem, int word, int me) {
        this.mem = mem;
        this.word = word;
        this.me = me;
    }

    void lock() {
        while (mem.getIntVolatile(word) != me && !mem.casInt(word, 0, me)) {
            Thread.onSpinWait();
        }
    }

    void unlock() {
        mem.putIntVolatile(word, 0);
    }
}
