package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MutexIT extends ProcessTest {

    private void loseNoUpdate(String name, List<ChildJvm> children, int times) {
        IpcMutex lock = lock(name);
        Words counter = Words.of(segment, "counter-" + name);
        children.forEach(child -> child.send("count " + name + " counter-" + name + " " + times));
        children.forEach(child -> child.expectLine("counted"));
        lock.lock();
        assertEquals((long) children.size() * times, counter.get());
        lock.unlock();
        assertEquals(0, lock.ownerDeaths());
    }

    @Nested
    class FourProcesses {

        @Test
        void loseNoUpdateUnderALockOrARecursiveLock() {
            List<ChildJvm> children = children(4);
            loseNoUpdate("lock", children, 20_000);
            loseNoUpdate("rlock", children, 20_000);
        }
    }

    @Nested
    class WithoutSomething {

        @Test
        void processesTakePartMoreSlowly() {
            List<ChildJvm> children = List.of(child(puppet()), child(puppet().withoutExport()),
                    child(puppet().withoutNativeLibrary()));
            assertEquals("native=true agrona=true", children.get(0).ask("platform"));
            assertEquals("native=true agrona=false", children.get(1).ask("platform"));
            assertEquals("native=false agrona=true", children.get(2).ask("platform"));
            loseNoUpdate("lock", children, 1_000);
            loseNoUpdate("rlock", children, 1_000);
        }
    }

    @Nested
    class AnotherProcess {

        @Test
        void isExcludedAndMayFreeAPlainLockOnly() {
            ChildJvm child = children(1).get(0);
            IpcMutex lock = lock("lock");
            IpcMutex rlock = lock("rlock");
            lock.lock();
            assertEquals("false", child.ask("trylock lock 0"));
            assertEquals("false", child.ask("trylock lock 20"));
            assertEquals("unlocked", child.ask("unlock lock"));
            assertFalse(lock.isLocked());
            assertEquals("locked died=false", child.ask("lock rlock"));
            assertFalse(rlock.tryLock());
            org.junit.jupiter.api.Assertions.assertThrows(IllegalMonitorStateException.class, rlock::unlock);
            child.ask("unlock rlock");
            assertFalse(rlock.isLocked());
        }
    }

    /** The janitor looks once a second, and only while somebody holds: the thread has waited for longer than that. */
    @Nested
    @Tag("proof")
    class AThreadThatEndsAfterALongWait {

        private static final long LONG_WAIT_NANOS = 1_600_000_000;

        @Test
        void forTheLockLeavesItToTheOthers() {
            IpcMutex lock = lock("rlock");
            ChildJvm other = children(1).get(0);
            other.ask("lock rlock");
            Async<Boolean> ending = Async.of(() -> {
                lock.lock();
                return true;
            });
            awaitAsleep(ending.thread());
            Until.passed(System.nanoTime() + LONG_WAIT_NANOS);
            other.ask("unlock rlock");
            assertTrue(ending.get());
            assertEquals("true", other.ask("trylock rlock 10000"));
            assertEquals(1, lock.ownerDeaths());
        }

        @Test
        void forTheConditionLeavesTheLockToTheOthers() {
            IpcMutex lock = lock("rlock");
            IpcCondition condition = lock.condition("c");
            ChildJvm other = children(1).get(0);
            Async<Boolean> ending = Async.of(() -> {
                lock.lock();
                condition.await();
                return true;
            });
            awaitAsleep(ending.thread());
            Until.passed(System.nanoTime() + LONG_WAIT_NANOS);
            other.ask("signal rlock c 1");
            assertTrue(ending.get());
            assertEquals("true", other.ask("trylock rlock 10000"));
            assertEquals(1, lock.ownerDeaths());
        }
    }
}
