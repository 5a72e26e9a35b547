package io.interlock.core.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Liveness;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.testing.FakeFutex;
import io.interlock.core.testing.FakeSegment;
import io.interlock.core.testing.FakeTime;
import io.interlock.core.testing.TrapMem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Two participants and one lock, in the memory of this JVM; a test says who is dead. */
class RobustLockTest {

    private static final int BLOCK = FakeSegment.HEAP;
    private static final long NOW = 0;

    private final FakeSegment segment = new FakeSegment();
    private final Mem mem = segment.mem;
    private final Context a = segment.participant(0, 1);
    private final Context b = segment.participant(1, 1);
    private final RobustLock plainOfA = new RobustLock(a, BLOCK, false);
    private final RobustLock plainOfB = new RobustLock(b, BLOCK, false);
    private final RobustLock ofA = new RobustLock(a, BLOCK, true);
    private final RobustLock ofB = new RobustLock(b, BLOCK, true);

    @Nested
    class TryAcquire {

        @Test
        void takesAFreeLockOnce() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertFalse(plainOfA.tryAcquire(me(a)));
            assertFalse(plainOfB.tryAcquire(me(b)));
            assertEquals(a.participant, RobustWord.participantOf(plainOfB.word()));
        }

        @Test
        void keepsTheMarkOfADeath() {
            mem.putLong(word(), RobustWord.free(0, RobustWord.INCONSISTENT));
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertTrue(plainOfA.isInconsistent());
        }

        @Test
        void writesTheOwningThreadOfARecursiveLock() {
            assertTrue(ofA.tryAcquire(me(a)));
            assertTrue(ofA.isHeldBy(me(a)));
            assertFalse(ofB.isHeldBy(me(b)));
            assertEquals((int) me(a).number, RobustWord.upperOf(ofA.word()));
            assertEquals(me(a).number, mem.getLong(BLOCK + RobustLockLayout.OWNER_OFFSET));
            assertEquals(1, mem.getInt(BLOCK + RobustLockLayout.RECURSION_OFFSET));
        }

        @Test
        void anotherThreadOfTheSameParticipantDoesNotHoldIt() {
            assertTrue(ofA.tryAcquire(me(a)));
            assertFalse(inThread(() -> ofA.isHeldBy(me(a)) || ofA.tryAcquire(me(a))).join());
        }
    }

    @Nested
    class TakeOver {

        @Test
        void isRefusedWhileTheOwnerLives() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertFalse(plainOfB.tryAcquireOrTakeOver(me(b)));
            assertFalse(plainOfB.isOwnerDead());
        }

        @Test
        void givesTheLockOfTheDeadMarkedInconsistent() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            segment.kill(a);
            assertTrue(plainOfB.isOwnerDead());
            assertTrue(plainOfB.tryAcquireOrTakeOver(me(b)));
            assertTrue(plainOfB.isInconsistent());
            assertEquals(b.participant, RobustWord.participantOf(plainOfB.word()));
            assertEquals(1, plainOfB.deaths());
            assertEquals(1, mem.getLong(HeaderLayout.RECOVERIES_OFFSET));
        }

        @Test
        void isNotPreventedBySomebodyWhoBeginsToWait() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            segment.kill(a);
            Liveness marking = (slot, generation) -> {
                long seen = mem.getLong(BLOCK);
                mem.putLong(BLOCK, seen | RobustWord.WAITERS);
                return b.liveness.isDead(slot, generation);
            };
            Context slow = new Context(b.mem, b.futex, marking, b.clock, b.self, b.participant);
            assertTrue(new RobustLock(slow, BLOCK, false).tryAcquireOrTakeOver(me(slow)));
        }

        @Test
        void doesNotRobAnotherGenerationOfTheSameSlot() {
            Context reborn = segment.participant(0, 2);
            assertTrue(new RobustLock(reborn, BLOCK, false).tryAcquire(me(reborn)));
            segment.kill(a);
            assertFalse(plainOfB.tryAcquireOrTakeOver(me(b)));
        }

        @Test
        void happensWhileAWaiterSleeps() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            CompletableFuture<Boolean> waiter = inThread(() -> plainOfB.acquire(me(b), never(b), true));
            awaitWaiters();
            segment.kill(a);
            assertTrue(waiter.join());
            assertTrue(plainOfB.isInconsistent());
            assertEquals(1, plainOfB.deaths());
        }

        @Test
        void isSeenByOneOfTwoWaitersOnly() {
            Context c = segment.participant(2, 1);
            RobustLock ofC = new RobustLock(c, BLOCK, false);
            assertTrue(plainOfA.tryAcquire(me(a)));
            CompletableFuture<Long> first = inThread(() -> holdAndRelease(plainOfB, b));
            CompletableFuture<Long> second = inThread(() -> holdAndRelease(ofC, c));
            awaitWaiters();
            segment.kill(a);
            assertTrue(first.join() != second.join());
            assertEquals(1, plainOfB.deaths());
            assertFalse(RobustWord.isInconsistent(plainOfB.word()));
        }

        private long holdAndRelease(RobustLock lock, Context context) throws InterruptedException {
            lock.acquire(me(context), never(context), true);
            long token = token();
            assertTrue(lock.release(token));
            return token;
        }
    }

    @Nested
    class Inconsistency {

        @Test
        void isToldToOneOwnerByAnOrdinaryLock() {
            dieHolding();
            assertTrue(plainOfB.release(token()));
            assertTrue(plainOfB.tryAcquire(me(b)));
            assertFalse(plainOfB.isInconsistent());
        }

        @Test
        void staysUntilRepairedIfTheLockSaysSo() {
            mem.putInt(BLOCK + RobustLockLayout.FLAGS_OFFSET, RobustLock.REPAIR_REQUIRED);
            RobustLock repairable = new RobustLock(b, BLOCK, false);
            dieHolding();
            assertTrue(repairable.release(token()));
            assertTrue(repairable.tryAcquire(me(b)));
            assertTrue(repairable.isInconsistent());
            repairable.clearInconsistent();
            assertFalse(repairable.isInconsistent());
            assertTrue(repairable.release(token()));
            assertTrue(repairable.tryAcquire(me(b)));
            assertFalse(repairable.isInconsistent());
        }

        @Test
        void staysOnARecursiveLockThatNeedsRepair() {
            mem.putInt(BLOCK + RobustLockLayout.FLAGS_OFFSET, RobustLock.REPAIR_REQUIRED | RobustLock.RECURSIVE);
            RobustLock repairable = new RobustLock(b, BLOCK, true);
            assertTrue(ofA.tryAcquire(me(a)));
            segment.kill(a);
            assertTrue(repairable.tryAcquireOrTakeOver(me(b)));
            repairable.release();
            assertTrue(repairable.tryAcquire(me(b)));
            assertTrue(repairable.isInconsistent());
        }

        @Test
        void clearingKeepsOwnerAndWaiters() {
            long word = RobustWord.held(4, a.participant, RobustWord.WAITERS | RobustWord.INCONSISTENT);
            mem.putLong(word(), word);
            plainOfA.clearInconsistent();
            assertEquals(word & ~RobustWord.INCONSISTENT, plainOfA.word());
        }

        private void dieHolding() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            segment.kill(a);
            assertTrue(plainOfB.tryAcquireOrTakeOver(me(b)));
        }
    }

    @Nested
    class Token {

        @Test
        void growsByOneWithEachHold() {
            for (int i = 1; i <= 3; i++) {
                assertTrue(plainOfA.tryAcquire(me(a)));
                assertEquals(i, token());
                assertTrue(plainOfA.release(i));
            }
        }

        @Test
        void goesOnOverTheWrapOfItsLowerHalf() {
            mem.putLong(word(), RobustWord.free(-2, 0));
            mem.putLong(BLOCK + RobustLockLayout.TOKEN_OFFSET, 0xFFFF_FFFEL);
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertEquals(0xFFFF_FFFFL, token());
            assertTrue(plainOfA.release(0xFFFF_FFFFL));
            assertTrue(plainOfB.tryAcquire(me(b)));
            assertEquals(0x1_0000_0000L, token());
            assertFalse(plainOfB.release(0));
            assertTrue(plainOfB.release(0x1_0000_0000L));
        }

        @Test
        void skipsAHoldWhoseOwnerDiedBeforeWritingIt() {
            mem.putLong(BLOCK + RobustLockLayout.TOKEN_OFFSET, 0xFFFF_FFFEL);
            mem.putLong(word(), RobustWord.held(-1, a.participant, 0));
            segment.kill(a);
            assertTrue(plainOfB.tryAcquireOrTakeOver(me(b)));
            assertEquals(0x1_0000_0000L, token());
        }

        @Test
        void growsWithEachHoldOfARecursiveLock() {
            assertTrue(ofA.tryAcquire(me(a)));
            long first = hint();
            assertEquals(first, me(a).acquired());
            ofA.release();
            assertTrue(ofA.tryAcquire(me(a)));
            assertEquals(first + 1, hint());
            assertEquals(first + 1, me(a).acquired());
        }

        @Test
        void isWhatTheAcquirerIsTold() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertEquals(token(), me(a).acquired());
            assertTrue(plainOfA.release(me(a).acquired()));
            assertEquals(1, token(), "of the newest hold, also when it is over");
        }
    }

    @Nested
    class Hint {

        private static final long STEP = 1 << 20;

        @Test
        void isLeftAloneUntilItLagsByAMillionHolds() {
            numberOfTheLastHold(STEP - 2, 0);
            assertEquals(STEP - 1, acquireAndRelease(plainOfA, a));
            assertEquals(0, hint());
        }

        @Test
        void isRaisedByWhoFindsThatItLagsByAMillionHolds() {
            numberOfTheLastHold(STEP - 1, 0);
            assertEquals(STEP, acquireAndRelease(plainOfA, a));
            assertEquals(STEP, hint());
            for (long token = STEP + 1; token < STEP + 10; token++) {
                assertEquals(token, acquireAndRelease(plainOfB, b));
                assertEquals(STEP, hint());
            }
        }

        @Test
        void isRaisedOverTheWrapOfTheNumberInTheWord() {
            long wrap = 1L << 32;
            numberOfTheLastHold(wrap - 1, wrap - STEP + 1);
            assertEquals(wrap, acquireAndRelease(plainOfA, a));
            assertEquals(wrap - STEP + 1, hint());
            assertEquals(wrap + 1, acquireAndRelease(plainOfB, b));
            assertEquals(wrap + 1, hint());
            assertEquals(wrap + 2, acquireAndRelease(plainOfA, a));
        }

        @Test
        void isRaisedByTheNextIfTheOneWhoHadToDiedBefore() {
            numberOfTheLastHold(STEP - 1, 0);
            mem.putLong(word(), RobustWord.held((int) STEP, a.participant, 0));
            segment.kill(a);
            assertTrue(plainOfB.tryAcquireOrTakeOver(me(b)));
            assertEquals(STEP + 1, me(b).acquired());
            assertEquals(STEP + 1, hint());
            assertFalse(plainOfB.release(STEP));
            assertTrue(plainOfB.release(STEP + 1));
        }

        @Test
        void isRaisedByWhoTakesOverFromTheDead() {
            numberOfTheLastHold(STEP - 2, 0);
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertEquals(STEP - 1, me(a).acquired());
            segment.kill(a);
            assertTrue(plainOfB.tryAcquireOrTakeOver(me(b)));
            assertEquals(STEP, me(b).acquired());
            assertEquals(STEP, hint());
            assertTrue(plainOfB.release(STEP));
            assertEquals(STEP + 1, acquireAndRelease(plainOfB, b));
        }

        @Test
        void thatIsRaisedMeanwhileLeavesAHoldWhatItIs() {
            numberOfTheLastHold(STEP - 2, 0);
            assertTrue(plainOfA.tryAcquire(me(a)));
            mem.putLong(BLOCK + RobustLockLayout.TOKEN_OFFSET, STEP + 5);
            assertTrue(plainOfA.isHold(plainOfA.word(), STEP - 1));
            assertTrue(plainOfA.release(STEP - 1));
            assertEquals(STEP, acquireAndRelease(plainOfA, a));
            assertEquals(STEP + 5, hint());
        }

        @Test
        void isNeverPutBackByALateRaiser() {
            numberOfTheLastHold(STEP - 1, 0);
            TrapMem trap = new TrapMem(mem);
            Context slow = new Context(trap, a.futex, a.liveness, a.clock, a.self, a.participant);
            trap.beforeCasOf(BLOCK + RobustLockLayout.TOKEN_OFFSET,
                    () -> mem.putLong(BLOCK + RobustLockLayout.TOKEN_OFFSET, 3 * STEP));
            assertTrue(new RobustLock(slow, BLOCK, false).tryAcquire(me(slow)));
            assertEquals(STEP, me(slow).acquired());
            assertEquals(3 * STEP, hint());
        }

        private void numberOfTheLastHold(long token, long hint) {
            mem.putLong(word(), RobustWord.free((int) token, 0));
            mem.putLong(BLOCK + RobustLockLayout.TOKEN_OFFSET, hint);
        }

        private long acquireAndRelease(RobustLock lock, Context context) {
            assertTrue(lock.tryAcquire(me(context)));
            long token = me(context).acquired();
            assertEquals(token, token());
            assertTrue(lock.release(token));
            return token;
        }
    }

    @Nested
    class Spinning {

        private static final long LONGEST_NANOS = 200 * FakeTime.HINT_NANOS;

        private final FakeTime time = new FakeTime(b, LONGEST_NANOS);
        private final FakeFutex futex = new FakeFutex();
        private final Context spinning = time.seenBy(b, futex);
        private final RobustLock lock = new RobustLock(spinning, BLOCK, false);

        @Test
        void acquiresAfterTheReleaseWithoutSleeping() throws InterruptedException {
            assertTrue(plainOfA.tryAcquire(me(a)));
            time.atHint(50, () -> assertTrue(plainOfA.release(1)));
            assertTrue(lock.acquire(me(b), never(spinning), true));
            assertEquals(2, me(b).acquired());
            assertEquals(0, futex.sleeps());
            assertEquals(RobustWord.held(2, b.participant, 0), lock.word());
        }

        @Test
        void looksAlsoAtALockForWhichOthersSleep() throws InterruptedException {
            assertTrue(plainOfA.tryAcquire(me(a)));
            mem.putLong(word(), plainOfA.word() | RobustWord.WAITERS);
            time.atHint(50, () -> mem.putLong(word(), RobustWord.free(1, 0)));
            assertTrue(lock.acquire(me(b), never(spinning), true));
            assertEquals(0, futex.sleeps());
        }

        @Test
        void makesLongerAndLongerPauses() throws InterruptedException {
            assertTrue(plainOfA.tryAcquire(me(a)));
            time.atHint(1 + 2 + 4 + 1, () -> assertTrue(plainOfA.release(1)));
            assertTrue(lock.acquire(me(b), never(spinning), true));
            assertEquals(1 + 2 + 4 + 8, time.hints());
        }

        @Test
        void sleepsWhenTheTimeIsOver() throws InterruptedException {
            assertTrue(plainOfA.tryAcquire(me(a)));
            futex.duringASleep(() -> {
                assertTrue(RobustWord.hasWaiters(lock.word()));
                assertTrue(time.hints() * FakeTime.HINT_NANOS >= LONGEST_NANOS);
                assertTrue(plainOfA.release(1));
            });
            assertTrue(lock.acquire(me(b), never(spinning), true));
            assertEquals(1, futex.sleeps());
            assertTrue(RobustWord.hasWaiters(lock.word()), "others may still sleep");
        }

        @Test
        void byWhoWasWokenKeepsTheMarkForTheOthersWhoSleep() throws InterruptedException {
            assertTrue(plainOfA.tryAcquire(me(a)));
            futex.duringASleep(() -> {
                assertTrue(plainOfA.release(1));
                assertTrue(plainOfA.tryAcquire(me(a)));
                assertFalse(RobustWord.hasWaiters(lock.word()));
                time.atHint(time.hints() + 20, () -> assertTrue(plainOfA.release(2)));
            });
            assertTrue(lock.acquire(me(b), never(spinning), true));
            assertEquals(1, futex.sleeps());
            assertTrue(RobustWord.hasWaiters(lock.word()));
        }

        @Test
        void sleepsLongerOnceNothingHasMovedForASecond() throws InterruptedException {
            assertTrue(plainOfA.tryAcquire(me(a)));
            futex.endsBy(Futex.Wake.TIMED_OUT);
            List<Long> slices = new ArrayList<>();
            futex.duringASleep(() -> {
                slices.add(futex.latestNanos());
                if (slices.size() == 22) {
                    segment.kill(a);
                }
            });
            assertTrue(lock.acquire(me(b), never(spinning), true));
            List<Long> expected = new ArrayList<>(Collections.nCopies(20, 50_000_000L));
            expected.addAll(List.of(250_000_000L, 250_000_000L));
            assertEquals(expected, slices);
            assertTrue(lock.isInconsistent());
        }

        @Test
        void findsADeadOwnerBeforeItSleeps() throws InterruptedException {
            assertTrue(plainOfA.tryAcquire(me(a)));
            segment.kill(a);
            assertTrue(lock.acquire(me(b), never(spinning), true));
            assertTrue(lock.isInconsistent());
            assertEquals(0, futex.sleeps());
        }
    }

    @Nested
    class Release {

        @Test
        void ofAStaleHoldChangesNothing() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            long stale = token();
            segment.kill(a);
            assertTrue(plainOfB.tryAcquireOrTakeOver(me(b)));
            long before = plainOfB.word();
            assertFalse(plainOfA.release(stale));
            assertEquals(before, plainOfB.word());
        }

        @Test
        void ofAFreeLockIsRefused() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertTrue(plainOfA.release(token()));
            assertFalse(plainOfA.release(token()));
        }

        @Test
        void wakesASleeper() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            CompletableFuture<Boolean> waiter = inThread(() -> plainOfB.acquire(me(b), never(b), true));
            awaitWaiters();
            assertTrue(plainOfA.release(token()));
            assertTrue(waiter.join());
            assertFalse(plainOfB.isInconsistent());
            assertTrue(RobustWord.hasWaiters(plainOfB.word()), "others may still sleep");
        }

        @Test
        void ofARecursiveLockLeavesNoOwner() {
            assertTrue(ofA.tryAcquire(me(a)));
            ofA.release();
            assertEquals(0, ofA.word());
            assertEquals(0, mem.getLong(BLOCK + RobustLockLayout.OWNER_OFFSET));
            assertFalse(ofA.isHeldBy(me(a)));
        }
    }

    @Nested
    class Abandon {

        @Test
        void freesTheLockForTheNextToBeTold() {
            assertTrue(ofA.tryAcquire(me(a)));
            assertTrue(ofB.abandon(ofB.word()));
            assertTrue(RobustWord.isFree(ofB.word()));
            assertTrue(ofB.tryAcquire(me(b)));
            assertTrue(ofB.isInconsistent());
            assertEquals(1, ofB.deaths());
            assertEquals(1, mem.getLong(HeaderLayout.RECOVERIES_OFFSET));
        }

        @Test
        void keepsTheNumberOfAPlainLock() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertTrue(plainOfB.abandon(plainOfB.word()));
            assertTrue(plainOfB.tryAcquire(me(b)));
            assertEquals(2, token());
        }

        @Test
        void doesNothingIfTheWordHasChanged() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            long seen = plainOfA.word();
            assertTrue(plainOfA.release(token()));
            long free = plainOfA.word();
            assertFalse(plainOfB.abandon(seen));
            assertEquals(free, plainOfB.word());
            assertEquals(0, mem.getLong(HeaderLayout.RECOVERIES_OFFSET));
        }

        @Test
        void wakesASleeper() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            CompletableFuture<Boolean> waiter = inThread(() -> plainOfB.acquire(me(b), never(b), true));
            awaitWaiters();
            long seen = plainOfA.word();
            while (!plainOfA.abandon(seen)) {
                seen = plainOfA.word();
            }
            assertTrue(waiter.join());
            assertTrue(plainOfB.isInconsistent());
        }
    }

    @Nested
    class ReleaseInconsistent {

        @Test
        void freesTheLockForTheNextToBeToldThoughNobodyDied() {
            assertTrue(ofA.tryAcquire(me(a)));
            ofA.releaseInconsistent();
            assertTrue(ofB.tryAcquire(me(b)));
            assertTrue(ofB.isInconsistent());
            assertEquals(0, ofB.deaths());
            assertEquals(0, mem.getLong(HeaderLayout.RECOVERIES_OFFSET));
        }

        @Test
        void wakesASleeper() {
            assertTrue(ofA.tryAcquire(me(a)));
            CompletableFuture<Boolean> waiter = inThread(() -> ofB.acquire(me(b), never(b), true));
            awaitWaiters();
            ofA.releaseInconsistent();
            assertTrue(waiter.join());
            assertTrue(ofB.isInconsistent());
        }
    }

    @Nested
    class Acquire {

        @Test
        void givesUpAtItsDeadlineHoldingNothing() throws InterruptedException {
            assertTrue(plainOfA.tryAcquire(me(a)));
            assertFalse(plainOfB.acquire(me(b), b.deadline(NOW), true));
            long begin = System.nanoTime();
            assertFalse(plainOfB.acquire(me(b), b.deadline(5_000_000), true));
            assertTrue(System.nanoTime() - begin >= 5_000_000);
            assertEquals(a.participant, RobustWord.participantOf(plainOfB.word()));
        }

        @Test
        void takesAFreeLockAtADeadlineThatIsOver() throws InterruptedException {
            assertTrue(plainOfB.acquire(me(b), b.clock.nanoTime() - 1, true));
        }

        @Test
        void throwsAtAnInterruptBeforeTheWait() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> plainOfB.acquire(me(b), never(b), true));
            assertFalse(Thread.interrupted());
            assertEquals(a.participant, RobustWord.participantOf(plainOfB.word()));
        }

        @Test
        void throwsAtAnInterruptDuringTheWait() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            Thread[] thread = new Thread[1];
            CompletableFuture<Boolean> waiter = inThread(() -> {
                thread[0] = Thread.currentThread();
                return plainOfB.acquire(me(b), never(b), true);
            });
            awaitWaiters();
            thread[0].interrupt();
            assertInstanceOf(InterruptedException.class,
                    assertThrows(CompletionException.class, waiter::join).getCause());
        }

        @Test
        void keepsTheInterruptIfItIsUninterruptible() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            CompletableFuture<Boolean> waiter = inThread(() -> {
                Thread.currentThread().interrupt();
                plainOfB.acquire(me(b));
                return Thread.interrupted();
            });
            awaitWaiters();
            assertTrue(plainOfA.release(token()));
            assertTrue(waiter.join());
        }

        @Test
        void throwsWhenItsHandleIsClosed() {
            assertTrue(plainOfA.tryAcquire(me(a)));
            CompletableFuture<Boolean> waiter = inThread(() -> plainOfB.acquire(me(b), never(b), true));
            awaitWaiters();
            b.close();
            assertInstanceOf(SegmentClosedException.class,
                    assertThrows(CompletionException.class, waiter::join).getCause());
        }

        @Test
        void excludesFourThreadsOfTwoParticipants() {
            int counter = BLOCK + 1024;
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Context context = i % 2 == 0 ? a : b;
                RobustLock lock = i % 2 == 0 ? ofA : ofB;
                all.add(inThread(() -> {
                    for (int n = 0; n < 5_000; n++) {
                        lock.acquire(me(context));
                        mem.putLong(counter, mem.getLong(counter) + 1);
                        lock.release();
                    }
                    return true;
                }));
            }
            all.forEach(CompletableFuture::join);
            assertEquals(20_000, mem.getLong(counter));
            assertTrue(RobustWord.isFree(ofA.word()));
            assertEquals(0, ofA.deaths());
        }
    }

    private static ThreadRecord me(Context context) {
        return context.self.current();
    }

    private static long never(Context context) {
        return context.deadline(Long.MAX_VALUE);
    }

    private static int word() {
        return BLOCK + RobustLockLayout.WORD_OFFSET;
    }

    /** Token of the newest hold of the plain lock. */
    private long token() {
        return RobustLock.token(mem.getLongVolatile(word()), hint());
    }

    /** The newest token of the recursive lock. */
    private long hint() {
        return mem.getLong(BLOCK + RobustLockLayout.TOKEN_OFFSET);
    }

    private void awaitWaiters() {
        while (!RobustWord.hasWaiters(mem.getLongVolatile(word()))) {
            Thread.yield();
        }
    }

    private static <T> CompletableFuture<T> inThread(Callable<T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(body.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}
