package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;

/** A waiter's cell whose changes are a look and a store instead of one step. Every access is volatile. */
final class WeakCell {

    private static final int FREE = 0;
    private static final int WAITING = 1;
    private static final int SIGNALLED = 2;

    private final Mem mem;
    private final int word;

    WeakCell(Mem mem, int word) {
        this.mem = mem;
        this.word = word;
    }

    void enter() {
        mem.putIntVolatile(word, WAITING);
    }

    void signal() {
        if (mem.getIntVolatile(word) == WAITING) {
            mem.putIntVolatile(word, SIGNALLED);
        }
    }

    boolean leave() {
        if (mem.getIntVolatile(word) != WAITING) {
            return false;
        }
        mem.putIntVolatile(word, FREE);
        return true;
    }

    boolean isSignalled() {
        return mem.getIntVolatile(word) == SIGNALLED;
    }
}
