package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.interlock.core.Segment;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcRLockConditionTest extends ConditionContract {

    @Override
    IpcRLock newLock(Segment in, String name) {
        return IpcRLock.create(in, name);
    }

    @Override
    IpcRLock newRepairableLock(Segment in, String name) {
        return IpcRLock.create(in, name, OwnerDeath.REPAIR_REQUIRED);
    }

    @Nested
    class Recursion {

        @Test
        void isReleasedFullyAndRestored() {
            IpcRLock rlock = (IpcRLock) lock;
            Async<Integer> waiter = Async.of(() -> {
                rlock.lock();
                rlock.lock();
                rlock.lock();
                condition.await();
                int count = rlock.getHoldCount();
                rlock.unlock();
                rlock.unlock();
                rlock.unlock();
                return count;
            });
            Until.isTrue("waits", () -> condition.waiters() == 1);
            rlock.run(condition::signal);
            assertEquals(3, waiter.get());
            assertFalse(rlock.isLocked());
        }

        @Test
        void isRestoredAfterATimeoutAndAnInterruptToo() throws InterruptedException {
            IpcRLock rlock = (IpcRLock) lock;
            rlock.lock();
            rlock.lock();
            assertFalse(condition.await(1, TimeUnit.MILLISECONDS));
            assertEquals(2, rlock.getHoldCount());
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, condition::await);
            assertEquals(2, rlock.getHoldCount());
            rlock.unlock();
            rlock.unlock();
            assertFalse(rlock.isLocked());
        }
    }
}
