package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SemaphoreEventConditionIT extends ProcessTest {

    @Nested
    class Semaphores {

        @Test
        void handItemsOverInOrderAndOneByOne() {
            IpcSemaphore.createBounded(segment, "empty", 1, 1);
            IpcSemaphore.createBounded(segment, "filled", 0, 1);
            List<ChildJvm> children = children(2);
            children.get(0).send("produce 20000");
            children.get(1).send("consume 20000");
            children.get(0).expectLine("produced");
            children.get(1).expectLine("consumed wrong=0");
        }

        @Test
        void takeAPermitThatAnotherProcessReleases() {
            IpcSemaphore semaphore = IpcSemaphore.create(segment, "s", 0);
            ChildJvm child = children(1).get(0).send("acquire s 1");
            awaitWaiters(semaphore, 1);
            semaphore.release();
            child.expectLine("acquired");
            assertEquals("released", child.ask("release s 3"));
            assertEquals(3, semaphore.availablePermits());
        }
    }

    @Nested
    class Events {

        @Test
        void reachEveryProcess() {
            IpcEvent event = IpcEvent.create(segment, "e");
            List<ChildJvm> children = children(3);
            children.forEach(child -> child.send("event-await e"));
            awaitWaiters(event, 3);
            event.set();
            event.clear();
            children.forEach(child -> child.expectLine("through true"));
            assertFalse(event.isSet());
            assertEquals(1, event.timesSet());
        }

        @Test
        void relayATurnBackAndForth() {
            IpcEvent ping = IpcEvent.create(segment, "ping");
            IpcEvent pong = IpcEvent.create(segment, "pong");
            List<ChildJvm> children = children(2);
            children.get(0).send("event-relay ping pong 5000");
            children.get(1).send("event-relay pong ping 5000");
            ping.set();
            children.forEach(child -> child.expectLine("relayed"));
            assertTrue(ping.isSet());
            assertEquals(5_001, ping.timesSet());
            assertEquals(5_000, pong.timesSet());
        }
    }

    @Nested
    class Conditions {

        @Test
        void playPingPongOnBothLocks() {
            List<ChildJvm> children = children(3);
            for (String name : List.of("lock", "rlock")) {
                lock(name);
                for (int i = 0; i < 3; i++) {
                    children.get(i).send("pingpong " + name + " " + i + " 3 2000");
                }
                children.forEach(child -> child.expectLine("played"));
                assertEquals(0, Words.of(segment, "turn").get());
            }
        }

        @Test
        void wakeExactlyAsManyProcessesAsSignalled() {
            List<ChildJvm> children = children(3);
            IpcMutex lock = lock("lock");
            IpcCondition condition = lock.condition("c");
            for (int i = 0; i < 3; i++) {
                children.get(i).send("await lock c");
                int waiting = i + 1;
                Until.isTrue("waits", () -> condition.waiters() == waiting);
            }
            lock.run(() -> condition.signal(2));
            children.get(0).expectLine("returned");
            children.get(1).expectLine("returned");
            assertEquals(1, condition.waiters());
            assertFalse(children.get(2).hasLine());
            assertEquals("signalled", children.get(0).ask("signal lock c 5"));
            children.get(2).expectLine("returned");
        }
    }
}
