package io.interlock.sync;

import java.util.concurrent.locks.Lock;

class IpcRLockContractTest extends LockContract {

    @Override
    Lock newLock() {
        return IpcRLock.create(segment);
    }

    @Override
    void awaitWaiting(Lock lock, Thread thread) {
        awaitAsleep(thread);
    }
}
