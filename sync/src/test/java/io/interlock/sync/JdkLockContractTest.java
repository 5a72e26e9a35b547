package io.interlock.sync;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Shows that the contract is the JDK's. */
class JdkLockContractTest extends LockContract {

    @Override
    Lock newLock() {
        return new ReentrantLock();
    }

    @Override
    void awaitWaiting(Lock lock, Thread thread) {
        Until.isTrue("queued", () -> ((ReentrantLock) lock).hasQueuedThread(thread));
    }
}
