package io.interlock.bench.work.sync;

/**
 * What leads from one process to another one, and back; each has its own end. What carries no number, such as a
 * semaphore, takes the n-th wake-up for that of the n-th number.
 */
interface Wire {

    /** Sends this number. */
    void send(long number) throws InterruptedException;

    /** Waits for this number, and fails if another one comes. */
    void receive(long number) throws InterruptedException;

    /** Fails if it is another one. */
    static void check(long expected, long received) {
        if (received != expected) {
            throw new IllegalStateException("expected message " + expected + ", got " + received);
        }
    }
}
