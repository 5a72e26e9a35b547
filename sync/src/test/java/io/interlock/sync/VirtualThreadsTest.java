package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
class VirtualThreadsTest extends SegmentTest {

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
    private record Virtual(Thread thread, FutureTask<Boolean> result) {

        static Virtual of(Callable<Boolean> body) {
            FutureTask<Boolean> task = new FutureTask<>(body);
            try {
                return new Virtual((Thread) START.invoke(null, task), task);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        boolean get() {
            try {
                return result.get(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private List<Virtual> asleep(Callable<Boolean> body) {
        List<Virtual> waiters = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            waiters.add(Virtual.of(body));
        }
        waiters.forEach(waiter -> awaitAsleep(waiter.thread()));
        assertTrue(Virtual.of(() -> true).get(), "a carrier is free");
        return waiters;
    }

    private void allWaitThenAllGetThrough(IpcMutex lock) {
        int[] counter = new int[1];
        lock.lock();
        List<Virtual> waiters = asleep(() -> {
            lock.run(() -> counter[0]++);
            return true;
        });
        lock.unlock();
        waiters.forEach(Virtual::get);
        assertEquals(WAITERS, counter[0]);
    }

    @Nested
    class VirtualThreads {

        @Test
        void waitForALock() {
            allWaitThenAllGetThrough(IpcLock.create(segment));
        }

        @Test
        void waitForARecursiveLock() {
            allWaitThenAllGetThrough(IpcRLock.create(segment));
        }

        @Test
        void waitForASemaphore() {
            IpcSemaphore semaphore = IpcSemaphore.create(segment, 0);
            List<Virtual> waiters = asleep(() -> {
                semaphore.acquire();
                return true;
            });
            semaphore.release(WAITERS);
            waiters.forEach(Virtual::get);
            assertEquals(0, semaphore.availablePermits());
        }

        @Test
        void waitForAnEvent() {
            IpcEvent event = IpcEvent.create(segment);
            List<Virtual> waiters = asleep(() -> event.await(1, TimeUnit.DAYS));
            event.set();
            waiters.forEach(waiter -> assertTrue(waiter.get()));
        }

        @Test
        void waitForACondition() {
            IpcRLock lock = IpcRLock.create(segment);
            IpcCondition condition = lock.condition("c");
            List<Virtual> waiters = asleep(() -> lock.call(() -> condition.await(1, TimeUnit.DAYS)));
            // Some may have been asleep on the lock, on their way into the condition.
            Until.isTrue("all wait for the condition", () -> condition.waiters() == WAITERS);
            lock.run(condition::signalAll);
            waiters.forEach(waiter -> assertTrue(waiter.get()));
        }

        @Test
        void canBeInterruptedWhileTheyWait() {
            IpcSemaphore semaphore = IpcSemaphore.create(segment, 0);
            List<Virtual> waiters = asleep(() -> {
                try {
                    semaphore.acquire();
                    return false;
                } catch (InterruptedException e) {
                    return true;
                }
            });
            waiters.forEach(waiter -> waiter.thread().interrupt());
            waiters.forEach(waiter -> assertTrue(waiter.get()));
        }
    }
}
