package io.interlock.sync;

import static io.interlock.core.testing.ClosedHandles.assertAllThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.SegmentClosedException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Use after close, and close while threads wait. */
class CloseTest extends SegmentTest {

    private static Map<String, Executable> operations(Segment closed, BlockingCall.Objects o) {
        Map<String, Executable> operations = new LinkedHashMap<>();
        for (BlockingCall call : BlockingCall.values()) {
            operations.put(call.name(), () -> call.call(o));
        }
        for (IpcMutex lock : List.of(o.lock, o.rlock)) {
            String name = lock.getClass().getSimpleName();
            operations.put(name + ".tryLock()", lock::tryLock);
            operations.put(name + ".tryLock(0)", () -> lock.tryLock(0, TimeUnit.SECONDS));
            operations.put(name + ".unlock()", lock::unlock);
            operations.put(name + ".token()", lock::token);
            operations.put(name + ".isLocked()", lock::isLocked);
            operations.put(name + ".isHeldByCurrentThread()", lock::isHeldByCurrentThread);
            operations.put(name + ".previousOwnerDied()", lock::previousOwnerDied);
            operations.put(name + ".ownerDeaths()", lock::ownerDeaths);
            operations.put(name + ".markConsistent()", lock::markConsistent);
            operations.put(name + ".condition()", () -> lock.condition("condition"));
            operations.put(name + ".condition(new)", () -> lock.condition("new"));
            operations.put(name + ".open(id)", () -> IpcMutex.open(closed, lock.id()));
        }
        operations.put("IpcLock.release(token)", () -> o.lock.release(1));
        operations.put("IpcRLock.getHoldCount()", o.rlock::getHoldCount);
        operations.put("IpcLock.create()", () -> IpcLock.create(closed));
        operations.put("IpcLock.create(name)", () -> IpcLock.create(closed, "new"));
        operations.put("IpcLock.open(name)", () -> IpcLock.open(closed, "lock"));
        operations.put("IpcLock.openOrCreate(name)", () -> IpcLock.openOrCreate(closed, "lock"));
        operations.put("IpcRLock.create()", () -> IpcRLock.create(closed));
        operations.put("IpcRLock.open(name)", () -> IpcRLock.open(closed, "rlock"));
        operations.put("IpcRLock.openOrCreate(name)", () -> IpcRLock.openOrCreate(closed, "rlock"));
        operations.put("IpcRLock.partOf()", () -> IpcRLock.partOf(closed, 1, "lock"));
        operations.put("IpcSemaphore.create()", () -> IpcSemaphore.create(closed, 1));
        operations.put("IpcSemaphore.open(name)", () -> IpcSemaphore.open(closed, "semaphore"));
        operations.put("IpcSemaphore.open(id)", () -> IpcSemaphore.open(closed, 1));
        operations.put("IpcSemaphore.openOrCreate()", () -> IpcSemaphore.openOrCreate(closed, "semaphore", 0));
        operations.put("IpcSemaphore.tryAcquire()", o.semaphore::tryAcquire);
        operations.put("IpcSemaphore.tryAcquire(2)", () -> o.semaphore.tryAcquire(2));
        operations.put("IpcSemaphore.tryAcquire(0)", () -> o.semaphore.tryAcquire(0, TimeUnit.SECONDS));
        operations.put("IpcSemaphore.release()", o.semaphore::release);
        operations.put("IpcSemaphore.release(2)", () -> o.semaphore.release(2));
        operations.put("IpcSemaphore.drainPermits()", o.semaphore::drainPermits);
        operations.put("IpcSemaphore.availablePermits()", o.semaphore::availablePermits);
        operations.put("IpcEvent.create()", () -> IpcEvent.create(closed));
        operations.put("IpcEvent.open(name)", () -> IpcEvent.open(closed, "event"));
        operations.put("IpcEvent.openOrCreate()", () -> IpcEvent.openOrCreate(closed, "event"));
        operations.put("IpcEvent.set()", o.event::set);
        operations.put("IpcEvent.clear()", o.event::clear);
        operations.put("IpcEvent.isSet()", o.event::isSet);
        operations.put("IpcEvent.timesSet()", o.event::timesSet);
        operations.put("IpcEvent.await(0)", () -> o.event.await(0, TimeUnit.SECONDS));
        for (IpcCondition condition : List.of(o.condition, o.rcondition)) {
            String name = condition.lock().name() + " condition";
            operations.put(name + ".signal()", condition::signal);
            operations.put(name + ".signal(2)", () -> condition.signal(2));
            operations.put(name + ".signalAll()", condition::signalAll);
            operations.put(name + ".waiters()", condition::waiters);
            operations.put(name + ".await()", condition::await);
            operations.put(name + ".awaitUninterruptibly()", condition::awaitUninterruptibly);
            operations.put(name + ".awaitNanos()", () -> condition.awaitNanos(1));
            operations.put(name + ".await(time)", () -> condition.await(1, TimeUnit.DAYS));
            operations.put(name + ".awaitUntil()", () -> condition.awaitUntil(new Date(0)));
            operations.put(name + ".waitFor()", () -> condition.waitFor(() -> true));
        }
        return operations;
    }

    @Nested
    class EveryOperation {

        @Test
        void throwsAfterTheLastHandleWasClosed() {
            BlockingCall.Objects objects = new BlockingCall.Objects(segment);
            segment.close();
            assertAllThrow(operations(segment, objects));
        }

        @Test
        void throwsAfterTheLastHandleWasClosedByAHolder() {
            BlockingCall.Objects objects = new BlockingCall.Objects(segment);
            objects.shut();
            objects.guard.lock();
            objects.rguard.lock();
            segment.close();
            assertAllThrow(operations(segment, objects));
        }

        @Test
        void throwsAfterThisHandleWasClosedAndAnotherLives() {
            Segment closed = Segment.open(segment.path());
            BlockingCall.Objects objects = new BlockingCall.Objects(closed);
            closed.close();
            assertAllThrow(operations(closed, objects));
            BlockingCall.Objects alive = new BlockingCall.Objects(segment);
            assertTrue(alive.lock.tryLock(), "a closed handle's lock() holds nothing");
            assertTrue(alive.rlock.tryLock());
            assertFalse(alive.guard.isLocked());
            assertFalse(alive.rguard.isLocked());
        }

        @Test
        void throwsAlsoForAHolderWhoseProcessGoesOnHolding() {
            Segment closed = Segment.open(segment.path());
            BlockingCall.Objects objects = new BlockingCall.Objects(closed);
            objects.shut();
            objects.guard.lock();
            objects.rguard.lock();
            closed.close();
            assertAllThrow(operations(closed, objects));
            BlockingCall.Objects alive = new BlockingCall.Objects(segment);
            assertTrue(alive.lock.isLocked());
            assertTrue(alive.rlock.isHeldByCurrentThread());
            alive.lock.unlock();
            alive.rlock.unlock();
        }
    }

    @Nested
    class ToStringOfAClosedOne {

        @Test
        void doesNotFail() {
            BlockingCall.Objects o = new BlockingCall.Objects(segment);
            segment.close();
            for (Object object : List.of(o.lock, o.rlock, o.semaphore, o.event, o.condition)) {
                assertTrue(object.toString().length() > 0);
            }
        }
    }

    @Nested
    class WhileThreadsWait {

        @ParameterizedTest
        @EnumSource
        void endsTheWaitWhenAnotherHandleLivesOn(BlockingCall call) {
            new BlockingCall.Objects(segment).shut();
            Segment closed = Segment.open(segment.path());
            BlockingCall.Objects objects = new BlockingCall.Objects(closed);
            Async<Boolean> waiter = Async.of(() -> call.call(objects));
            awaitAsleep(waiter.thread());
            closed.close();
            assertInstanceOf(SegmentClosedException.class, waiter.failure());
            BlockingCall.Objects alive = new BlockingCall.Objects(segment);
            assertTrue(alive.isUntouched(call.kind), "nothing is owned afterwards");
        }

        @ParameterizedTest
        @EnumSource
        void endsTheWaitWithTheLastHandle(BlockingCall call) {
            BlockingCall.Objects objects = new BlockingCall.Objects(segment);
            objects.shut();
            Async<Boolean> waiter = Async.of(() -> call.call(objects));
            awaitAsleep(waiter.thread());
            segment.close();
            assertInstanceOf(SegmentClosedException.class, waiter.failure());
        }
    }

    @Nested
    class Handles {

        @Test
        void ofOneProcessAreIndependent() {
            Segment other = Segment.open(segment.path());
            IpcLock lock = IpcLock.create(segment, "lock");
            IpcLock same = IpcLock.open(other, "lock");
            lock.lock();
            segment.close();
            assertThrows(SegmentClosedException.class, lock::unlock);
            assertTrue(same.isLocked());
            same.unlock();
            assertFalse(same.isLocked());
            other.close();
        }
    }

    @Nested
    class AClosedHandle {

        private Segment closed;
        private BlockingCall.Objects dead;
        private BlockingCall.Objects alive;

        private void close() {
            closed = Segment.open(segment.path());
            dead = new BlockingCall.Objects(closed);
            alive = new BlockingCall.Objects(segment);
            closed.close();
        }

        @Test
        void changesNoPermits() {
            close();
            alive.semaphore.release(3);
            IpcSemaphore s = dead.semaphore;
            for (Executable operation : List.<Executable>of(s::tryAcquire, () -> s.tryAcquire(2),
                    () -> s.tryAcquire(0, TimeUnit.SECONDS), () -> s.tryAcquire(2, 1, TimeUnit.DAYS), s::acquire,
                    () -> s.acquire(3), s::acquireUninterruptibly, () -> s.acquireUninterruptibly(2), s::drainPermits,
                    s::release, () -> s.release(2))) {
                assertThrows(SegmentClosedException.class, operation);
                assertEquals(3, alive.semaphore.availablePermits());
            }
        }

        @Test
        void neitherSetsNorClearsAnEvent() {
            close();
            assertThrows(SegmentClosedException.class, dead.event::set);
            assertFalse(alive.event.isSet());
            assertEquals(0, alive.event.timesSet());
            alive.event.set();
            assertThrows(SegmentClosedException.class, dead.event::clear);
            assertTrue(alive.event.isSet());
        }

        @Test
        void doesNotCountAReentry() {
            close();
            alive.rlock.lock();
            IpcRLock r = dead.rlock;
            for (Executable operation : List.<Executable>of(r::lock, r::tryLock, r::lockInterruptibly, r::hold,
                    () -> r.tryLock(1, TimeUnit.DAYS), () -> r.run(() -> {
                    }), () -> r.call(() -> true))) {
                assertThrows(SegmentClosedException.class, operation);
                assertEquals(1, alive.rlock.getHoldCount());
            }
            alive.rlock.unlock();
            assertFalse(alive.rlock.isLocked());
        }
    }
}
