package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.inspect.SegmentInspector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcRLockTest extends MutexContract {

    @Override
    IpcRLock create(Segment in) {
        return IpcRLock.create(in);
    }

    @Override
    IpcRLock create(Segment in, String name) {
        return IpcRLock.create(in, name);
    }

    @Override
    IpcRLock create(Segment in, String name, OwnerDeath policy) {
        return IpcRLock.create(in, name, policy);
    }

    @Override
    IpcRLock open(Segment in, String name) {
        return IpcRLock.open(in, name);
    }

    @Override
    IpcRLock openOrCreate(Segment in, String name) {
        return IpcRLock.openOrCreate(in, name);
    }

    @Override
    IpcRLock openOrCreate(Segment in, String name, OwnerDeath policy) {
        return IpcRLock.openOrCreate(in, name, policy);
    }

    @Nested
    class Reentry {

        @Test
        void countsOneTwoOneZero() {
            IpcRLock lock = create(segment);
            assertEquals(0, lock.getHoldCount());
            lock.lock();
            assertEquals(1, lock.getHoldCount());
            lock.lock();
            assertEquals(2, lock.getHoldCount());
            lock.unlock();
            assertEquals(1, lock.getHoldCount());
            assertTrue(lock.isLocked());
            lock.unlock();
            assertEquals(0, lock.getHoldCount());
            assertFalse(lock.isLocked());
        }

        @Test
        void isPossibleInEveryWay() throws InterruptedException {
            IpcRLock lock = create(segment);
            lock.lock();
            lock.lockInterruptibly();
            assertTrue(lock.tryLock());
            assertTrue(lock.tryLock(0, TimeUnit.SECONDS));
            assertTrue(lock.tryLock(1, TimeUnit.DAYS));
            try (Held held = lock.hold()) {
                assertEquals(6, lock.getHoldCount());
            }
            for (int count = 5; count > 0; count--) {
                assertEquals(count, lock.getHoldCount());
                lock.unlock();
            }
            assertFalse(lock.isLocked());
        }

        @Test
        void isPossibleThroughASecondHandle() {
            IpcRLock lock = create(segment, "lock");
            try (Segment other = Segment.open(segment.path())) {
                IpcRLock second = open(other, "lock");
                lock.lock();
                assertTrue(second.tryLock());
                assertEquals(2, lock.getHoldCount());
                lock.unlock();
                assertEquals(1, second.getHoldCount());
                second.unlock();
                assertFalse(lock.isLocked());
            }
        }

        @Test
        void keepsTheToken() {
            IpcRLock lock = create(segment);
            lock.lock();
            long token = lock.token();
            lock.lock();
            assertEquals(token, lock.token());
            lock.unlock();
            assertEquals(token, lock.token());
            lock.unlock();
        }

        @Test
        void isForTheOwnerOnly() {
            IpcRLock lock = create(segment);
            lock.lock();
            assertFalse(Async.<Boolean>run(lock::tryLock));
            assertEquals(0, Async.run(lock::getHoldCount));
            assertEquals(1, lock.getHoldCount());
            lock.unlock();
        }

        @Test
        void pastTheLargestNumberThrowsAndChangesNothing() {
            IpcRLock lock = create(segment);
            lock.lock();
            int recursion = lock.robust.block() + RobustLockLayout.RECURSION_OFFSET;
            segment.context().mem.putInt(recursion, Integer.MAX_VALUE - 1);
            lock.lock();
            assertThrows(IllegalStateException.class, lock::lock);
            assertThrows(IllegalStateException.class, lock::tryLock);
            assertThrows(IllegalStateException.class, lock::lockInterruptibly);
            assertThrows(IllegalStateException.class, () -> lock.tryLock(1, TimeUnit.DAYS));
            assertEquals(Integer.MAX_VALUE, lock.getHoldCount());
            segment.context().mem.putInt(recursion, 1);
            lock.unlock();
            assertFalse(lock.isLocked());
        }

        @Test
        void startsAtOneAgainAfterADeath() {
            IpcRLock lock = create(segment);
            lock.lock();
            lock.lock();
            abandonByTheDead(lock);
            Async.run(() -> {
                lock.lock();
                assertEquals(1, lock.getHoldCount());
                lock.unlock();
                return true;
            });
        }
    }

    @Nested
    class UnlockByAnother {

        @Test
        void threadIsRefusedAndChangesNothing() {
            IpcRLock lock = create(segment);
            lock.lock();
            assertInstanceOf(IllegalMonitorStateException.class, Async.of(() -> {
                lock.unlock();
                return true;
            }).failure());
            assertEquals(1, lock.getHoldCount());
            lock.unlock();
        }

        @Test
        void threadCannotCloseAHold() {
            IpcRLock lock = create(segment);
            Held held = lock.hold();
            assertInstanceOf(IllegalMonitorStateException.class, Async.of(() -> {
                held.close();
                return true;
            }).failure());
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
        }

        @Test
        void threadCannotCloseAHoldButItsOwnerStillCan() {
            IpcRLock lock = create(segment);
            Held held = lock.hold();
            Async.of(() -> {
                held.close();
                return true;
            }).failure();
            held.close();
            assertFalse(lock.isLocked());
        }
    }

    @Nested
    class UnlockWithoutAHold {

        @Test
        void ofAFreeLockThrowsAndChangesNothing() {
            IpcRLock lock = create(segment);
            lock.lock();
            lock.unlock();
            assertThrowsAndChangesNothing(lock);
            assertFalse(lock.isLocked());
        }

        @Test
        void ofALockOfAnotherThreadThrowsAndChangesNothing() throws InterruptedException {
            IpcRLock lock = create(segment);
            CountDownLatch holds = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Async<Integer> owner = Async.of(() -> {
                lock.lock();
                lock.lock();
                holds.countDown();
                end.await();
                int count = lock.getHoldCount();
                lock.unlock();
                lock.unlock();
                return count;
            });
            holds.await();
            assertThrowsAndChangesNothing(lock);
            end.countDown();
            assertEquals(2, owner.get());
            assertFalse(lock.isLocked());
        }

        @Test
        void byWhoHeldItBeforeThrowsAndChangesNothing() throws InterruptedException {
            IpcRLock lock = create(segment);
            IpcRLock another = create(segment);
            lock.lock();
            another.lock();
            lock.unlock();
            assertThrowsAndChangesNothing(lock);
            assertTrue(another.isHeldByCurrentThread());
            another.unlock();
        }

        private void assertThrowsAndChangesNothing(IpcRLock lock) {
            List<Long> before = words(lock);
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
            assertEquals(before, words(lock));
        }

        private List<Long> words(IpcRLock lock) {
            List<Long> words = new ArrayList<>();
            for (int offset = 0; offset < RobustLockLayout.USED_BYTES; offset += 8) {
                words.add(segment.context().mem.getLongVolatile(lock.robust.block() + offset));
            }
            return words;
        }
    }

    @Nested
    class CloseBetweenLockAndUnlock {

        @Test
        void makesUnlockThrowAndTheLockStaysHeld() {
            IpcRLock lock = create(segment, "lock");
            Segment other = Segment.open(segment.path());
            IpcRLock closed = open(other, "lock");
            closed.lock();
            closed.lock();
            other.close();
            assertThrows(SegmentClosedException.class, closed::unlock);
            assertThrows(SegmentClosedException.class, closed::lock);
            assertEquals(2, lock.getHoldCount());
            lock.unlock();
            lock.unlock();
            assertFalse(lock.isLocked());
        }

        @Test
        void ofTheLastHandleMakesUnlockThrow() {
            IpcRLock lock = create(segment);
            lock.lock();
            segment.close();
            assertThrows(SegmentClosedException.class, lock::unlock);
            assertThrows(SegmentClosedException.class, lock::unlock, "and again");
        }
    }

    @Nested
    class Inspection {

        @Test
        void showsTheTokenOfTheNewestHold() {
            IpcRLock lock = create(segment);
            lock.lock();
            lock.unlock();
            lock.lock();
            assertEquals(lock.token(), SegmentInspector.inspect(segment.path()).objects().get(lock.id() - 1).state()
                    .get("token"));
            lock.unlock();
        }
    }

    @Nested
    class EndOfThread {

        @Test
        void freesTheLockAndTheNextOwnerIsTold() {
            IpcRLock lock = create(segment);
            Async.run(() -> {
                lock.lock();
                lock.lock();
                return true;
            });
            lock.lock();
            assertTrue(lock.previousOwnerDied());
            assertEquals(1, lock.ownerDeaths());
            assertEquals(1, lock.getHoldCount());
            lock.unlock();
            lock.lock();
            assertFalse(lock.previousOwnerDied());
            lock.unlock();
        }

        @Test
        void freesSeveralLocksAndNotThoseOfTheLiving() throws InterruptedException {
            IpcRLock one = create(segment);
            IpcRLock two = create(segment);
            IpcRLock living = create(segment);
            CountDownLatch holds = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Async<Boolean> owner = Async.of(() -> {
                living.lock();
                holds.countDown();
                end.await();
                living.unlock();
                return true;
            });
            holds.await();
            Async.run(() -> {
                one.lock();
                two.lock();
                return true;
            });
            one.lock();
            two.lock();
            assertTrue(one.previousOwnerDied() && two.previousOwnerDied());
            assertFalse(living.tryLock());
            end.countDown();
            assertTrue(owner.get());
            one.unlock();
            two.unlock();
        }
    }

    @Nested
    class PartOf {

        @Test
        void isTheSameForTheSameOwnerAndName() {
            IpcEvent one = IpcEvent.create(segment);
            IpcEvent two = IpcEvent.create(segment);
            IpcRLock lock = IpcRLock.partOf(segment, one.id(), "lock");
            assertEquals(lock.id(), IpcRLock.partOf(segment, one.id(), "lock").id());
            assertTrue(lock.id() != IpcRLock.partOf(segment, two.id(), "lock").id());
            assertSame(IpcRLock.class, IpcMutex.open(segment, lock.id()).getClass());
        }
    }
}
