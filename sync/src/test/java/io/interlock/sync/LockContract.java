package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Lock} does, the JDK's and ours. */
abstract class LockContract extends SegmentTest {

    /** A new lock. */
    abstract Lock newLock();

    /** Waits until the thread waits for the lock. */
    abstract void awaitWaiting(Lock lock, Thread thread);

    /** Whether another thread finds the lock free; leaves it as it was. */
    static boolean isFree(Lock lock) {
        return Async.run(() -> {
            boolean free = lock.tryLock();
            if (free) {
                lock.unlock();
            }
            return free;
        });
    }

    @Nested
    class LockOperation {

        @Test
        void excludesOtherThreads() {
            Lock lock = newLock();
            lock.lock();
            assertFalse(isFree(lock));
            lock.unlock();
            assertTrue(isFree(lock));
        }

        @Test
        void waitsUntilTheLockIsFree() {
            Lock lock = newLock();
            lock.lock();
            Async<Boolean> waiter = Async.of(() -> {
                lock.lock();
                lock.unlock();
                return true;
            });
            awaitWaiting(lock, waiter.thread());
            assertFalse(waiter.isDone());
            lock.unlock();
            assertTrue(waiter.get());
        }

        @Test
        void isNotEndedByAnInterruptAndKeepsTheStatus() {
            Lock lock = newLock();
            lock.lock();
            Async<Boolean> waiter = Async.of(() -> {
                lock.lock();
                lock.unlock();
                return Thread.currentThread().isInterrupted();
            });
            awaitWaiting(lock, waiter.thread());
            waiter.thread().interrupt();
            awaitWaiting(lock, waiter.thread());
            lock.unlock();
            assertTrue(waiter.get());
        }

        @Test
        void losesNoUpdateOfFourThreads() {
            Lock lock = newLock();
            int[] counter = new int[1];
            List<Async<Boolean>> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(Async.of(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        lock.lock();
                        counter[0]++;
                        lock.unlock();
                    }
                    return true;
                }));
            }
            threads.forEach(Async::get);
            assertEquals(20_000, counter[0]);
        }
    }

    @Nested
    class LockInterruptibly {

        @Test
        void acquiresAFreeLock() throws InterruptedException {
            Lock lock = newLock();
            lock.lockInterruptibly();
            assertFalse(isFree(lock));
            lock.unlock();
        }

        @Test
        void throwsIfInterruptedBefore() {
            Lock lock = newLock();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, lock::lockInterruptibly);
            assertFalse(Thread.interrupted());
            assertTrue(isFree(lock));
        }

        @Test
        void throwsIfInterruptedWhileWaitingAndHoldsNothingThen() {
            Lock lock = newLock();
            lock.lock();
            Async<Boolean> waiter = Async.of(() -> {
                lock.lockInterruptibly();
                return true;
            });
            awaitWaiting(lock, waiter.thread());
            waiter.thread().interrupt();
            assertInstanceOf(InterruptedException.class, waiter.failure());
            lock.unlock();
            assertTrue(isFree(lock));
        }
    }

    @Nested
    class TryLock {

        @Test
        void acquiresAFreeLock() {
            Lock lock = newLock();
            assertTrue(lock.tryLock());
            assertFalse(isFree(lock));
            lock.unlock();
        }

        @Test
        void returnsFalseWhileAnotherThreadHolds() {
            Lock lock = newLock();
            lock.lock();
            assertFalse(Async.<Boolean>run(lock::tryLock));
            lock.unlock();
        }

        @Test
        void doesNotCareAboutInterrupts() {
            Lock lock = newLock();
            Thread.currentThread().interrupt();
            assertTrue(lock.tryLock());
            assertTrue(Thread.interrupted());
            lock.unlock();
        }
    }

    @Nested
    class TryLockTimed {

        @Test
        void acquiresAFreeLock() throws InterruptedException {
            Lock lock = newLock();
            assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
            assertFalse(isFree(lock));
            lock.unlock();
        }

        @Test
        void returnsFalseWhenTheTimeIsOverAndNotBefore() {
            Lock lock = newLock();
            lock.lock();
            long start = System.nanoTime();
            assertFalse(Async.run(() -> lock.tryLock(60, TimeUnit.MILLISECONDS)));
            assertTrue(System.nanoTime() - start >= 60_000_000);
            lock.unlock();
            assertTrue(isFree(lock));
        }

        @Test
        void triesOnceIfThereIsNoTime() {
            Lock lock = newLock();
            lock.lock();
            assertFalse(Async.run(() -> lock.tryLock(0, TimeUnit.SECONDS)));
            assertFalse(Async.run(() -> lock.tryLock(-1, TimeUnit.DAYS)));
            assertFalse(Async.run(() -> lock.tryLock(Long.MIN_VALUE, TimeUnit.DAYS)));
            lock.unlock();
            assertTrue(Async.run(() -> {
                boolean got = lock.tryLock(-1, TimeUnit.DAYS);
                lock.unlock();
                return got;
            }));
        }

        @Test
        void acquiresWhenTheLockBecomesFreeInTime() {
            Lock lock = newLock();
            lock.lock();
            Async<Boolean> waiter = Async.of(() -> {
                boolean got = lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS);
                lock.unlock();
                return got;
            });
            awaitWaiting(lock, waiter.thread());
            lock.unlock();
            assertTrue(waiter.get());
        }

        @Test
        void throwsIfInterruptedBeforeEvenIfTheLockIsFree() {
            Lock lock = newLock();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> lock.tryLock(0, TimeUnit.SECONDS));
            assertFalse(Thread.interrupted());
            assertTrue(isFree(lock));
        }

        @Test
        void throwsIfInterruptedWhileWaitingAndHoldsNothingThen() {
            Lock lock = newLock();
            lock.lock();
            Async<Boolean> waiter = Async.of(() -> lock.tryLock(1, TimeUnit.DAYS));
            awaitWaiting(lock, waiter.thread());
            waiter.thread().interrupt();
            assertInstanceOf(InterruptedException.class, waiter.failure());
            lock.unlock();
            assertTrue(isFree(lock));
        }

        @Test
        void refusesANullUnit() {
            Lock lock = newLock();
            assertThrows(NullPointerException.class, () -> lock.tryLock(1, null));
            assertTrue(isFree(lock));
        }
    }

    @Nested
    class Unlock {

        @Test
        void ofAFreeLockThrows() {
            Lock lock = newLock();
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
            assertTrue(isFree(lock));
        }

        @Test
        void twiceThrowsAndLeavesTheLockFree() {
            Lock lock = newLock();
            lock.lock();
            lock.unlock();
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
            assertTrue(isFree(lock));
        }

        @Test
        void letsEveryWaiterThroughInTheEnd() {
            Lock lock = newLock();
            lock.lock();
            List<Async<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                waiters.add(Async.of(() -> {
                    lock.lock();
                    lock.unlock();
                    return true;
                }));
            }
            waiters.forEach(waiter -> awaitWaiting(lock, waiter.thread()));
            lock.unlock();
            waiters.forEach(Async::get);
            assertTrue(isFree(lock));
        }
    }
}
