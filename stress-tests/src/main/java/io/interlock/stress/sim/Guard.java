package io.interlock.stress.sim;

import java.util.concurrent.TimeUnit;

/** A lock as one process sees it: a shipped one, or a weakened copy. */
interface Guard {

    void lock();

    boolean tryLock(long time, TimeUnit unit) throws InterruptedException;

    void lockInterruptibly() throws InterruptedException;

    /** Whether the holder is told that an owner before it died. */
    boolean previousOwnerDied();

    /**
     * Frees the lock.
     *
     * @throws IllegalMonitorStateException if that hold is over
     */
    void unlock();

    /** Declares that what the lock guards is right again. */
    void markConsistent();

    /** Says what is to be done under the lock, before anybody is inside, when its owner has died. */
    void onOwnerDeath(Runnable hook);

    /** Frees the lock, whoever holds it; false if that is refused. By somebody who has not acquired it. */
    boolean freeAnybodys();
}
