package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What both locks of this module do beyond {@link java.util.concurrent.locks.Lock}. */
abstract class MutexContract extends SegmentTest {

    abstract IpcMutex create(Segment in);

    abstract IpcMutex create(Segment in, String name);

    abstract IpcMutex create(Segment in, String name, OwnerDeath policy);

    abstract IpcMutex open(Segment in, String name);

    abstract IpcMutex openOrCreate(Segment in, String name);

    abstract IpcMutex openOrCreate(Segment in, String name, OwnerDeath policy);

    @Nested
    class Creation {

        @Test
        void makesAFreeLockOfThatName() {
            IpcMutex lock = create(segment, "lock");
            assertEquals("lock", lock.name());
            assertFalse(lock.isLocked());
            assertFalse(lock.isHeldByCurrentThread());
            assertFalse(lock.previousOwnerDied());
            assertEquals(0, lock.ownerDeaths());
            assertTrue(lock.toString().contains("lock, free"), lock.toString());
        }

        @Test
        void ofANameThatIsTakenThrows() {
            create(segment, "lock");
            ObjectExistsException e = assertThrows(ObjectExistsException.class, () -> create(segment, "lock"));
            assertTrue(e.getMessage().contains("\"lock\""), e.getMessage());
        }

        @Test
        void withoutANameMakesANewOneEachTime() {
            IpcMutex one = create(segment);
            IpcMutex two = create(segment);
            assertNotEquals(one.id(), two.id());
            assertEquals("#" + one.id(), one.name());
            one.lock();
            assertTrue(two.tryLock());
            one.unlock();
            two.unlock();
        }

        @Test
        void refusesBadNames() {
            BadNames.areRefused(name -> create(segment, name));
            BadNames.areRefused(name -> open(segment, name));
            BadNames.areRefused(name -> openOrCreate(segment, name));
        }

        @Test
        void refusesANullPolicy() {
            assertThrows(NullPointerException.class, () -> create(segment, "lock", null));
        }
    }

    @Nested
    class Opening {

        @Test
        void findsTheSameLock() {
            IpcMutex lock = create(segment, "lock");
            lock.lock();
            assertTrue(open(segment, "lock").isLocked());
            assertTrue(openOrCreate(segment, "lock").isLocked());
            lock.unlock();
        }

        @Test
        void findsItThroughASecondHandleOfTheSegment() {
            IpcMutex lock = create(segment, "lock");
            lock.lock();
            try (Segment other = Segment.open(segment.path())) {
                assertTrue(open(other, "lock").isLocked());
                assertTrue(open(other, "lock").isHeldByCurrentThread());
            }
            lock.unlock();
        }

        @Test
        void byIdFindsALockOfEitherKind() {
            IpcMutex lock = create(segment);
            lock.lock();
            IpcMutex again = IpcMutex.open(segment, lock.id());
            assertSame(lock.getClass(), again.getClass());
            assertTrue(again.isLocked());
            lock.unlock();
        }

        @Test
        void ofAMissingOneThrows() {
            assertThrows(ObjectNotFoundException.class, () -> open(segment, "missing"));
            assertThrows(ObjectNotFoundException.class, () -> IpcMutex.open(segment, 1));
            assertThrows(ObjectNotFoundException.class, () -> IpcMutex.open(segment, 0));
            assertThrows(ObjectNotFoundException.class, () -> IpcMutex.open(segment, -1));
        }

        @Test
        void ofAnotherTypeThrowsAndNamesBoth() {
            IpcEvent event = IpcEvent.create(segment, "event");
            ObjectMismatchException e =
                    assertThrows(ObjectMismatchException.class, () -> open(segment, "event"));
            assertTrue(e.getMessage().contains("Event") && e.getMessage().contains("Lock"), e.getMessage());
            assertThrows(ObjectMismatchException.class, () -> openOrCreate(segment, "event"));
            assertThrows(ObjectMismatchException.class, () -> IpcMutex.open(segment, event.id()));
        }

        @Test
        void withAnotherPolicyThrows() {
            create(segment, "lock", OwnerDeath.REPAIR_REQUIRED);
            assertThrows(ObjectMismatchException.class, () -> openOrCreate(segment, "lock"));
            assertDoesNotThrow(() -> openOrCreate(segment, "lock", OwnerDeath.REPAIR_REQUIRED));
        }
    }

    @Nested
    class Run {

        @Test
        void runsTheActionUnderTheLock() {
            IpcMutex lock = create(segment);
            List<Boolean> held = new ArrayList<>();
            lock.run(() -> held.add(lock.isHeldByCurrentThread()));
            assertEquals(List.of(true), held);
            assertFalse(lock.isLocked());
        }

        @Test
        void freesTheLockIfTheActionThrows() {
            IpcMutex lock = create(segment);
            assertThrows(ArithmeticException.class, () -> lock.run(() -> {
                throw new ArithmeticException("the action's");
            }));
            assertFalse(lock.isLocked());
        }

        @Test
        void refusesNull() {
            IpcMutex lock = create(segment);
            assertThrows(NullPointerException.class, () -> lock.run(null));
            assertFalse(lock.isLocked());
        }
    }

    @Nested
    class Call {

        @Test
        void returnsWhatTheActionReturns() throws Exception {
            IpcMutex lock = create(segment);
            assertEquals(true, lock.call(lock::isHeldByCurrentThread));
            assertFalse(lock.isLocked());
        }

        @Test
        void freesTheLockIfTheActionThrows() {
            IpcMutex lock = create(segment);
            assertThrows(java.io.IOException.class, () -> lock.call(() -> {
                throw new java.io.IOException("the action's");
            }));
            assertFalse(lock.isLocked());
            assertThrows(NullPointerException.class, () -> lock.call(null));
            assertFalse(lock.isLocked());
        }
    }

    @Nested
    class Hold {

        @Test
        void endsWithTheBlock() {
            IpcMutex lock = create(segment, "lock");
            try (Held held = lock.hold()) {
                assertSame(lock, held.lock());
                assertTrue(lock.isHeldByCurrentThread());
                assertEquals(lock.token(), held.token());
                assertFalse(held.previousOwnerDied());
                assertTrue(held.toString().contains("lock, token"), held.toString());
            }
            assertFalse(lock.isLocked());
        }

        @Test
        void closedTwiceIsHarmless() {
            IpcMutex lock = create(segment);
            Held held = lock.hold();
            held.close();
            held.close();
            assertFalse(lock.isLocked());
            assertTrue(held.toString().contains("closed"), held.toString());
        }

        @Test
        void closedTwiceDoesNotReleaseALaterHold() {
            IpcMutex lock = create(segment);
            Held held = lock.hold();
            held.close();
            lock.lock();
            held.close();
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
        }

        @Test
        void isReboundByAnAwaitInsideTheBlock() throws InterruptedException {
            IpcMutex lock = create(segment);
            IpcCondition condition = lock.condition("c");
            try (Held held = lock.hold()) {
                long before = held.token();
                assertFalse(condition.await(1, TimeUnit.MILLISECONDS));
                assertTrue(held.token() > before);
                assertEquals(lock.token(), held.token());
            }
            assertFalse(lock.isLocked());
        }
    }

    @Nested
    class Token {

        @Test
        void growsWithEveryAcquisition() {
            IpcMutex lock = create(segment);
            long last = -1;
            for (int i = 0; i < 100; i++) {
                lock.lock();
                assertTrue(lock.token() > last);
                last = lock.token();
                lock.unlock();
            }
        }

        @Test
        void growsAcrossThreadsAndHandles() {
            IpcMutex lock = create(segment, "lock");
            try (Segment other = Segment.open(segment.path())) {
                IpcMutex second = open(other, "lock");
                List<Long> tokens = new ArrayList<>();
                List<Async<Boolean>> threads = new ArrayList<>();
                for (int t = 0; t < 4; t++) {
                    IpcMutex mine = t % 2 == 0 ? lock : second;
                    threads.add(Async.of(() -> {
                        for (int i = 0; i < 500; i++) {
                            mine.run(() -> tokens.add(mine.token()));
                        }
                        return true;
                    }));
                }
                threads.forEach(Async::get);
                assertEquals(2_000, tokens.size());
                for (int i = 1; i < tokens.size(); i++) {
                    assertTrue(tokens.get(i) > tokens.get(i - 1), tokens.get(i - 1) + " then " + tokens.get(i));
                }
            }
        }

        @Test
        void growsOverADeath() {
            IpcMutex lock = create(segment);
            lock.lock();
            long before = lock.token();
            lock.unlock();
            abandonByTheDead(lock);
            lock.lock();
            assertTrue(lock.token() > before);
            lock.unlock();
        }

        @Test
        void isForTheHolderOnly() {
            IpcMutex lock = create(segment);
            assertThrows(IllegalMonitorStateException.class, lock::token);
            lock.lock();
            assertInstanceOf(IllegalMonitorStateException.class, Async.of(lock::token).failure());
            lock.unlock();
        }
    }

    @Nested
    class IsHeldByCurrentThread {

        @Test
        void isTrueForTheHoldingThreadOnly() {
            IpcMutex lock = create(segment);
            lock.lock();
            assertTrue(lock.isHeldByCurrentThread());
            assertFalse(Async.run(lock::isHeldByCurrentThread));
            lock.unlock();
            assertFalse(lock.isHeldByCurrentThread());
        }
    }

    @Nested
    class NewCondition {

        @Test
        void saysWhatToCallInstead() {
            IpcMutex lock = create(segment);
            UnsupportedOperationException e = assertThrows(UnsupportedOperationException.class, lock::newCondition);
            assertTrue(e.getMessage().contains("condition(\"a-name\")"), e.getMessage());
        }
    }

    @Nested
    class ConditionByName {

        @Test
        void isTheSameForTheSameNameAndAnotherForAnother() {
            IpcMutex lock = create(segment, "lock");
            int objects = segment.stats().objects();
            lock.condition("a");
            lock.condition("a");
            assertEquals(objects + 1, segment.stats().objects());
            lock.condition("b");
            create(segment, "other").condition("a");
            assertEquals(objects + 4, segment.stats().objects());
        }

        @Test
        void refusesBadNames() {
            IpcMutex lock = create(segment, "lock");
            BadNames.areRefused(lock::condition);
        }
    }

    @Nested
    class OwnerDeathToldOnce {

        @Test
        void isToldToTheNextOwnerAndEndsWithItsUnlock() {
            IpcMutex lock = create(segment);
            abandonByTheDead(lock);
            lock.lock();
            assertTrue(lock.previousOwnerDied());
            assertEquals(1, lock.ownerDeaths());
            lock.unlock();
            lock.lock();
            assertFalse(lock.previousOwnerDied());
            lock.unlock();
            assertEquals(1, lock.ownerDeaths());
        }

        @Test
        void isCountedAsARecoveryOfTheSegment() {
            IpcMutex lock = create(segment);
            long before = segment.stats().recoveries();
            abandonByTheDead(lock);
            lock.lock();
            lock.unlock();
            assertEquals(before + 1, segment.stats().recoveries());
        }

        @Test
        void isFoundByEveryWayToAcquire() throws InterruptedException {
            IpcMutex lock = create(segment);
            abandonByTheDead(lock);
            assertTrue(lock.tryLock());
            assertTrue(lock.previousOwnerDied());
            lock.unlock();
            abandonByTheDead(lock);
            assertTrue(lock.tryLock(0, TimeUnit.SECONDS));
            assertTrue(lock.previousOwnerDied());
            lock.unlock();
            abandonByTheDead(lock);
            assertTrue(lock.tryLock(1, TimeUnit.DAYS));
            assertTrue(lock.previousOwnerDied());
            lock.unlock();
            abandonByTheDead(lock);
            lock.lockInterruptibly();
            assertTrue(lock.previousOwnerDied());
            lock.unlock();
            abandonByTheDead(lock);
            try (Held held = lock.hold()) {
                assertTrue(held.previousOwnerDied());
            }
            assertEquals(5, lock.ownerDeaths());
        }

        @Test
        void isToldAgainAfterAnAwaitOnlyIfThereWasAnother() throws InterruptedException {
            IpcMutex lock = create(segment);
            IpcCondition condition = lock.condition("c");
            abandonByTheDead(lock);
            lock.lock();
            assertFalse(condition.await(1, TimeUnit.MILLISECONDS));
            assertFalse(lock.previousOwnerDied());
            lock.unlock();
        }
    }

    @Nested
    class RepairRequired {

        @Test
        void isToldToEveryNextOwnerUntilMarkedConsistent() {
            IpcMutex lock = create(segment, "lock", OwnerDeath.REPAIR_REQUIRED);
            abandonByTheDead(lock);
            for (int i = 0; i < 3; i++) {
                lock.lock();
                assertTrue(lock.previousOwnerDied());
                lock.unlock();
            }
            lock.lock();
            lock.markConsistent();
            assertFalse(lock.previousOwnerDied());
            lock.unlock();
            lock.lock();
            assertFalse(lock.previousOwnerDied());
            lock.unlock();
            assertEquals(1, lock.ownerDeaths());
        }

        @Test
        void isRepairedByAHookThatReturns() {
            IpcMutex lock = create(segment, "lock", OwnerDeath.REPAIR_REQUIRED);
            AtomicInteger runs = new AtomicInteger();
            lock.onOwnerDeath(runs::incrementAndGet);
            abandonByTheDead(lock);
            lock.lock();
            assertFalse(lock.previousOwnerDied());
            lock.unlock();
            lock.lock();
            lock.unlock();
            assertEquals(1, runs.get());
        }
    }

    @Nested
    class MarkConsistent {

        @Test
        void isForTheHolderOnly() {
            IpcMutex lock = create(segment);
            assertThrows(IllegalMonitorStateException.class, lock::markConsistent);
        }
    }

    @Nested
    class OnOwnerDeath {

        @Test
        void runsUnderTheLockBeforeLockReturns() {
            IpcMutex lock = create(segment);
            List<Boolean> seen = new ArrayList<>();
            lock.onOwnerDeath(() -> seen.add(lock.isHeldByCurrentThread() && lock.previousOwnerDied()));
            abandonByTheDead(lock);
            lock.lock();
            assertEquals(List.of(true), seen);
            lock.unlock();
        }

        @Test
        void runsAgainIfItThrowsAndTheLockIsFreeInBetween() {
            IpcMutex lock = create(segment);
            AtomicInteger runs = new AtomicInteger();
            lock.onOwnerDeath(() -> {
                if (runs.incrementAndGet() == 1) {
                    throw new ArithmeticException("the hook's");
                }
            });
            abandonByTheDead(lock);
            assertThrows(ArithmeticException.class, lock::lock);
            assertFalse(lock.isLocked());
            assertFalse(lock.isHeldByCurrentThread());
            lock.lock();
            assertEquals(2, runs.get());
            lock.unlock();
            lock.lock();
            lock.unlock();
            assertEquals(2, runs.get());
        }

        @Test
        void runsAfterTryLockToo() {
            IpcMutex lock = create(segment);
            AtomicInteger runs = new AtomicInteger();
            lock.onOwnerDeath(runs::incrementAndGet);
            abandonByTheDead(lock);
            assertTrue(lock.tryLock());
            lock.unlock();
            assertEquals(1, runs.get());
        }

        @Test
        void doesNotRunWithoutADeath() {
            IpcMutex lock = create(segment);
            AtomicInteger runs = new AtomicInteger();
            lock.onOwnerDeath(runs::incrementAndGet);
            lock.run(() -> {
            });
            assertEquals(0, runs.get());
        }

        @Test
        void canBeTakenBack() {
            IpcMutex lock = create(segment);
            AtomicInteger runs = new AtomicInteger();
            lock.onOwnerDeath(runs::incrementAndGet);
            lock.onOwnerDeath(null);
            abandonByTheDead(lock);
            lock.lock();
            assertTrue(lock.previousOwnerDied());
            lock.unlock();
            assertEquals(0, runs.get());
        }
    }

    @Nested
    class Death {

        @Test
        void isFoundByAThreadThatWaitedAlready() {
            IpcMutex lock = create(segment);
            lock.lock();
            Async<Boolean> waiter = Async.of(() -> {
                lock.lock();
                boolean died = lock.previousOwnerDied();
                lock.unlock();
                return died;
            });
            awaitAsleep(waiter.thread());
            abandonByTheDead(lock);
            assertTrue(waiter.get());
        }
    }

    /** The hook has let go of locks itself when it throws. */
    @Nested
    class AHookThatUnlocksAndThrows {

        private int depth() {
            return segment.context().self.current().depth();
        }

        @Test
        void itsOwnLockLeavesThatToItsNewHolder() throws InterruptedException {
            IpcMutex outer = create(segment);
            IpcMutex lock = create(segment);
            CountDownLatch end = new CountDownLatch(1);
            List<Async<Boolean>> stranger = new ArrayList<>();
            lock.onOwnerDeath(() -> {
                lock.unlock();
                stranger.add(holder(lock, end));
                throw new ArithmeticException("the hook's");
            });
            abandonByTheDead(lock);
            outer.lock();
            assertThrows(ArithmeticException.class, lock::lock);
            assertFalse(lock.isHeldByCurrentThread());
            assertTrue(lock.isLocked(), "the stranger's hold was released");
            assertTrue(outer.isHeldByCurrentThread());
            assertEquals(1, depth());
            outer.unlock();
            assertFalse(outer.isLocked());
            end.countDown();
            assertTrue(stranger.get(0).get());
            assertFalse(lock.isLocked());
        }

        /** A thread that holds the lock until told. */
        private Async<Boolean> holder(IpcMutex lock, CountDownLatch end) {
            CountDownLatch holds = new CountDownLatch(1);
            Async<Boolean> holder = Async.of(() -> {
                lock.lock();
                holds.countDown();
                end.await();
                boolean held = lock.isHeldByCurrentThread();
                lock.unlock();
                return held;
            });
            Until.isTrue("holds", () -> holds.getCount() == 0);
            return holder;
        }

        @Test
        void anotherLockAndLocksAThirdReleasesItsOwnOnly() {
            IpcMutex other = create(segment);
            IpcMutex third = create(segment);
            IpcMutex lock = create(segment);
            lock.onOwnerDeath(() -> {
                other.unlock();
                third.lock();
                throw new ArithmeticException("the hook's");
            });
            abandonByTheDead(lock);
            other.lock();
            assertThrows(ArithmeticException.class, lock::lock);
            assertFalse(lock.isLocked());
            assertFalse(other.isLocked());
            assertTrue(third.isHeldByCurrentThread());
            assertEquals(1, depth());
            third.unlock();
            assertFalse(third.isLocked());
            assertEquals(0, depth());
            lock.onOwnerDeath(null);
            lock.lock();
            assertTrue(lock.previousOwnerDied());
            lock.unlock();
        }
    }
}
