package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Commands;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MutexCrashIT extends ProcessTest {

    @Nested
    class HolderKilled {

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void isSucceededByAWaiterWhoIsToldOnce(String name) {
            IpcMutex lock = lock(name);
            ChildJvm holder = children(1).get(0);
            assertEquals("locked died=false", holder.ask("lock " + name));
            Async<Boolean> waiter = Async.of(() -> lock.call(lock::previousOwnerDied));
            awaitAsleep(waiter.thread());
            kill(holder);
            assertTrue(waiter.get());
            report(name + ": a waiter acquired");
            assertFalse(Async.<Boolean>run(() -> lock.call(lock::previousOwnerDied)));
            assertEquals(1, lock.ownerDeaths());
        }

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void isFreedByAnUntimedTryLock(String name) {
            IpcMutex lock = lock(name);
            ChildJvm holder = children(1).get(0);
            holder.ask("lock " + name);
            assertFalse(lock.tryLock());
            kill(holder);
            Until.isTrue("tryLock() succeeds", lock::tryLock);
            report(name + ": tryLock() acquired");
            assertTrue(lock.previousOwnerDied());
            lock.unlock();
        }

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void insideTheHookLeavesTheHookToTheNext(String name) {
            IpcMutex lock = lock(name);
            List<ChildJvm> children = children(2);
            children.get(0).ask("lock " + name);
            kill(children.get(0));
            children.get(1).send("hook " + name).expectLine("in hook");
            AtomicInteger runs = new AtomicInteger();
            lock.onOwnerDeath(runs::incrementAndGet);
            kill(children.get(1));
            lock.lock();
            report(name + ": the hook ran again");
            assertEquals(1, runs.get());
            assertEquals(2, lock.ownerDeaths());
            lock.unlock();
        }

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void leavesALockThatNeedsRepairMarkedUntilItIsRepaired(String name) {
            IpcMutex lock = name.equals("lock") ? IpcLock.create(segment, name, OwnerDeath.REPAIR_REQUIRED)
                    : IpcRLock.create(segment, name, OwnerDeath.REPAIR_REQUIRED);
            List<ChildJvm> children = children(2);
            children.get(0).ask("lock " + name);
            kill(children.get(0));
            for (int i = 0; i < 2; i++) {
                assertEquals("locked died=true", children.get(1).ask("lock " + name));
                children.get(1).ask("unlock " + name);
            }
            lock.lock();
            assertTrue(lock.previousOwnerDied());
            lock.markConsistent();
            lock.unlock();
            assertEquals("locked died=false", children.get(1).ask("lock " + name));
        }
    }

    @Nested
    class WaiterKilled {

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void leavesTheLockToTheOthers(String name) {
            IpcMutex lock = lock(name);
            List<ChildJvm> children = children(2);
            lock.lock();
            children.get(0).send("lock " + name);
            awaitWaiters(lock);
            Async<Boolean> other = Async.of(() -> lock.call(() -> true));
            awaitAsleep(other.thread());
            kill(children.get(0));
            lock.unlock();
            assertTrue(other.get());
            report(name + ": another waiter acquired");
            assertEquals("locked died=" + (lock.ownerDeaths() > 0), children.get(1).ask("lock " + name));
        }
    }

    @Nested
    class OwnerStopped {

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void isNotRobbed(String name) throws InterruptedException {
            IpcMutex lock = lock(name);
            ChildJvm owner = children(1).get(0);
            owner.ask("lock " + name);
            owner.stop();
            assertFalse(lock.tryLock(800, TimeUnit.MILLISECONDS));
            assertFalse(lock.tryLock());
            assertFalse(lock.tryLock(200, TimeUnit.MILLISECONDS));
            owner.cont();
            assertEquals("unlocked", owner.ask("unlock " + name));
            lock.lock();
            assertFalse(lock.previousOwnerDied());
            assertEquals(0, lock.ownerDeaths());
            lock.unlock();
        }
    }

    @Nested
    class OwnerInAnotherPidNamespace {

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void isNotRobbedAliveAndSucceededDead(String name) throws InterruptedException {
            Commands.assume("unshare", "--pid", "--fork", "true");
            IpcMutex lock = lock(name);
            ChildJvm owner = child(puppet().under("unshare", "--pid", "--fork"));
            assertEquals("locked died=false", owner.ask("lock " + name));
            assertFalse(lock.tryLock(300, TimeUnit.MILLISECONDS));
            kill(owner);
            lock.lock();
            report(name + ": acquired from another PID namespace");
            assertTrue(lock.previousOwnerDied());
            lock.unlock();
        }
    }

    @Nested
    class StrayUnlockAfterTheHolderWasKilled {

        @ParameterizedTest
        @EnumSource
        void leavesTheDeathToTheNextOwner(OwnerDeath policy) {
            IpcLock lock = IpcLock.create(segment, "lock", policy);
            ChildJvm holder = children(1).get(0);
            holder.ask("lock lock");
            kill(holder);
            holder.waitForExit();
            lock.unlock();
            assertFalse(lock.isLocked());
            lock.lock();
            report("lock: acquired after a stray unlock");
            assertTrue(lock.previousOwnerDied());
            assertEquals(1, lock.ownerDeaths());
            lock.unlock();
        }
    }
}
