package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.testing.TrapMem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a condition does on either lock. */
abstract class ConditionContract extends SegmentTest {

    IpcMutex lock;
    IpcCondition condition;

    abstract IpcMutex newLock(Segment in, String name);

    /** A lock that stays inconsistent until somebody repairs. */
    abstract IpcMutex newRepairableLock(Segment in, String name);

    @BeforeEach
    final void createCondition() {
        lock = newLock(segment, "lock");
        condition = lock.condition("c");
    }

    /** Lets a thread wait as the newest; it adds its number to {@code woken} once it is through. */
    final Async<Boolean> waiter(int number, List<Integer> woken) {
        int before = condition.waiters();
        Async<Boolean> waiter = Async.of(() -> {
            lock.lock();
            try {
                condition.await();
                woken.add(number);
                return true;
            } finally {
                lock.unlock();
            }
        });
        Until.isTrue("waits", () -> condition.waiters() == before + 1);
        return waiter;
    }

    private void signal(int count) {
        lock.run(() -> condition.signal(count));
    }

    @Nested
    class Signal {

        @Test
        void wakesExactlyAsManyAsAskedForOldestFirst() {
            List<Integer> woken = Collections.synchronizedList(new ArrayList<>());
            List<Async<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                waiters.add(waiter(i, woken));
            }
            signal(1);
            waiters.get(0).get();
            assertEquals(List.of(0), woken);
            signal(2);
            waiters.get(1).get();
            waiters.get(2).get();
            assertEquals(3, condition.waiters());
            assertEquals(3, woken.size());
            signal(99);
            waiters.forEach(Async::get);
            assertEquals(6, woken.size());
            assertEquals(0, condition.waiters());
        }

        @Test
        void withoutANumberWakesTheOldest() {
            List<Integer> woken = Collections.synchronizedList(new ArrayList<>());
            Async<Boolean> first = waiter(0, woken);
            Async<Boolean> second = waiter(1, woken);
            lock.run(condition::signal);
            assertTrue(first.get());
            assertFalse(second.isDone());
            lock.run(condition::signal);
            assertTrue(second.get());
        }

        @Test
        void isNotRememberedForThoseWhoComeLater() throws InterruptedException {
            signal(3);
            lock.lock();
            assertFalse(condition.await(10, TimeUnit.MILLISECONDS));
            lock.unlock();
        }

        @Test
        void ofNobodyWakesNobody() {
            Async<Boolean> waiter = waiter(0, new ArrayList<>());
            signal(0);
            assertEquals(1, condition.waiters());
            signal(1);
            assertTrue(waiter.get());
        }

        @Test
        void refusesANegativeNumber() {
            lock.lock();
            assertThrows(IllegalArgumentException.class, () -> condition.signal(-1));
            lock.unlock();
        }

        @Test
        void toAllWakesAll() {
            List<Async<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiters.add(waiter(i, Collections.synchronizedList(new ArrayList<>())));
            }
            lock.run(condition::signalAll);
            waiters.forEach(Async::get);
            assertEquals(0, condition.waiters());
        }

        @Test
        void reachesWaitersOfAnotherHandle() {
            try (Segment other = Segment.open(segment.path())) {
                Async<Boolean> waiter = waiter(0, new ArrayList<>());
                IpcMutex second = IpcMutex.open(other, lock.id());
                second.run(second.condition("c")::signal);
                assertTrue(waiter.get());
            }
        }

        @Test
        void beatsATimeout() {
            Async<Boolean> waiter = Async.of(() -> lock.call(() -> condition.await(80, TimeUnit.MILLISECONDS)));
            lockWhileWaiting();
            long over = System.nanoTime() + 100_000_000;
            condition.signal();
            Until.passed(over);
            lock.unlock();
            assertTrue(waiter.get());
        }

        @Test
        void beatsAnInterruptWhichIsKept() {
            Async<Boolean> waiter = Async.of(() -> lock.call(() -> {
                condition.await();
                return Thread.interrupted();
            }));
            lockWhileWaiting();
            condition.signal();
            waiter.thread().interrupt();
            lock.unlock();
            assertTrue(waiter.get());
        }

        private void lockWhileWaiting() {
            Until.isTrue("waits", () -> condition.waiters() == 1);
            lock.lock();
            assertEquals(1, condition.waiters(), "the waiter was too late for this test");
        }
    }

    @Nested
    class WithoutTheLock {

        @Test
        void everythingThrows() {
            for (Executable operation : List.<Executable>of(condition::await, condition::awaitUninterruptibly,
                    () -> condition.await(1, TimeUnit.DAYS), () -> condition.awaitNanos(1),
                    () -> condition.awaitUntil(new Date(0)), () -> condition.waitFor(() -> true),
                    () -> condition.waitFor(() -> true, 1, TimeUnit.DAYS), condition::signal,
                    () -> condition.signal(2), condition::signalAll)) {
                assertThrows(IllegalMonitorStateException.class, operation);
            }
            assertEquals(0, condition.waiters());
        }

        @Test
        void throwsAlsoWhileAnotherThreadHoldsIt() {
            lock.lock();
            assertInstanceOf(IllegalMonitorStateException.class, Async.of(() -> {
                condition.signal();
                return true;
            }).failure());
            assertInstanceOf(IllegalMonitorStateException.class, Async.of(() -> {
                condition.await();
                return true;
            }).failure());
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
        }
    }

    @Nested
    class Await {

        @Test
        void freesTheLockAndTakesItBack() {
            Async<Boolean> waiter = Async.of(() -> lock.call(() -> {
                condition.await();
                return lock.isHeldByCurrentThread();
            }));
            Until.isTrue("waits", () -> condition.waiters() == 1);
            assertTrue(lock.tryLock() || waiting());
            condition.signalAll();
            lock.unlock();
            assertTrue(waiter.get());
            assertFalse(lock.isLocked());
        }

        /** The cell is taken a moment before the lock is free. */
        private boolean waiting() {
            lock.lock();
            return true;
        }

        @Test
        void returnsFalseWhenTheTimeIsOverWithTheLockHeld() throws InterruptedException {
            lock.lock();
            long start = System.nanoTime();
            assertFalse(condition.await(50, TimeUnit.MILLISECONDS));
            assertTrue(System.nanoTime() - start >= 50_000_000);
            assertTrue(lock.isHeldByCurrentThread());
            assertFalse(condition.await(0, TimeUnit.SECONDS));
            assertFalse(condition.await(-1, TimeUnit.DAYS));
            assertFalse(condition.await(Long.MIN_VALUE, TimeUnit.DAYS));
            assertTrue(lock.isHeldByCurrentThread());
            assertEquals(0, condition.waiters());
            lock.unlock();
        }

        @Test
        void takesTheLockBackHoweverLongThatTakes() {
            Async<Boolean> waiter = Async.of(() -> lock.call(() -> condition.await(1, TimeUnit.MILLISECONDS)));
            Until.isTrue("waits", () -> condition.waiters() == 1 || waiter.isDone());
            lock.lock();
            boolean inTime = !waiter.isDone();
            Until.passed(System.nanoTime() + 20_000_000);
            assertTrue(!inTime || !waiter.isDone());
            lock.unlock();
            assertFalse(waiter.get());
        }

        @Test
        void nanosReturnsWhatIsLeft() throws InterruptedException {
            lock.lock();
            assertTrue(condition.awaitNanos(1_000_000) <= 0);
            assertTrue(condition.awaitNanos(0) <= 0);
            assertTrue(condition.awaitNanos(Long.MIN_VALUE) <= 0);
            lock.unlock();
            long day = TimeUnit.DAYS.toNanos(1);
            Async<Long> waiter = Async.of(() -> lock.call(() -> condition.awaitNanos(day)));
            Until.isTrue("waits", () -> condition.waiters() == 1);
            signal(1);
            long left = waiter.get();
            assertTrue(left > 0 && left < day, "left " + left);
        }

        @Test
        void untilReturnsFalseOnceTheMomentHasCome() throws InterruptedException {
            lock.lock();
            assertFalse(condition.awaitUntil(new Date(0)));
            assertFalse(condition.awaitUntil(new Date(Long.MIN_VALUE)));
            Date soon = new Date(System.currentTimeMillis() + 30);
            assertFalse(condition.awaitUntil(soon));
            assertTrue(System.currentTimeMillis() >= soon.getTime() - 1);
            lock.unlock();
        }

        @Test
        void untilReturnsTrueIfSignalled() {
            Async<Boolean> waiter = Async.of(
                    () -> lock.call(() -> condition.awaitUntil(new Date(System.currentTimeMillis() + 86_400_000))));
            Until.isTrue("waits", () -> condition.waiters() == 1);
            signal(1);
            assertTrue(waiter.get());
            Async<Boolean> eternal = Async.of(() -> lock.call(() -> condition.awaitUntil(new Date(Long.MAX_VALUE))));
            Until.isTrue("waits", () -> condition.waiters() == 1);
            signal(1);
            assertTrue(eternal.get());
        }

        @Test
        void interruptedBeforeThrowsAndKeepsTheLock() {
            lock.lock();
            long token = lock.token();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, condition::await);
            assertFalse(Thread.interrupted());
            assertEquals(token, lock.token());
            assertEquals(0, condition.waiters());
            lock.unlock();
        }

        @Test
        void forA257thWaiterThrowsAndKeepsTheLock() {
            List<Async<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 256; i++) {
                waiters.add(Async.of(() -> {
                    lock.lock();
                    condition.await();
                    lock.unlock();
                    return true;
                }));
            }
            Until.isTrue("256 wait", () -> condition.waiters() == 256);
            lock.lock();
            IllegalStateException e = assertThrows(IllegalStateException.class, condition::await);
            assertTrue(e.getMessage().contains("as many waiters"), e.getMessage());
            assertTrue(lock.isHeldByCurrentThread());
            condition.signalAll();
            lock.unlock();
            waiters.forEach(Async::get);
            assertEquals(0, condition.waiters());
        }
    }

    @Nested
    class WaitFor {

        @Test
        void returnsAtOnceIfThePredicateIsTrue() throws InterruptedException {
            lock.lock();
            condition.waitFor(() -> true);
            assertTrue(condition.waitFor(() -> true, 0, TimeUnit.SECONDS));
            assertTrue(condition.waitFor(() -> true, -1, TimeUnit.SECONDS));
            lock.unlock();
        }

        @Test
        void evaluatesThePredicateUnderTheLockAfterEachSignal() {
            AtomicInteger evaluated = new AtomicInteger();
            AtomicInteger value = new AtomicInteger();
            Async<Boolean> waiter = Async.of(() -> lock.call(() -> {
                condition.waitFor(() -> {
                    assertTrue(lock.isHeldByCurrentThread());
                    evaluated.incrementAndGet();
                    return value.get() == 2;
                });
                return true;
            }));
            for (int i = 1; i <= 2; i++) {
                int seen = i;
                Until.isTrue("waits", () -> condition.waiters() == 1 && evaluated.get() == seen);
                lock.run(() -> {
                    value.incrementAndGet();
                    condition.signal();
                });
            }
            assertTrue(waiter.get());
            assertEquals(3, evaluated.get());
        }

        @Test
        void hasItsTimeoutInTotalHoweverOftenItIsSignalled() {
            long start = System.nanoTime();
            Async<Boolean> waiter =
                    Async.of(() -> lock.call(() -> condition.waitFor(() -> false, 100, TimeUnit.MILLISECONDS)));
            while (!waiter.isDone()) {
                signal(1);
                Until.passed(System.nanoTime() + 1_000_000);
            }
            assertFalse(waiter.get());
            assertTrue(System.nanoTime() - start >= 100_000_000);
            assertEquals(0, condition.waiters());
        }

        @Test
        void evaluatesAtLeastOnceAndReturnsTheLastValue() throws InterruptedException {
            lock.lock();
            AtomicInteger evaluated = new AtomicInteger();
            assertFalse(condition.waitFor(() -> evaluated.incrementAndGet() < 0, 0, TimeUnit.SECONDS));
            assertTrue(evaluated.get() >= 1);
            assertTrue(condition.waitFor(() -> evaluated.incrementAndGet() > 2, 5, TimeUnit.MILLISECONDS));
            lock.unlock();
        }

        @Test
        void refusesNull() {
            lock.lock();
            assertThrows(NullPointerException.class, () -> condition.waitFor(null));
            assertThrows(NullPointerException.class, () -> condition.waitFor(null, 1, TimeUnit.DAYS));
            lock.unlock();
        }

        @Test
        void passesOnWhatThePredicateThrowsWithTheLockHeld() {
            lock.lock();
            assertThrows(ArithmeticException.class, () -> condition.waitFor(() -> {
                throw new ArithmeticException("the predicate's");
            }));
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
        }
    }

    @Nested
    class Death {

        @Test
        void ofAnOwnerLetsTheWaitersReturn() {
            Async<Boolean> waiter = Async.of(() -> lock.call(() -> {
                condition.await();
                return lock.previousOwnerDied();
            }));
            Until.isTrue("waits", () -> condition.waiters() == 1);
            lock.lock();
            lock.unlock();
            abandonByTheDead(lock);
            assertTrue(waiter.get());
        }
    }

    @Nested
    class PingPong {

        @Test
        void losesNoSignal() {
            IpcCondition pong = lock.condition("pong");
            AtomicInteger turn = new AtomicInteger();
            List<Async<Boolean>> threads = new ArrayList<>();
            for (int me = 0; me < 2; me++) {
                int mine = me;
                threads.add(Async.of(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        lock.lock();
                        (mine == 0 ? condition : pong).waitFor(() -> turn.get() == mine);
                        turn.set(1 - mine);
                        (mine == 0 ? pong : condition).signal();
                        lock.unlock();
                    }
                    return true;
                }));
            }
            threads.forEach(Async::get);
            assertEquals(0, turn.get());
        }
    }

    @Nested
    class Description {

        @Test
        void namesTheLockAndTheWaiters() {
            assertSame(lock, condition.lock());
            assertNotNull(condition.toString());
            assertTrue(condition.toString().contains("lock/c"), condition.toString());
            assertTrue(condition.toString().contains("waiters=0"), condition.toString());
        }
    }

    @Nested
    class AFailingReacquisition {

        private Async<Boolean> failing;
        private Async<Boolean> next;

        /** The older waiter waits through this lock, the next one through the test's own. */
        private void twoWait(IpcMutex of) {
            failing = Async.of(() -> {
                try (Held held = of.hold()) {
                    assertTrue(held.token() > 0);
                    return of.condition("c").await(1, TimeUnit.DAYS);
                }
            });
            Until.isTrue("waits", () -> condition.waiters() == 1);
            next = waiter(1, new ArrayList<>());
        }

        @Test
        void becauseTheHookThrowsPassesTheSignalOn() {
            lock = newRepairableLock(segment, "repairable");
            condition = lock.condition("c");
            abandonByTheDead(lock);
            lock.run(() -> {
            });
            IpcMutex hooked = IpcMutex.open(segment, lock.id());
            twoWait(hooked);
            hooked.onOwnerDeath(() -> {
                throw new ArithmeticException("the hook's");
            });
            signal(1);
            assertInstanceOf(ArithmeticException.class, failing.failure());
            assertTrue(next.get());
            assertEquals(0, condition.waiters());
            assertFalse(lock.isLocked());
        }

        @Test
        void becauseTheHandleWasClosedPassesTheSignalOn() {
            Segment other = Segment.open(segment.path());
            twoWait(IpcMutex.open(other, lock.id()));
            lock.lock();
            condition.signal();
            awaitAsleep(failing.thread());
            other.close();
            assertInstanceOf(SegmentClosedException.class, failing.failure());
            lock.unlock();
            assertTrue(next.get());
            assertEquals(0, condition.waiters());
            assertFalse(lock.isLocked());
        }
    }

    @Nested
    class AHandleClosedAtTheStartOfAnAwait {

        @Test
        void leaksNoCellAndKeepsTheLock() {
            Context other = segment.context();
            TrapMem trap = new TrapMem(other.mem);
            Context handle = new Context(trap, other.futex, other.liveness, other.clock, other.self, other.participant);
            SharedBlock block = segment.directory().openOrCreate(ConditionLayout.request("c").partOf(lock.id()));
            IpcCondition closing = new IpcCondition(lock, TrapSelf.seenBy(handle, block));
            lock.lock();
            trap.beforeCasOf(block.offset() + ConditionLayout.TABLE_OFFSET + WaiterTableLayout.CELLS_OFFSET,
                    handle::close);
            assertThrows(SegmentClosedException.class, closing::await);
            assertEquals(0, condition.waiters());
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
        }
    }
}
