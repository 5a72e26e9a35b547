package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interlock.core.testing.Async;
import io.interlock.sync.Until;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Fifty virtual threads wait at once on a machine with fewer carriers, so none of them may keep its carrier. */
class IpcQueueVirtualThreadsTest extends QueueFixture {

    private static final int WAITERS = 50;
    private static final Method START = start();

    @BeforeEach
    void needsThem() {
        assumeTrue(START != null, "this JDK has no virtual threads");
        assumeTrue(Runtime.getRuntime().availableProcessors() < WAITERS, "as many carriers as waiters");
    }

    private static Method start() {
        try {
            return Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** One virtual thread. */
    private record Virtual(Thread thread, FutureTask<Integer> result) {

        static Virtual of(Callable<Integer> body) {
            FutureTask<Integer> task = new FutureTask<>(body);
            try {
                return new Virtual((Thread) START.invoke(null, task), task);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        int get() {
            try {
                return result.get(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private List<Virtual> start(Callable<Integer> body) {
        List<Virtual> threads = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            threads.add(Virtual.of(body));
        }
        return threads;
    }

    private List<Virtual> asleep(Callable<Integer> body) {
        List<Virtual> waiters = start(body);
        waiters.forEach(waiter -> Until.isTrue("it sleeps", () -> isAsleep(waiter.thread())));
        assertEquals(1, Virtual.of(() -> 1).get(), "a carrier is free");
        return waiters;
    }

    @Nested
    class VirtualThreads {

        @Test
        void waitForMessages() {
            IpcQueue<Integer> queue = numbers(10);
            List<Virtual> waiters = asleep(queue::take);
            Async.run(() -> {
                for (int i = 0; i < WAITERS; i++) {
                    queue.put(i);
                }
            }).get();
            assertEquals(WAITERS * (WAITERS - 1) / 2, waiters.stream().mapToInt(Virtual::get).sum());
        }

        @Test
        void waitForRoom() {
            IpcQueue<Integer> queue = numbers(1);
            queue.add(1);
            List<Virtual> waiters = asleep(() -> {
                queue.put(1);
                return 1;
            });
            int taken = Async.of(() -> {
                int sum = 0;
                for (int i = 0; i <= WAITERS; i++) {
                    sum += queue.take();
                }
                return sum;
            }).get();
            assertEquals(WAITERS + 1, taken);
            waiters.forEach(Virtual::get);
        }

        @Test
        void canBeInterruptedWhileTheyWait() {
            IpcQueue<Integer> queue = numbers(1);
            List<Virtual> waiters = asleep(() -> {
                try {
                    return queue.take();
                } catch (InterruptedException e) {
                    return -1;
                }
            });
            waiters.forEach(waiter -> waiter.thread().interrupt());
            waiters.forEach(waiter -> assertEquals(-1, waiter.get()));
        }

        @Test
        void putAndTakeWithEachOther() {
            IpcQueue<Integer> queue = numbers(3);
            IpcQueue<Integer> theirs = sameNumbers();
            List<Virtual> consumers = start(() -> {
                int sum = 0;
                for (int i = 0; i < 20; i++) {
                    sum += theirs.take();
                }
                return sum;
            });
            List<Virtual> producers = start(() -> {
                for (int i = 0; i < 20; i++) {
                    queue.put(i);
                }
                return 1;
            });
            producers.forEach(Virtual::get);
            assertEquals(WAITERS * 190, consumers.stream().mapToInt(Virtual::get).sum());
            assertTrue(queue.isEmpty());
        }

        @Test
        void claimAndRead() {
            IpcQueue<Integer> queue = numbers(WAITERS);
            List<Virtual> producers = start(() -> {
                try (Claim claim = queue.claim(4)) {
                    Thread.yield();
                    claim.buffer().putInt(7);
                    claim.commit();
                }
                return 1;
            });
            producers.forEach(Virtual::get);
            int[] sum = new int[1];
            assertEquals(WAITERS, Virtual.of(() -> queue.read(message -> sum[0] += message.getInt(), 100)).get());
            assertEquals(7 * WAITERS, sum[0]);
        }
    }
}
