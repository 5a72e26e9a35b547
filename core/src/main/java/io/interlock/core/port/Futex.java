package io.interlock.core.port;

/**
 * Waiting for a 32-bit shared word to change, and waking those who wait: the only way in which an algorithm sleeps.
 *
 * <p>The rule for every user: change the word first, then {@link #wake}. A wait ends for many reasons and promises
 * nothing; whoever waits looks at the shared state again.
 */
public interface Futex {

    /** How a wait ended. */
    enum Wake {
        /** Somebody called {@link #wake}; rarely also for no reason at all. */
        WOKEN,
        /** The word did not have the expected value when the wait began. */
        CHANGED,
        /** The time is over. */
        TIMED_OUT,
        /** The thread was interrupted, or a signal arrived, or the handle was closed. */
        INTERRUPTED
    }

    /**
     * Sleeps while the word has the expected value, at most {@code nanos}.
     *
     * @param offset        offset in bytes of a 4-byte aligned word
     * @param expected      value with which to sleep
     * @param nanos         longest sleep in nanoseconds; {@code <= 0} does not sleep
     * @param thread        the calling thread's record
     * @param interruptible whether {@link Thread#interrupt()} is to end the sleep; the interrupt status is kept
     */
    Wake await(int offset, int expected, long nanos, ThreadRecord thread, boolean interruptible);

    /**
     * Wakes up to {@code count} waiters of the word, of any process.
     *
     * @return how many were woken; 0 if that is not known
     */
    int wake(int offset, int count);

    /** Wakes a thread of this process out of its {@link #await}, if it is in one; may wake others with it. */
    void disturb(ThreadRecord thread);

    /**
     * Makes every running thread of every participant pass a full memory barrier before this returns.
     *
     * @return false if that is not possible here; the caller's counterpart must then fence itself
     */
    boolean barrier();

    /** Whether {@link #wake} reaches sleepers of other processes; without it they notice at the end of a slice. */
    boolean reachesOthers();
}
