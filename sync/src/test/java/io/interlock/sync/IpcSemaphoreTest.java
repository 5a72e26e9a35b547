package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.ObjectNotFoundException;
import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.format.EntryLayout;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.object.SharedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpcSemaphoreTest extends SegmentTest {

    @Nested
    class Creation {

        @Test
        void givesThePermitsAndTheBound() {
            IpcSemaphore plain = IpcSemaphore.create(segment, "plain", 3);
            assertEquals(3, plain.availablePermits());
            assertEquals(Integer.MAX_VALUE, plain.bound());
            assertEquals("plain", plain.name());
            assertEquals("IpcSemaphore[plain, permits=3]", plain.toString());
            IpcSemaphore bounded = IpcSemaphore.createBounded(segment, "bounded", 1, 4);
            assertEquals(1, bounded.availablePermits());
            assertEquals(4, bounded.bound());
        }

        @Test
        void takesEveryNumberOfPermitsFromZero() {
            assertEquals(0, IpcSemaphore.create(segment, 0).availablePermits());
            assertEquals(Integer.MAX_VALUE, IpcSemaphore.create(segment, Integer.MAX_VALUE).availablePermits());
        }

        @Test
        void refusesNumbersOutOfRangeAndNamesThem() {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> IpcSemaphore.create(segment, "s", -1));
            assertTrue(e.getMessage().contains("permits=-1"), e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> IpcSemaphore.create(segment, -1));
            assertThrows(IllegalArgumentException.class, () -> IpcSemaphore.createBounded(segment, "s", 3, 2));
            assertThrows(IllegalArgumentException.class, () -> IpcSemaphore.createBounded(segment, "s", 0, 0));
            assertThrows(IllegalArgumentException.class, () -> IpcSemaphore.createBounded(segment, "s", 0, -1));
            assertThrows(IllegalArgumentException.class, () -> IpcSemaphore.openOrCreate(segment, "s", -1));
            assertThrows(IllegalArgumentException.class, () -> IpcSemaphore.openOrCreateBounded(segment, "s", 3, 2));
            assertEquals(0, segment.stats().objects());
        }

        @Test
        void ofANameThatIsTakenThrows() {
            IpcSemaphore.create(segment, "s", 1);
            assertThrows(ObjectExistsException.class, () -> IpcSemaphore.create(segment, "s", 1));
            assertThrows(ObjectExistsException.class, () -> IpcSemaphore.createBounded(segment, "s", 1, 1));
        }

        @Test
        void refusesBadNames() {
            BadNames.areRefused(name -> IpcSemaphore.open(segment, name));
            BadNames.areRefused(name -> IpcSemaphore.createBounded(segment, name, 1, 1));
            BadNames.areRefused(name -> IpcSemaphore.openOrCreateBounded(segment, name, 1, 1));
            try (Segment other = Segment.temporary()) {
                BadNames.areRefused(name -> IpcSemaphore.create(other, name, 1));
                BadNames.areRefused(name -> IpcSemaphore.openOrCreate(other, name, 1));
            }
        }
    }

    @Nested
    class Opening {

        @Test
        void findsTheSameSemaphoreByNameAndId() {
            IpcSemaphore s = IpcSemaphore.createBounded(segment, "s", 2, 5);
            s.acquireUninterruptibly();
            try (Segment other = Segment.open(segment.path())) {
                assertEquals(1, IpcSemaphore.open(other, "s").availablePermits());
                assertEquals(1, IpcSemaphore.open(other, s.id()).availablePermits());
                assertEquals(5, IpcSemaphore.open(other, "s").bound());
                assertEquals(1, IpcSemaphore.openOrCreateBounded(other, "s", 2, 5).availablePermits());
            }
        }

        @Test
        void makesAnonymousOnesApart() {
            IpcSemaphore one = IpcSemaphore.create(segment, 1);
            assertNotEquals(one.id(), IpcSemaphore.create(segment, 1).id());
            assertEquals("#" + one.id(), one.name());
        }

        @Test
        void withOtherNumbersThrows() {
            IpcSemaphore.createBounded(segment, "s", 2, 5);
            assertThrows(ObjectMismatchException.class, () -> IpcSemaphore.openOrCreateBounded(segment, "s", 3, 5));
            assertThrows(ObjectMismatchException.class, () -> IpcSemaphore.openOrCreateBounded(segment, "s", 2, 6));
            assertThrows(ObjectMismatchException.class, () -> IpcSemaphore.openOrCreate(segment, "s", 2));
        }

        @Test
        void ofAMissingOneOrAnotherTypeThrows() {
            IpcLock lock = IpcLock.create(segment, "lock");
            assertThrows(ObjectNotFoundException.class, () -> IpcSemaphore.open(segment, "missing"));
            assertThrows(ObjectNotFoundException.class, () -> IpcSemaphore.open(segment, 99));
            assertThrows(ObjectMismatchException.class, () -> IpcSemaphore.open(segment, "lock"));
            assertThrows(ObjectMismatchException.class, () -> IpcSemaphore.open(segment, lock.id()));
            assertThrows(ObjectMismatchException.class, () -> IpcSemaphore.openOrCreate(segment, "lock", 1));
        }
    }

    @Nested
    class Damage {

        @ParameterizedTest
        @ValueSource(longs = {-1, 5, Integer.MAX_VALUE, 1L << 32, Long.MIN_VALUE})
        void ofThePermitsIsRefused(long permits) {
            IpcSemaphore.createBounded(segment, "s", 1, 4);
            SharedBlock block = segment.directory().find(0, "s");
            segment.context().mem.putLong(block.offset() + SemaphoreLayout.PERMITS_OFFSET, permits);
            SegmentFormatException e =
                    assertThrows(SegmentFormatException.class, () -> IpcSemaphore.open(segment, "s"));
            assertTrue(e.getMessage().contains("\"s\" has " + permits + " free permits and a bound of 4"),
                    e.getMessage());
            assertThrows(SegmentFormatException.class, () -> IpcSemaphore.open(segment, block.id()));
            assertThrows(SegmentFormatException.class,
                    () -> IpcSemaphore.openOrCreateBounded(segment, "s", 1, 4));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1, 1L << 31, Long.MIN_VALUE})
        void ofTheBoundIsRefused(long bound) {
            IpcSemaphore.create(segment, "s", 0);
            segment.context().mem.putLong(segment.context().mem.getInt(HeaderLayout.DIRECTORY_OFFSET)
                    + EntryLayout.PARAMETERS_OFFSET + Long.BYTES, bound);
            SegmentFormatException e =
                    assertThrows(SegmentFormatException.class, () -> IpcSemaphore.open(segment, "s"));
            assertTrue(e.getMessage().contains("a bound of " + bound), e.getMessage());
        }
    }

    @Nested
    class Acquire {

        @Test
        void takesOnePermit() throws InterruptedException {
            IpcSemaphore s = IpcSemaphore.create(segment, 3);
            s.acquire();
            s.acquireUninterruptibly();
            assertEquals(1, s.availablePermits());
        }

        @Test
        void takesSeveralAtOnceOrWaits() throws InterruptedException {
            IpcSemaphore s = IpcSemaphore.create(segment, 3);
            s.acquire(2);
            assertEquals(1, s.availablePermits());
            Async<Boolean> waiter = Async.of(() -> {
                s.acquireUninterruptibly(3);
                return true;
            });
            awaitAsleep(waiter.thread());
            s.release();
            assertEquals(2, s.availablePermits());
            assertFalse(waiter.isDone());
            s.release();
            assertTrue(waiter.get());
            assertEquals(0, s.availablePermits());
        }

        @Test
        void ofOneMayPassAnAcquireOfSeveralThatWaits() {
            IpcSemaphore s = IpcSemaphore.create(segment, 0);
            Async<Boolean> several = Async.of(() -> {
                s.acquire(2);
                return true;
            });
            awaitAsleep(several.thread());
            Async<Boolean> one = Async.of(() -> {
                s.acquire();
                return true;
            });
            awaitAsleep(one.thread());
            s.release();
            assertTrue(one.get());
            s.release(2);
            assertTrue(several.get());
        }

        @Test
        void refusesCountsOutOfRange() {
            IpcSemaphore s = IpcSemaphore.createBounded(segment, "s", 3, 3);
            for (int count : new int[]{0, -1, 4, Integer.MIN_VALUE}) {
                IllegalArgumentException e =
                        assertThrows(IllegalArgumentException.class, () -> s.acquire(count), "count " + count);
                assertTrue(e.getMessage().contains("[1, 3]") && e.getMessage().contains("count=" + count),
                        e.getMessage());
                assertThrows(IllegalArgumentException.class, () -> s.acquireUninterruptibly(count));
                assertThrows(IllegalArgumentException.class, () -> s.tryAcquire(count));
                assertThrows(IllegalArgumentException.class, () -> s.tryAcquire(count, 1, TimeUnit.DAYS));
                assertThrows(IllegalArgumentException.class, () -> s.release(count));
            }
            assertEquals(3, s.availablePermits());
        }
    }

    @Nested
    class TryAcquire {

        @Test
        void returnsFalseWhenNoPermitIsLeft() {
            IpcSemaphore s = IpcSemaphore.create(segment, 1);
            assertTrue(s.tryAcquire());
            assertFalse(s.tryAcquire());
            assertEquals(0, s.availablePermits());
        }

        @Test
        void takesAllThatIsAskedForOrNothing() {
            IpcSemaphore s = IpcSemaphore.create(segment, 3);
            assertFalse(s.tryAcquire(4));
            assertEquals(3, s.availablePermits());
            assertTrue(s.tryAcquire(3));
            assertEquals(0, s.availablePermits());
        }

        @Test
        void doesNotCareAboutInterrupts() {
            IpcSemaphore s = IpcSemaphore.create(segment, 1);
            Thread.currentThread().interrupt();
            assertTrue(s.tryAcquire());
            assertTrue(Thread.interrupted());
        }
    }

    @Nested
    class TryAcquireTimed {

        @Test
        void returnsFalseWhenTheTimeIsOverAndTakesNothing() throws InterruptedException {
            IpcSemaphore s = IpcSemaphore.create(segment, 1);
            long start = System.nanoTime();
            assertFalse(s.tryAcquire(2, 50, TimeUnit.MILLISECONDS));
            assertTrue(System.nanoTime() - start >= 50_000_000);
            assertEquals(1, s.availablePermits());
        }

        @Test
        void triesOnceIfThereIsNoTime() throws InterruptedException {
            IpcSemaphore s = IpcSemaphore.create(segment, 1);
            assertTrue(s.tryAcquire(0, TimeUnit.SECONDS));
            assertFalse(s.tryAcquire(0, TimeUnit.SECONDS));
            assertFalse(s.tryAcquire(-1, TimeUnit.DAYS));
            s.release();
            assertTrue(s.tryAcquire(Long.MIN_VALUE, TimeUnit.DAYS));
        }

        @Test
        void returnsTrueWhenAPermitComesInTime() {
            IpcSemaphore s = IpcSemaphore.create(segment, 0);
            Async<Boolean> waiter = Async.of(() -> s.tryAcquire(Long.MAX_VALUE, TimeUnit.DAYS));
            awaitAsleep(waiter.thread());
            s.release();
            assertTrue(waiter.get());
        }

        @Test
        void interruptedTakesNothing() {
            IpcSemaphore s = IpcSemaphore.create(segment, 1);
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> s.tryAcquire(0, TimeUnit.SECONDS));
            assertFalse(Thread.interrupted());
            assertEquals(1, s.availablePermits());
            Async<Boolean> waiter = Async.of(() -> s.tryAcquire(2, 1, TimeUnit.DAYS));
            awaitAsleep(waiter.thread());
            waiter.thread().interrupt();
            assertInstanceOf(InterruptedException.class, waiter.failure());
            assertEquals(1, s.availablePermits());
        }
    }

    @Nested
    class Release {

        @Test
        void addsPermitsWhoeverAcquiredThem() {
            IpcSemaphore s = IpcSemaphore.create(segment, 0);
            s.release();
            s.release(4);
            assertEquals(5, s.availablePermits());
        }

        @Test
        void pastTheBoundThrowsAndChangesNothing() {
            IpcSemaphore s = IpcSemaphore.createBounded(segment, "s", 2, 3);
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> s.release(2));
            assertTrue(e.getMessage().contains("bound of 3"), e.getMessage());
            assertEquals(2, s.availablePermits());
            s.release();
            assertThrows(IllegalStateException.class, s::release);
            assertEquals(3, s.availablePermits());
        }

        @Test
        void pastTheLargestNumberThrowsAndChangesNothing() {
            IpcSemaphore s = IpcSemaphore.create(segment, Integer.MAX_VALUE);
            assertThrows(IllegalStateException.class, s::release);
            assertThrows(IllegalStateException.class, () -> s.release(Integer.MAX_VALUE));
            assertEquals(Integer.MAX_VALUE, s.availablePermits());
        }

        @Test
        void isBoundedExactlyUnderContention() {
            IpcSemaphore s = IpcSemaphore.createBounded(segment, "s", 0, 1_000);
            List<Async<Integer>> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(Async.of(() -> {
                    int released = 0;
                    for (int i = 0; i < 500; i++) {
                        try {
                            s.release();
                            released++;
                        } catch (IllegalStateException e) {
                            assertEquals(1_000, s.availablePermits());
                        }
                    }
                    return released;
                }));
            }
            assertEquals(1_000, threads.stream().mapToInt(Async::get).sum());
            assertEquals(1_000, s.availablePermits());
        }

        @Test
        void ofManyWakesAsMany() {
            IpcSemaphore s = IpcSemaphore.create(segment, 0);
            List<Async<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                waiters.add(Async.of(() -> {
                    s.acquire();
                    return true;
                }));
            }
            waiters.forEach(waiter -> awaitAsleep(waiter.thread()));
            s.release(10);
            waiters.forEach(Async::get);
            assertEquals(0, s.availablePermits());
        }
    }

    @Nested
    class DrainPermits {

        @Test
        void takesAllAndSaysHowMany() {
            IpcSemaphore s = IpcSemaphore.create(segment, 7);
            assertEquals(7, s.drainPermits());
            assertEquals(0, s.availablePermits());
            assertEquals(0, s.drainPermits());
            assertEquals(Integer.MAX_VALUE, IpcSemaphore.create(segment, Integer.MAX_VALUE).drainPermits());
        }
    }

    @Nested
    class Permits {

        @Test
        void areNeverLostOrMadeByManyThreads() {
            IpcSemaphore s = IpcSemaphore.createBounded(segment, "s", 3, 3);
            List<Async<Boolean>> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int count = 1 + t % 2;
                threads.add(Async.of(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        s.acquire(count);
                        s.release(count);
                    }
                    return true;
                }));
            }
            threads.forEach(Async::get);
            assertEquals(3, s.availablePermits());
        }
    }
}
