package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.ParticipantLayout;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.inspect.SegmentInspector;
import io.interlock.core.robust.RobustWord;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcLockTest extends MutexContract {

    @Override
    IpcLock create(Segment in) {
        return IpcLock.create(in);
    }

    @Override
    IpcLock create(Segment in, String name) {
        return IpcLock.create(in, name);
    }

    @Override
    IpcLock create(Segment in, String name, OwnerDeath policy) {
        return IpcLock.create(in, name, policy);
    }

    @Override
    IpcLock open(Segment in, String name) {
        return IpcLock.open(in, name);
    }

    @Override
    IpcLock openOrCreate(Segment in, String name) {
        return IpcLock.openOrCreate(in, name);
    }

    @Override
    IpcLock openOrCreate(Segment in, String name, OwnerDeath policy) {
        return IpcLock.openOrCreate(in, name, policy);
    }

    @Nested
    class SecondAcquire {

        @Test
        void byTheHolderTimesOut() throws InterruptedException {
            IpcLock lock = create(segment);
            lock.lock();
            assertFalse(lock.tryLock());
            assertFalse(lock.tryLock(20, TimeUnit.MILLISECONDS));
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
            assertFalse(lock.isLocked());
        }

        @Test
        void byTheHolderEndsWhenAnotherThreadFreesTheLock() {
            IpcLock lock = create(segment);
            Async<Boolean> holder = Async.of(() -> {
                lock.lock();
                lock.lock();
                lock.unlock();
                return lock.isLocked();
            });
            awaitAsleep(holder.thread());
            lock.unlock();
            assertFalse(holder.get());
        }
    }

    @Nested
    class UnlockByAnother {

        @Test
        void threadThatAcquiredNothingFreesTheLock() {
            IpcLock lock = create(segment);
            lock.lock();
            Async.run(() -> {
                lock.unlock();
                return true;
            });
            assertFalse(lock.isLocked());
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
        }

        @Test
        void isRefusedWhileTheLockIsInconsistent() {
            IpcLock lock = create(segment);
            abandonByTheDead(lock);
            lock.lock();
            Throwable e = Async.of(() -> {
                lock.unlock();
                return true;
            }).failure();
            assertInstanceOf(IllegalMonitorStateException.class, e);
            assertTrue(e.getMessage().contains("dead owner"), e.getMessage());
            assertTrue(lock.isHeldByCurrentThread());
            lock.markConsistent();
            Async.run(() -> {
                lock.unlock();
                return true;
            });
            assertFalse(lock.isLocked());
        }
    }

    @Nested
    class StaleHold {

        @Test
        void thatSomebodyElseReleasedIsOver() {
            IpcLock lock = create(segment);
            lock.lock();
            long token = lock.token();
            Async.run(() -> {
                lock.unlock();
                lock.lock();
                return true;
            });
            assertFalse(lock.isHeldByCurrentThread());
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
            assertTrue(lock.isLocked());
            IllegalMonitorStateException e =
                    assertThrows(IllegalMonitorStateException.class, () -> lock.release(token));
            assertTrue(e.getMessage().contains("is over"), e.getMessage());
            assertTrue(lock.isLocked());
        }

        @Test
        void isForgottenByTheFailedUnlock() {
            IpcLock lock = create(segment);
            lock.lock();
            Async.run(() -> {
                lock.unlock();
                lock.lock();
                return true;
            });
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
            lock.unlock();
            assertFalse(lock.isLocked());
        }

        @Test
        void thatWasTakenOverIsOver() {
            IpcLock lock = create(segment);
            Held held = lock.hold();
            abandonByTheDead(lock);
            Async.run(() -> {
                lock.lock();
                return true;
            });
            assertThrows(IllegalMonitorStateException.class, held::close);
            assertTrue(lock.isLocked());
        }

        @Test
        void cannotAwait() {
            IpcLock lock = create(segment);
            IpcCondition condition = lock.condition("c");
            lock.lock();
            Async.run(() -> {
                lock.unlock();
                lock.lock();
                return true;
            });
            assertThrows(IllegalMonitorStateException.class, () -> condition.await(1, TimeUnit.DAYS));
            assertThrows(IllegalMonitorStateException.class, condition::signal);
            assertEquals(0, condition.waiters());
            assertTrue(lock.isLocked());
        }
    }

    @Nested
    class ReleaseByToken {

        @Test
        void releasesThatHoldFromAnyThread() {
            IpcLock lock = create(segment);
            lock.lock();
            long token = lock.token();
            Async.run(() -> {
                lock.release(token);
                return true;
            });
            assertFalse(lock.isLocked());
        }

        @Test
        void ofAFreeLockThrows() {
            IpcLock lock = create(segment);
            lock.lock();
            long token = lock.token();
            lock.unlock();
            assertThrows(IllegalMonitorStateException.class, () -> lock.release(token));
            assertThrows(IllegalMonitorStateException.class, () -> lock.release(0));
        }

        @Test
        void ofAWrongTokenChangesNothing() {
            IpcLock lock = create(segment);
            lock.lock();
            long token = lock.token();
            for (long wrong : new long[]{0, -1, token + 1, token - 1, token + (1L << 32)}) {
                assertThrows(IllegalMonitorStateException.class, () -> lock.release(wrong));
            }
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
        }

        @Test
        void letsTheHolderAcquireAgainAndUnlockThat() {
            IpcLock lock = create(segment);
            lock.lock();
            lock.release(lock.token());
            lock.lock();
            assertTrue(lock.isHeldByCurrentThread());
            lock.unlock();
            assertFalse(lock.isLocked());
        }

        @Test
        void byTheHolderItselfEndsItsHoldSoThatItMayFreeWhoeverHolds() {
            IpcLock lock = create(segment);
            lock.lock();
            lock.release(lock.token());
            assertFalse(lock.isHeldByCurrentThread());
            assertThrows(IllegalMonitorStateException.class, lock::token);
        }
    }

    @Nested
    class HeldByAnotherThread {

        @Test
        void mayBeClosedByIt() {
            IpcLock lock = create(segment);
            Held held = lock.hold();
            long token = held.token();
            Async.run(() -> {
                assertEquals(token, held.token());
                held.close();
                return true;
            });
            assertFalse(lock.isLocked());
        }
    }

    @Nested
    class EndOfThread {

        @Test
        void freesNothing() {
            IpcLock lock = create(segment);
            Async<Boolean> holder = Async.of(() -> {
                lock.lock();
                return true;
            });
            holder.get();
            Until.isTrue("the holder has ended", () -> !holder.thread().isAlive());
            assertFalse(lock.tryLock());
            lock.unlock();
            assertTrue(lock.tryLock());
            lock.unlock();
        }
    }

    @Nested
    class UnlockInsideABlock {

        private IpcLock lock;

        /** Ends the block's hold and lets another thread have the lock. */
        private boolean unlockForAnother() {
            lock.unlock();
            return Async.run(lock::tryLock);
        }

        @Test
        void makesCloseFailAndLeavesTheLockToItsNewHolder() {
            lock = create(segment);
            Held held = lock.hold();
            assertTrue(unlockForAnother());
            assertThrows(IllegalMonitorStateException.class, held::close);
            assertTrue(lock.isLocked());
            assertThrows(IllegalMonitorStateException.class, held::close);
            assertTrue(lock.isLocked());
        }

        @Test
        void makesRunFailAndLeavesTheLockToItsNewHolder() {
            lock = create(segment);
            assertThrows(IllegalMonitorStateException.class, () -> lock.run(this::unlockForAnother));
            assertTrue(lock.isLocked());
        }

        @Test
        void makesCallFailAndLeavesTheLockToItsNewHolder() {
            lock = create(segment);
            assertThrows(IllegalMonitorStateException.class, () -> lock.call(this::unlockForAnother));
            assertTrue(lock.isLocked());
        }
    }

    @Nested
    class ManyThreadsThatEnd {

        @Test
        void andWhoseHoldsOthersReleaseDoNotStayReachable() throws InterruptedException {
            IpcLock lock = create(segment);
            List<WeakReference<Thread>> sample = new ArrayList<>();
            for (int i = 0; i < 1_500; i++) {
                Thread thread = shortLived(lock);
                lock.unlock();
                if (i % 50 == 0) {
                    sample.add(new WeakReference<>(thread));
                }
            }
            assertEquals(30, sample.size());
            Until.isTrue("none of the sample is reachable", () -> {
                for (int i = 0; i < 200; i++) {
                    shortLived(lock);
                    lock.unlock();
                }
                System.gc();
                return sample.stream().allMatch(thread -> thread.get() == null);
            });
        }

        private Thread shortLived(IpcLock lock) {
            Thread thread = new Thread(lock::lock);
            thread.start();
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            assertFalse(interrupted);
            return thread;
        }
    }

    @Nested
    class Inspection {

        /** The slot before the first one, whose number and generation would be read from the header. */
        @Test
        void ofAnOwnerInNoSlotNamesNoProcess() {
            IpcLock lock = IpcLock.create(segment, "odd");
            segment.context().mem.putLong(lock.robust.block() + RobustLockLayout.WORD_OFFSET,
                    RobustWord.held(1, RobustWord.participant(-1, 1), 0));
            segment.context().mem.putLong(HeaderLayout.LENGTH - ParticipantLayout.LAYOUT.lengthBytes()
                    + ParticipantLayout.GENERATION_OFFSET, 1);
            String owner = SegmentInspector.inspect(segment.path()).objects().get(lock.id() - 1).state().get("owner")
                    .toString();
            assertEquals("participant -1.1 (slot reused, dead)", owner);
        }

        @Test
        void showsTheTokenOfTheNewestHold() {
            IpcLock lock = create(segment);
            assertEquals(0L, shown(lock));
            for (long token = 1; token <= 3; token++) {
                lock.lock();
                assertEquals(token, lock.token());
                assertEquals(token, shown(lock));
                lock.unlock();
                assertEquals(token, shown(lock));
            }
        }

        @Test
        void showsTheTokenOverTheWrapOfTheNumberInTheWord() {
            IpcLock lock = create(segment);
            segment.context().mem.putLong(lock.robust.block() + RobustLockLayout.WORD_OFFSET, RobustWord.free(-1, 0));
            segment.context().mem.putLong(lock.robust.block() + RobustLockLayout.TOKEN_OFFSET, (1L << 32) - 7);
            assertEquals((1L << 32) - 1, shown(lock));
            lock.lock();
            assertEquals(1L << 32, lock.token());
            assertEquals(1L << 32, shown(lock));
            lock.unlock();
        }

        private Object shown(IpcLock lock) {
            return SegmentInspector.inspect(segment.path()).objects().get(lock.id() - 1).state().get("token");
        }
    }
}
