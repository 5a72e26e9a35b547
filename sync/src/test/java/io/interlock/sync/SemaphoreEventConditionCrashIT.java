package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
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
            ChildJvm holder = children(1).get(0);
            holder.ask("acquire s 1");
            kill(holder);
            holder.waitForExit();
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
            List<ChildJvm> children = children(2);
            children.forEach(child -> child.send("acquire s 1"));
            awaitWaiters(semaphore, 2);
            kill(children.get(0));
            children.get(0).waitForExit();
            semaphore.release();
            children.get(1).expectLine("acquired");
            report("semaphore: another waiter acquired");
            assertEquals(0, semaphore.availablePermits());
        }
    }

    @Nested
    class EventWaiterKilled {

        @Test
        void doesNotKeepTheEventFromTheOthers() {
            IpcEvent event = IpcEvent.create(segment, "e");
            List<ChildJvm> children = children(2);
            children.forEach(child -> child.send("event-await e"));
            awaitWaiters(event, 2);
            kill(children.get(0));
            children.get(0).waitForExit();
            event.set();
            children.get(1).expectLine("through true");
            report("event: another waiter was through");
        }
    }

    @Nested
    class ConditionWaiterKilled {

        private IpcMutex lock;
        private IpcCondition condition;
        private List<ChildJvm> children;

        private void twoWait(String name) {
            lock = lock(name);
            condition = lock.condition("c");
            children = children(2);
            for (int i = 0; i < 2; i++) {
                children.get(i).send("await " + name + " c");
                int waiting = i + 1;
                Until.isTrue("waits", () -> condition.waiters() == waiting);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void beforeTheSignalLeavesTheSignalToTheNext(String name) {
            twoWait(name);
            kill(children.get(0));
            children.get(0).waitForExit();
            lock.run(condition::signal);
            children.get(1).expectLine("returned");
            report(name + ": the next waiter of the condition returned");
        }

        @ParameterizedTest
        @ValueSource(strings = {"lock", "rlock"})
        void afterTheSignalAndBeforeItRanPassesItOnToTheNext(String name) {
            twoWait(name);
            children.get(0).stop();
            lock.run(condition::signal);
            assertFalse(children.get(1).hasLine());
            assertEquals(2, condition.waiters());
            kill(children.get(0));
            children.get(1).expectLine("returned");
            report(name + ": the signal was passed on");
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
            ChildJvm notifier = children(1).get(0);
            Async<Boolean> waiter = Async.of(() -> lock.call(() -> {
                condition.waitFor(() -> value.get() == 7);
                return lock.previousOwnerDied();
            }));
            Until.isTrue("waits", () -> condition.waiters() == 1);
            assertEquals("locked died=false", notifier.ask("lock " + name));
            assertEquals("changed", notifier.ask("set value 7"));
            kill(notifier);
            assertTrue(waiter.get());
            report(name + ": the waiter saw the change");
        }
    }
}
