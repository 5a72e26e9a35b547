package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemaphoreEventConditionCrashIT extends ProcessTest {

    @Nested
    class SemaphoreHolderKilled {

        @Test
        void keepsItsPermitAndHindersNobody() throws InterruptedException {
            IpcSemaphore semaphore = IpcSemaphore.createBounded(segment, "s", 2, 2);
            Child holder = children(1).get(0);
            holder.ask("acquire s 1");
            holder.kill();
            holder.awaitEnd();
            assertTrue(semaphore.tryAcquire());
            assertFalse(semaphore.tryAcquire(300, TimeUnit.MILLISECONDS));
            assertEquals(0, semaphore.availablePermits());
            semaphore.release(2);
            assertEquals(2, semaphore.drainPermits());
        }
    }

    @Nested
    class SemaphoreWaiterKilled {

        @Test
        void leavesThePermitToTheOthers() {
            IpcSemaphore semaphore = IpcSemaphore.create(segment, "s", 0);
            List<Child> children = children(2);
            children.forEach(child -> child.tell("acquire s 1"));
            awaitWaiters(semaphore, 2);
            children.get(0).kill();
            children.get(0).awaitEnd();
            semaphore.release();
            children.get(1).expect("acquired");
            report("semaphore: another waiter acquired", children.get(0));
            assertEquals(0, semaphore.availablePermits());
        }
    }

    @Nested
    class EventWaiterKilled {

        @Test
        void doesNotKeepTheEventFromTheOthers() {
            IpcEvent event = IpcEvent.create(segment, "e");
            List<Child> children = children(2);
            children.forEach(child -> child.tell("event-await e"));
            awaitWaiters(event, 2);
            children.get(0).kill();
            children.get(0).awaitEnd();
            event.set();
            children.get(1).expect("through true");
            report("event: another waiter was through", children.get(0));
        }
    }

    @Nested
    class ConditionWaiterKilled {

        private IpcMutex lock;
        private IpcCondition condition;
        private List<Child> children;

        private void twoWait(String name) {
            lock = lock(name);
            condition = lock.condition("c");
            children = children(2);
            for (int i = 0; i < 2; i++) {
                children.get(i).tell("await " + name + " c");
                int waiting = i + 1;
                Until.isTrue("waits", () -> condition.waiters() == waiting);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void beforeTheSignalLeavesTheSignalToTheNext(String name) {
            twoWait(name);
            children.get(0).kill();
            children.get(0).awaitEnd();
            lock.run(condition::signal);
            children.get(1).expect("returned");
            report(name + ": the next waiter of the condition returned", children.get(0));
        }

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void afterTheSignalAndBeforeItRanPassesItOnToTheNext(String name) {
            twoWait(name);
            children.get(0).stop();
            lock.run(condition::signal);
            assertFalse(children.get(1).hasSaidSomething());
            assertEquals(2, condition.waiters());
            children.get(0).kill();
            children.get(1).expect("returned");
            report(name + ": the signal was passed on", children.get(0));
            assertEquals(0, condition.waiters());
        }
    }

    @Nested
    class NotifierKilled {

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void betweenTheChangeAndTheSignalStrandsNobody(String name) {
            IpcMutex lock = lock(name);
            IpcCondition condition = lock.condition("c");
            Words value = Words.of(segment, "value");
            Child notifier = children(1).get(0);
            Async<Boolean> waiter = Async.of(() -> lock.call(() -> {
                condition.waitFor(() -> value.get() == 7);
                return lock.previousOwnerDied();
            }));
            Until.isTrue("waits", () -> condition.waiters() == 1);
            assertEquals("locked died=false", notifier.ask("lock " + name));
            assertEquals("changed", notifier.ask("set value 7"));
            notifier.kill();
            assertTrue(waiter.get());
            report(name + ": the waiter saw the change", notifier);
        }
    }
}
