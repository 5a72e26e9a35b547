package io.interlock.stress.jcstress;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the actors of one state begin together. For actors of which one is much faster than the other: it would be
 * through with all states of a stride before the other one begins. Orders nothing that comes after it.
 */
final class Meeting {

    /** An actor whose partner has no processor does not wait for it longer than that. */
    private static final int LOOKS = 500;

    private final AtomicInteger here = new AtomicInteger();

    /** Waits for the other actor, a little. */
    void attend() {
        here.incrementAndGet();
        for (int i = 0; here.get() < 2 && i < LOOKS; i++) {
            Thread.onSpinWait();
        }
    }
}
