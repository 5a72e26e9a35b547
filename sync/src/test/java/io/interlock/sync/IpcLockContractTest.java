package io.interlock.sync;

import java.util.concurrent.locks.Lock;

class IpcLockContractTest extends LockContract {

    @Override
    Lock newLock() {
        return IpcLock.create(segment);
    }

    @Override
    void awaitWaiting(Lock lock, Thread thread) {
        awaitAsleep(thread);
    }
}
