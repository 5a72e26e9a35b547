package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.Async;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.RingProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a process left that died in the middle of something, as it would be found in the memory. */
class IpcQueueDeathTest extends QueueFixture {

    /** Bytes of a record of one number. */
    private static final int RECORD = 16;

    private IpcQueue<Integer> queue;
    private RingProbe probe;

    @BeforeEach
    void makeQueue() {
        queue = numbers(4);
        probe = new RingProbe(segment, queue.id());
        queue.offerAll(List.of(1, 2, 3));
    }

    /** Does the first of the two steps of a removal: marks the record. */
    private void mark(int index) {
        probe.setHeader(probe.oldestOffset() + index * RECORD, RecordHeader.of(4, RecordHeader.REMOVED));
    }

    @Nested
    class InAPut {

        @Test
        void leavesNothingAndTheSideIsFreeForWhoeverComesNext() throws InterruptedException {
            probe.setHeader(probe.nextOffset(), RecordHeader.of(4, RecordHeader.MESSAGE));
            probe.abandonProducers();
            assertHolds(queue, List.of(1, 2, 3));
            assertTrue(queue.offer(4));
            probe.abandonProducers();
            assertFalse(queue.offer(5));
            probe.abandonProducers();
            assertEquals(1, queue.take());
            queue.put(5);
            probe.abandonProducers();
            queue.take();
            assertTrue(queue.offerAll(List.of(6)));
            probe.abandonProducers();
            queue.take();
            write(queue.claim(4), 7);
            probe.abandonProducers();
            queue.take();
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                producer.put(8);
            }
            assertEquals(List.of(5, 6, 7, 8), emptied(queue));
        }

        @Test
        void isNoticedByThoseWhoWaitForTheSide() throws InterruptedException {
            queue.put(4);
            Async<Void> producer = Async.run(() -> queue.put(5));
            awaitAsleep(producer);
            probe.abandonProducers();
            assertEquals(1, queue.take());
            producer.get();
            assertHolds(queue, List.of(2, 3, 4, 5));
        }

        @Test
        void doesNotKeepTheEndOfTheStream() throws InterruptedException {
            probe.abandonProducers();
            queue.shutdown();
            assertTrue(queue.isShutDown());
            assertThrows(QueueShutDownException.class, () -> queue.put(5));
            assertEquals(List.of(1, 2, 3), emptied(queue));
            assertThrows(QueueShutDownException.class, queue::take);
        }
    }

    @Nested
    class InATake {

        @Test
        void leavesTheMessageAndTheSideIsFreeForWhoeverComesNext() throws InterruptedException {
            probe.abandonConsumers();
            assertEquals(1, queue.take());
            probe.abandonConsumers();
            assertEquals(2, queue.poll());
            probe.abandonConsumers();
            assertEquals(3, queue.poll(1, TimeUnit.DAYS));
            probe.abandonConsumers();
            assertNull(queue.poll());
            queue.offerAll(List.of(4, 5, 6, 7));
            probe.abandonConsumers();
            assertEquals(List.of(4), queue.takeUpTo(1));
            probe.abandonConsumers();
            List<Integer> drained = new ArrayList<>();
            queue.drainTo(drained, 1);
            assertEquals(List.of(5), drained);
            probe.abandonConsumers();
            assertEquals(1, queue.read(message -> assertEquals(6, message.getInt()), 1));
            probe.abandonConsumers();
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                assertEquals(7, consumer.take());
            }
            assertTrue(queue.isEmpty());
        }

        @Test
        void doesNotKeepThoseWhoRemove() {
            probe.abandonConsumers();
            assertTrue(queue.remove((Object) 2));
            probe.abandonConsumers();
            queue.clear();
            assertTrue(queue.isEmpty());
            queue.add(4);
            probe.abandonConsumers();
            assertEquals(1, queue.shutdownNow());
        }

        @Test
        void isNoticedByThoseWhoWait() {
            queue.clear();
            Async<Integer> consumer = Async.of(queue::take);
            awaitAsleep(consumer);
            probe.abandonConsumers();
            queue.add(4);
            assertEquals(4, consumer.get());
        }
    }

    @Nested
    class InARemoval {

        @Test
        void fromTheMiddleIsFinishedByTheNextConsumer() throws InterruptedException {
            mark(1);
            probe.abandonConsumers();
            assertEquals(1, queue.take());
            assertHolds(queue, List.of(3));
            assertEquals(3, queue.remainingCapacity());
            assertEquals(3, queue.take());
            assertNull(queue.poll());
            assertTrue(queue.isEmpty());
        }

        @Test
        void ofTheOldestIsFinishedByTheNextConsumer() {
            mark(0);
            probe.abandonConsumers();
            assertEquals(2, queue.peek());
            assertEquals(2, queue.poll());
            assertHolds(queue, List.of(3));
        }

        @Test
        void ofTheNewestIsFinishedByTheNextConsumer() {
            mark(2);
            probe.abandonConsumers();
            assertEquals(1, queue.poll());
            assertEquals(2, queue.poll());
            assertNull(queue.poll());
            assertTrue(queue.isEmpty());
            queue.add(4);
            assertHolds(queue, List.of(4));
        }

        @Test
        void ofTheOnlyOneHidesItAtOnceAndNobodyHangs() {
            queue.poll();
            queue.poll();
            mark(0);
            probe.abandonConsumers();
            assertNull(Async.of(queue::peek).get());
            assertFalse(queue.iterator().hasNext());
            assertNull(Async.of(() -> queue.poll()).get());
            assertTrue(queue.isEmpty());
            assertEquals(4, queue.remainingCapacity());
        }

        @Test
        void isFinishedByWhoeverUsesTheSideNext() throws InterruptedException {
            mark(1);
            probe.abandonConsumers();
            assertEquals(1, queue.read(message -> {
            }, 1));
            assertHolds(queue, List.of(3));
            queue.offerAll(List.of(4, 5));
            mark(1);
            probe.abandonConsumers();
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                assertEquals(2, queue.size());
                assertEquals(List.of(3, 5), consumer.takeUpTo(5));
            }
            queue.offerAll(List.of(6, 7, 8));
            mark(0);
            probe.abandonConsumers();
            assertTrue(queue.remove((Object) 7));
            assertHolds(queue, List.of(8));
        }

        @Test
        void givesItsPlaceToAProducerThatWaits() {
            queue.add(4);
            mark(1);
            probe.abandonConsumers();
            Async<Void> producer = Async.run(() -> queue.put(5));
            awaitAsleep(producer);
            assertEquals(1, queue.poll());
            producer.get();
            assertTrue(queue.offer(6), "two places were free");
            assertHolds(queue, List.of(3, 4, 5, 6));
        }
    }

    @Nested
    class InARoleOrAClaim {

        @Test
        void freesBothSides() throws InterruptedException {
            probe.abandonRoles();
            assertTrue(queue.offer(4));
            assertEquals(1, queue.poll());
            probe.abandonClaimAndHandler();
            assertTrue(queue.offer(5));
            assertEquals(2, queue.poll());
            assertEquals(List.of(3, 4, 5), emptied(queue));
        }

        @Test
        void freesBothSidesForTheNextRole() throws InterruptedException {
            probe.abandonRoles();
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer(0, TimeUnit.SECONDS);
                    ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer(0, TimeUnit.SECONDS)) {
                producer.put(4);
                assertEquals(List.of(1, 2, 3, 4), consumer.takeUpTo(9));
            }
            assertTrue(queue.offer(5));
            assertEquals(5, queue.poll());
        }

        @Test
        void wakesThoseWhoWaitForTheStreamToEnd() {
            queue.clear();
            Async<Integer> consumer = Async.of(queue::take);
            awaitAsleep(consumer);
            probe.abandonClaimAndHandler();
            queue.shutdown();
            assertInstanceOf(QueueShutDownException.class, consumer.failure());
        }
    }

    private static void write(Claim claim, int number) {
        claim.buffer().putInt(number);
        claim.commit();
    }
}
