package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.Async;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.sync.Until;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of the stream. */
class IpcQueueShutDownTest extends QueueFixture {

    /** Every call that adds; with what it returns when there is no room, or nobody to wait for. */
    enum Adding {
        PUT(true), OFFER(false), ADD(false), OFFER_TIMED(true), ADD_ALL(false), OFFER_ALL(false), OFFER_ALL_TIMED(true),
        PUT_ALL(true), CLAIM(true), CLAIM_TIMED(true), TRY_CLAIM(false);

        final boolean waits;

        Adding(boolean waits) {
            this.waits = waits;
        }

        Object call(IpcQueue<Integer> queue) throws InterruptedException {
            return switch (this) {
                case PUT -> {
                    queue.put(7);
                    yield true;
                }
                case OFFER -> queue.offer(7);
                case ADD -> queue.add(7);
                case OFFER_TIMED -> queue.offer(7, 1, TimeUnit.DAYS);
                case ADD_ALL -> queue.addAll(List.of(7));
                case OFFER_ALL -> queue.offerAll(List.of(7));
                case OFFER_ALL_TIMED -> queue.offerAll(List.of(7), 1, TimeUnit.DAYS);
                case PUT_ALL -> {
                    queue.putAll(List.of(7));
                    yield true;
                }
                case CLAIM -> committed(queue.claim(4));
                case CLAIM_TIMED -> committed(queue.claim(4, 1, TimeUnit.DAYS));
                case TRY_CLAIM -> committed(queue.tryClaim(4));
            };
        }

        private static Object committed(Claim claim) {
            claim.buffer().putInt(7);
            claim.commit();
            return true;
        }

        static List<Adding> waiting() {
            return List.of(values()).stream().filter(call -> call.waits).toList();
        }
    }

    /** Every call that takes and waits if there is nothing. */
    enum Taking {
        TAKE, POLL_TIMED, TAKE_UP_TO, TAKE_UP_TO_TIMED;

        Object call(IpcQueue<Integer> queue) throws InterruptedException {
            return switch (this) {
                case TAKE -> queue.take();
                case POLL_TIMED -> queue.poll(1, TimeUnit.DAYS);
                case TAKE_UP_TO -> queue.takeUpTo(3);
                case TAKE_UP_TO_TIMED -> queue.takeUpTo(3, 1, TimeUnit.DAYS);
            };
        }

        /** What came of a call that was made, or woken, at the end of the stream. */
        void assertEnded(Async<Object> call) {
            switch (this) {
                case TAKE, TAKE_UP_TO -> assertInstanceOf(QueueShutDownException.class, call.failure());
                case POLL_TIMED -> assertNull(call.get());
                case TAKE_UP_TO_TIMED -> assertEquals(List.of(), call.get());
            }
        }
    }

    @Nested
    class ShutDown {

        @ParameterizedTest
        @EnumSource
        void refusesWhateverAdds(Adding adding) {
            IpcQueue<Integer> queue = numbers(3);
            queue.add(1);
            queue.shutdown();
            IpcQueue<Integer> theirs = sameNumbers();
            assertNames(assertThrows(QueueShutDownException.class, () -> adding.call(theirs)), "\"q\"");
            assertThrows(QueueShutDownException.class, () -> adding.call(queue));
            assertHolds(queue, List.of(1));
        }

        @ParameterizedTest
        @EnumSource
        void refusesWhateverAddsAlsoIfTheQueueIsFull(Adding adding) {
            IpcQueue<Integer> queue = numbers(1);
            queue.add(1);
            queue.shutdown();
            assertThrows(QueueShutDownException.class, () -> adding.call(queue));
            assertHolds(queue, List.of(1));
        }

        @Test
        void isSeenByAll() {
            IpcQueue<Integer> queue = numbers(1);
            IpcQueue<Integer> theirs = sameNumbers();
            assertFalse(theirs.isShutDown());
            queue.shutdown();
            assertTrue(queue.isShutDown());
            assertTrue(theirs.isShutDown());
            assertTrue(sameNumbers().isShutDown());
        }

        @Test
        void twiceIsHarmless() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            queue.add(1);
            queue.shutdown();
            sameNumbers().shutdown();
            queue.shutdown();
            assertEquals(1, queue.take());
            queue.shutdown();
            assertThrows(QueueShutDownException.class, queue::take);
        }

        @Test
        void leavesWhatIsThereToBeTaken() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            queue.offerAll(List.of(1, 2, 3, 4, 5));
            queue.shutdown();
            IpcQueue<Integer> theirs = sameNumbers();
            assertEquals(5, theirs.size());
            assertEquals(1, theirs.peek());
            assertEquals(1, theirs.take());
            assertEquals(2, theirs.poll());
            assertEquals(3, theirs.poll(1, TimeUnit.DAYS));
            assertEquals(List.of(4), theirs.takeUpTo(1));
            assertEquals(List.of(5), emptied(theirs));
        }

        @ParameterizedTest
        @EnumSource
        void endsWhateverTakesOnceTheQueueIsEmpty(Taking taking) throws InterruptedException {
            IpcQueue<Integer> queue = numbers(2);
            queue.add(1);
            queue.shutdown();
            queue.take();
            taking.assertEnded(Async.of(() -> taking.call(queue)));
            taking.assertEnded(Async.of(() -> taking.call(sameNumbers())));
        }

        @Test
        void letsCallsThatDoNotWaitFindNothing() {
            IpcQueue<Integer> queue = numbers(2);
            queue.shutdown();
            assertNull(queue.poll());
            assertNull(queue.peek());
            assertThrows(NoSuchElementException.class, queue::remove);
            assertThrows(NoSuchElementException.class, queue::element);
            assertEquals(List.of(), emptied(queue));
            assertFalse(queue.iterator().hasNext());
            assertFalse(queue.remove((Object) 1));
            queue.clear();
            assertEquals(0, queue.read(message -> {
            }, 5));
        }

        @ParameterizedTest
        @EnumSource
        void wakesWhoeverWaitsForAMessage(Taking taking) {
            IpcQueue<Integer> queue = numbers(2);
            List<Async<Object>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(Async.of(() -> taking.call(queue)));
            }
            waiting.forEach(call -> awaitAsleep(call));
            sameNumbers().shutdown();
            waiting.forEach(taking::assertEnded);
        }

        @ParameterizedTest
        @EnumSource(names = {"PUT", "OFFER_TIMED", "OFFER_ALL_TIMED", "PUT_ALL", "CLAIM", "CLAIM_TIMED"})
        void wakesWhoeverWaitsForRoomAndAddsNothing(Adding adding) throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            queue.add(1);
            List<Async<Object>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(Async.of(() -> adding.call(queue)));
            }
            waiting.forEach(call -> awaitAsleep(call));
            sameNumbers().shutdown();
            waiting.forEach(call -> assertInstanceOf(QueueShutDownException.class, call.failure()));
            assertEquals(1, queue.take());
            assertThrows(QueueShutDownException.class, queue::take);
        }

        @Test
        void wakesThoseWhoWaitForBytes() {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            fill(queue, 10);
            Async<Void> waiting = Async.run(() -> queue.put(new byte[200]));
            awaitAsleep(waiting);
            queue.shutdown();
            assertInstanceOf(QueueShutDownException.class, waiting.failure());
        }

        @Test
        void leavesTheEndToTheLastOfSeveralConsumers() {
            IpcQueue<Integer> queue = numbers(4);
            queue.offerAll(List.of(1, 2, 3, 4));
            queue.shutdown();
            List<Async<Integer>> consumers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                consumers.add(Async.of(queue::take));
            }
            assertEquals(10, consumers.stream().mapToInt(Async::get).sum());
            assertInstanceOf(QueueShutDownException.class, Async.of(queue::take).failure());
        }

        @Test
        void keepsEveryMessageThatWasAcceptedAndNoOther() {
            for (int round = 0; round < 20; round++) {
                IpcQueue<Integer> queue =
                        IpcQueue.create(segment, Codec.int32(), Capacity.items(1 + round % 4).bytesEach(4));
                AtomicInteger accepted = new AtomicInteger();
                List<Async<Void>> producers = new ArrayList<>();
                for (int p = 0; p < 3; p++) {
                    producers.add(Async.run(() -> {
                        while (true) {
                            queue.put(1);
                            accepted.incrementAndGet();
                        }
                    }));
                }
                Async<Integer> consumer = Async.of(() -> {
                    int taken = 0;
                    try {
                        while (true) {
                            taken += queue.take();
                        }
                    } catch (QueueShutDownException e) {
                        return taken;
                    }
                });
                Until.isTrue("some are through", () -> accepted.get() > 50);
                queue.shutdown();
                producers.forEach(p -> assertInstanceOf(QueueShutDownException.class, p.failure()));
                assertEquals(accepted.get(), consumer.get());
                assertTrue(queue.isEmpty());
            }
        }
    }

    @Nested
    class ShutDownNow {

        @Test
        void dropsWhatIsLeftAndSaysHowManyThatWere() {
            IpcQueue<Integer> queue = numbers(5);
            queue.offerAll(List.of(1, 2, 3));
            assertEquals(3, sameNumbers().shutdownNow());
            assertTrue(queue.isShutDown());
            assertHolds(queue, List.of());
            assertThrows(QueueShutDownException.class, queue::take);
            assertThrows(QueueShutDownException.class, () -> queue.put(1));
            assertEquals(0, queue.shutdownNow());
        }

        @Test
        void countsNoMessageThatWasRemoved() {
            IpcQueue<Integer> queue = numbers(5);
            queue.offerAll(List.of(1, 2, 3, 4));
            queue.remove((Object) 2);
            queue.remove((Object) 3);
            assertEquals(2, queue.shutdownNow());
        }

        @Test
        void afterAShutDownDropsTheRest() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            queue.offerAll(List.of(1, 2, 3));
            queue.shutdown();
            assertEquals(1, queue.take());
            assertEquals(2, queue.shutdownNow());
            assertThrows(QueueShutDownException.class, queue::take);
        }

        @ParameterizedTest
        @EnumSource
        void wakesWhoeverWaitsForAMessage(Taking taking) {
            IpcQueue<Integer> queue = numbers(2);
            Async<Object> waiting = Async.of(() -> taking.call(queue));
            awaitAsleep(waiting);
            assertEquals(0, sameNumbers().shutdownNow());
            taking.assertEnded(waiting);
        }

        @ParameterizedTest
        @EnumSource(names = {"PUT", "OFFER_TIMED", "OFFER_ALL_TIMED", "PUT_ALL", "CLAIM", "CLAIM_TIMED"})
        void wakesWhoeverWaitsForRoom(Adding adding) {
            IpcQueue<Integer> queue = numbers(1);
            queue.add(1);
            Async<Object> waiting = Async.of(() -> adding.call(queue));
            awaitAsleep(waiting);
            assertEquals(1, sameNumbers().shutdownNow());
            assertInstanceOf(QueueShutDownException.class, waiting.failure());
            assertHolds(queue, List.of());
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 3, 50})
        void accountsForEveryMessageThatWasAccepted(int capacity) {
            for (int round = 0; round < 8; round++) {
                IpcQueue<Integer> queue =
                        IpcQueue.create(segment, Codec.int32(), Capacity.items(capacity).bytesEach(4));
                AtomicInteger accepted = new AtomicInteger();
                List<Async<Void>> producers = new ArrayList<>();
                for (int p = 0; p < 2; p++) {
                    producers.add(Async.run(() -> {
                        while (true) {
                            queue.put(1);
                            accepted.incrementAndGet();
                        }
                    }));
                }
                AtomicInteger taken = new AtomicInteger();
                Async<Void> consumer = Async.run(() -> {
                    while (true) {
                        taken.addAndGet(queue.take());
                    }
                });
                Until.isTrue("some are through", () -> taken.get() > 50);
                int dropped = queue.shutdownNow();
                producers.forEach(p -> assertInstanceOf(QueueShutDownException.class, p.failure()));
                assertInstanceOf(QueueShutDownException.class, consumer.failure());
                assertEquals(accepted.get(), taken.get() + dropped);
                assertTrue(queue.isEmpty());
            }
        }
    }

    @Nested
    class Removal {

        @Test
        void worksAfterAShutDown() {
            IpcQueue<Integer> queue = numbers(5);
            queue.offerAll(List.of(1, 2, 3, 4, 5));
            queue.shutdown();
            assertTrue(queue.remove((Object) 2));
            assertTrue(queue.removeIf(i -> i > 3));
            Set<Integer> left = new HashSet<>(queue);
            assertEquals(Set.of(1, 3), left);
            queue.clear();
            assertThrows(QueueShutDownException.class, queue::take);
        }

        @Test
        void ofTheLastMessageEndsTheStreamForThoseWhoWait() {
            IpcQueue<Integer> queue = numbers(5);
            queue.add(1);
            queue.shutdown();
            assertTrue(queue.remove((Object) 1));
            assertInstanceOf(QueueShutDownException.class, Async.of(queue::take).failure());
        }
    }
}
