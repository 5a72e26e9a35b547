package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcEventTest extends SegmentTest {

    @Nested
    class Creation {

        @Test
        void makesAClearEvent() {
            IpcEvent event = IpcEvent.create(segment, "e");
            assertFalse(event.isSet());
            assertEquals(0, event.timesSet());
            assertEquals("e", event.name());
            assertEquals("IpcEvent[e, clear]", event.toString());
            IpcEvent anonymous = IpcEvent.create(segment);
            assertEquals("#" + anonymous.id(), anonymous.name());
            assertNotEquals(anonymous.id(), IpcEvent.create(segment).id());
        }

        @Test
        void ofANameThatIsTakenThrows() {
            IpcEvent.create(segment, "e");
            assertThrows(ObjectExistsException.class, () -> IpcEvent.create(segment, "e"));
        }

        @Test
        void refusesBadNames() {
            BadNames.areRefused(name -> IpcEvent.open(segment, name));
            BadNames.areRefused(name -> IpcEvent.create(segment, name));
            BadNames.areRefused(name -> IpcEvent.openOrCreate(segment, name));
        }
    }

    @Nested
    class Opening {

        @Test
        void findsTheSameEvent() {
            IpcEvent event = IpcEvent.create(segment, "e");
            event.set();
            try (Segment other = Segment.open(segment.path())) {
                assertTrue(IpcEvent.open(other, "e").isSet());
                assertTrue(IpcEvent.open(other, event.id()).isSet());
                assertTrue(IpcEvent.openOrCreate(other, "e").isSet());
            }
        }

        @Test
        void ofAMissingOneOrAnotherTypeThrows() {
            IpcLock lock = IpcLock.create(segment, "lock");
            assertThrows(ObjectNotFoundException.class, () -> IpcEvent.open(segment, "missing"));
            assertThrows(ObjectNotFoundException.class, () -> IpcEvent.open(segment, 99));
            assertThrows(ObjectMismatchException.class, () -> IpcEvent.open(segment, "lock"));
            assertThrows(ObjectMismatchException.class, () -> IpcEvent.open(segment, lock.id()));
            assertThrows(ObjectMismatchException.class, () -> IpcEvent.openOrCreate(segment, "lock"));
        }
    }

    @Nested
    class SetAndClear {

        @Test
        void changeTheFlagAndCountTheChanges() {
            IpcEvent event = IpcEvent.create(segment);
            event.set();
            event.set();
            assertTrue(event.isSet());
            assertEquals(1, event.timesSet());
            assertTrue(event.toString().endsWith("set]"));
            event.clear();
            event.clear();
            assertFalse(event.isSet());
            event.set();
            assertEquals(2, event.timesSet());
        }

        @Test
        void wakeEverybodyWhoWaits() {
            IpcEvent event = IpcEvent.create(segment);
            List<Async<Boolean>> waiters = sleepers(event, 10);
            event.set();
            waiters.forEach(waiter -> assertTrue(waiter.get()));
        }

        @Test
        void asAPulseAreNotMissedByAWaiter() {
            IpcEvent event = IpcEvent.create(segment);
            for (int i = 0; i < 20; i++) {
                List<Async<Boolean>> waiters = sleepers(event, 3);
                event.set();
                event.clear();
                waiters.forEach(waiter -> assertTrue(waiter.get()));
                assertFalse(event.isSet());
            }
        }

        private List<Async<Boolean>> sleepers(IpcEvent event, int count) {
            List<Async<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                waiters.add(Async.of(() -> event.await(1, TimeUnit.DAYS)));
            }
            waiters.forEach(waiter -> awaitAsleep(waiter.thread()));
            return waiters;
        }
    }

    @Nested
    class Await {

        @Test
        void ofASetEventReturnsAtOnce() throws InterruptedException {
            IpcEvent event = IpcEvent.create(segment);
            event.set();
            event.await();
            event.awaitUninterruptibly();
            assertTrue(event.await(0, TimeUnit.SECONDS));
            assertTrue(event.await(-1, TimeUnit.SECONDS));
            assertTrue(event.await(1, TimeUnit.DAYS));
            assertTrue(event.isSet());
        }

        @Test
        void returnsFalseWhenTheTimeIsOver() throws InterruptedException {
            IpcEvent event = IpcEvent.create(segment);
            long start = System.nanoTime();
            assertFalse(event.await(50, TimeUnit.MILLISECONDS));
            assertTrue(System.nanoTime() - start >= 50_000_000);
        }

        @Test
        void looksOnceIfThereIsNoTime() throws InterruptedException {
            IpcEvent event = IpcEvent.create(segment);
            assertFalse(event.await(0, TimeUnit.SECONDS));
            assertFalse(event.await(Long.MIN_VALUE, TimeUnit.DAYS));
        }

        @Test
        void isNotSatisfiedByASettingOfThePast() throws InterruptedException {
            IpcEvent event = IpcEvent.create(segment);
            event.set();
            event.clear();
            assertFalse(event.await(1, TimeUnit.MILLISECONDS));
        }
    }

    @Nested
    class State {

        @Test
        void isSetInTheLowestBitAndCountsAboveIt() {
            long state = EventState.set(0);
            assertEquals(3, state);
            assertTrue(EventState.isSet(state));
            assertEquals(1, EventState.timesSet(state));
            assertEquals(2, EventState.cleared(state));
            assertFalse(EventState.isSet(EventState.cleared(state)));
            assertEquals(2, EventState.timesSet(EventState.set(EventState.cleared(state))));
        }

        @Test
        void wrapsAroundWithoutHarm() {
            long last = -2L;
            assertFalse(EventState.isSet(last));
            assertTrue(EventState.isSet(EventState.set(last)));
            assertEquals(0, EventState.timesSet(EventState.set(last)));
        }
    }
}
