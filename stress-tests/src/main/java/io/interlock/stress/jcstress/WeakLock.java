package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;

/** A lock that looks and then takes, in two steps instead of one: both may get in. Every access is volatile. */
final class WeakLock {

    private final Mem mem;
    private final int word;

    WeakLock(Mem mem, int word) {
        this.mem = mem;
        this.word = word;
    }

    void lock() {
        while (mem.getIntVolatile(word) != 0) {
            Thread.onSpinWait();
        }
        mem.putIntVolatile(word, 1);
    }

    void unlock() {
        mem.putIntVolatile(word, 0);
    }
}
