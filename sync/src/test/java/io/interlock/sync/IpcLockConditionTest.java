package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcLockConditionTest extends ConditionContract {

    @Override
    IpcMutex newLock(Segment in, String name) {
        return IpcLock.create(in, name);
    }

    @Override
    IpcMutex newRepairableLock(Segment in, String name) {
        return IpcLock.create(in, name, OwnerDeath.REPAIR_REQUIRED);
    }

    @Nested
    class StrayUnlockAtTheStartOfAnAwait {

        private final List<Integer> none = new ArrayList<>();

        @Test
        void endsTheAwaitAndLeaksNoCell() {
            TrapSelf trap = new TrapSelf(segment.context());
            IpcLock robbed = new IpcLock(segment, trap.seen(lock.block));
            lockAndForget(robbed);
            trap.set(() -> Async.run(this::unlock));
            assertThrows(IllegalMonitorStateException.class, robbed.condition("c")::await);
            assertEquals(0, condition.waiters());
            assertFalse(lock.isLocked());
        }

        @Test
        void passesOnASignalThatItHasGot() {
            TrapSelf trap = new TrapSelf(segment.context());
            IpcLock robbed = new IpcLock(segment, trap.seen(lock.block));
            lockAndForget(robbed);
            AtomicReference<Async<Boolean>> next = new AtomicReference<>();
            trap.set(() -> Async.run(() -> {
                unlock();
                next.set(waiter(1, none));
                lock.run(condition::signal);
                return true;
            }));
            assertThrows(IllegalMonitorStateException.class, robbed.condition("c")::await);
            assertTrue(next.get().get());
            assertEquals(0, condition.waiters());
        }

        /** Another thread comes last, so that the unlock() of this one has to ask again who it is. */
        private void lockAndForget(IpcLock robbed) {
            robbed.lock();
            assertFalse(Async.run(robbed::isHeldByCurrentThread));
        }

        private boolean unlock() {
            lock.unlock();
            return true;
        }
    }
}
