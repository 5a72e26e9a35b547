package io.interlock.bench.work.queue;

/**
 * What a sender or receiver does between two tries. All spin. Where they are more than the processors they also let
 * others run after {@value #BEFORE_YIELD} tries in vain, since the one for whom they wait may have no processor. That
 * is the same for processes and for threads, and for all peers but those that sleep in the kernel.
 */
final class Tries {

    private static final int BEFORE_YIELD = 64;

    private final boolean yields;
    private int inVain;

    Tries(QueueShape shape) {
        yields = !shape.fits();
    }

    /** After a try that has failed. */
    void failed() {
        inVain++;
        if (yields && inVain >= BEFORE_YIELD) {
            inVain = 0;
            Thread.yield();
        } else {
            Thread.onSpinWait();
        }
    }

    /** After one that has not. */
    void succeeded() {
        inVain = 0;
    }
}
