package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MutexIT extends ProcessTest {

    private void loseNoUpdate(String name, List<Child> children, int times) {
        IpcMutex lock = lock(name);
        Words counter = Words.of(segment, "counter-" + name);
        children.forEach(child -> child.tell("count " + name + " counter-" + name + " " + times));
        children.forEach(child -> child.expect("counted"));
        lock.lock();
        assertEquals((long) children.size() * times, counter.get());
        lock.unlock();
        assertEquals(0, lock.ownerDeaths());
    }

    @Nested
    class FourProcesses {

        @Test
        void loseNoUpdateUnderALockOrARecursiveLock() {
            List<Child> children = children(4);
            loseNoUpdate("lock", children, 20_000);
            loseNoUpdate("rlock", children, 20_000);
        }
    }

    @Nested
    class WithoutSomething {

        @Test
        void processesTakePartMoreSlowly() {
            List<Child> children = List.of(child(List.of(), List.of(Child.EXPORT)), child(List.of(), List.of()),
                    child(List.of(), concat(Child.NO_NATIVE_CALLS, Child.EXPORT)));
            assertEquals("native=true agrona=true", children.get(0).ask("platform"));
            assertEquals("native=true agrona=false", children.get(1).ask("platform"));
            assertEquals("native=false agrona=true", children.get(2).ask("platform"));
            loseNoUpdate("lock", children, 1_000);
            loseNoUpdate("rlock", children, 1_000);
        }

        private List<String> concat(List<String> flags, String flag) {
            List<String> all = new java.util.ArrayList<>(flags);
            all.add(flag);
            return all;
        }
    }

    @Nested
    class AnotherProcess {

        @Test
        void isExcludedAndMayFreeAPlainLockOnly() {
            Child child = children(1).get(0);
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
}
