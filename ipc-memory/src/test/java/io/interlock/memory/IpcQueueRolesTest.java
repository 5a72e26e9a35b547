package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interlock.core.platform.Platform;
import io.interlock.core.testing.Async;
import io.interlock.memory.error.CodecException;
import io.interlock.memory.error.QueueShutDownException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A side of a queue that belongs to one process for a while. */
class IpcQueueRolesTest extends QueueFixture {

    private static final int MANY = 20_000;

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toList());
    }

    @Nested
    class Producer {

        @Test
        void putsAsTheQueueDoes() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(6);
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                producer.put(1);
                assertTrue(producer.offer(2));
                assertTrue(producer.offer(3, 1, TimeUnit.DAYS));
                assertTrue(producer.offerAll(List.of(4, 5)));
                assertFalse(producer.offerAll(List.of(6, 7)));
                try (Claim claim = producer.claim(4)) {
                    claim.buffer().putInt(6);
                    claim.commit();
                }
                assertFalse(producer.offer(7));
                assertFalse(producer.offer(7, 1, TimeUnit.MILLISECONDS));
                assertFalse(producer.offer(7, -1, TimeUnit.DAYS));
                assertNull(producer.tryClaim(4));
                assertNull(producer.claim(4, 1, TimeUnit.MILLISECONDS));
                assertHolds(sameNumbers(), List.of(1, 2, 3, 4, 5, 6));
            }
            assertEquals(List.of(1, 2, 3, 4, 5, 6), emptied(queue));
        }

        @Test
        void claimsAsTheQueueDoes() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 8);
            try (ExclusiveProducer<byte[]> producer = queue.exclusiveProducer()) {
                for (int i = 0; i < 200; i++) {
                    try (Claim claim = i % 2 == 0 ? producer.tryClaim(i % 70) : producer.claim(i % 70, 1,
                            TimeUnit.DAYS)) {
                        assertEquals(i % 70, claim.buffer().remaining());
                        for (int n = 0; n < i % 70; n++) {
                            claim.buffer().put(n, (byte) i);
                        }
                        if (i % 5 == 0) {
                            claim.commit(i % 70 / 2);
                        } else if (i % 5 == 1) {
                            claim.abort();
                        } else {
                            claim.commit();
                        }
                    }
                    byte[] taken = queue.poll();
                    if (i % 5 == 1) {
                        assertNull(taken);
                    } else {
                        assertEquals(i % 5 == 0 ? i % 70 / 2 : i % 70, taken.length);
                        for (byte b : taken) {
                            assertEquals((byte) i, b);
                        }
                    }
                }
            }
        }

        @Test
        void claimsOneMessageAtATime() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(6);
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer();
                    Claim claim = producer.claim(4)) {
                assertThrows(IllegalStateException.class, () -> producer.claim(4));
                assertThrows(IllegalStateException.class, () -> producer.tryClaim(4));
                assertThrows(IllegalStateException.class, () -> producer.put(1));
                assertThrows(IllegalStateException.class, () -> producer.offer(1));
                assertThrows(IllegalStateException.class, () -> producer.offerAll(List.of(1)));
                claim.buffer().putInt(7);
                claim.commit();
                producer.put(8);
            }
            assertEquals(List.of(7, 8), emptied(queue));
        }

        @Test
        void abortsAnOpenClaimWhenItIsClosed() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(6);
            ExclusiveProducer<Integer> producer = queue.exclusiveProducer();
            Claim claim = producer.claim(4);
            claim.buffer().putInt(7);
            producer.close();
            queue.put(1);
            assertThrows(IllegalStateException.class, claim::commit);
            claim.close();
            queue.put(2);
            assertEquals(List.of(1, 2), emptied(queue));
        }

        @Test
        void refusesNullAndWhatIsTooLarge() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 8);
            try (ExclusiveProducer<byte[]> producer = queue.exclusiveProducer()) {
                byte[] tooLarge = new byte[queue.largestMessageBytes() + 1];
                assertThrows(NullPointerException.class, () -> producer.put(null));
                assertThrows(NullPointerException.class, () -> producer.offer(null));
                assertThrows(NullPointerException.class, () -> producer.offerAll(null));
                assertNames(assertThrows(IllegalArgumentException.class, () -> producer.put(tooLarge)),
                        tooLarge.length, queue.largestMessageBytes());
                assertThrows(IllegalArgumentException.class, () -> producer.offer(tooLarge));
                assertThrows(IllegalArgumentException.class, () -> producer.offerAll(List.of(tooLarge)));
                assertThrows(IllegalArgumentException.class, () -> producer.claim(tooLarge.length));
                assertThrows(IllegalArgumentException.class, () -> producer.tryClaim(-1));
                assertTrue(queue.isEmpty());
                producer.put(new byte[1]);
            }
            assertEquals(1, queue.size());
        }

        @Test
        void keepsOtherProducersOut() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            IpcQueue<Integer> theirs = sameNumbers();
            Async<Void> waiting;
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                producer.put(1);
                for (IpcQueue<Integer> handle : List.of(queue, theirs)) {
                    assertFalse(handle.offer(2));
                    assertFalse(handle.offer(2, 1, TimeUnit.MILLISECONDS));
                    assertThrows(IllegalStateException.class, () -> handle.add(2));
                    assertFalse(handle.offerAll(List.of(2)));
                    assertNull(handle.tryClaim(4));
                    assertNull(handle.claim(4, 1, TimeUnit.MILLISECONDS));
                    assertNull(handle.exclusiveProducer(1, TimeUnit.MILLISECONDS));
                    assertNull(handle.exclusiveProducer(-1, TimeUnit.DAYS));
                }
                waiting = Async.run(() -> theirs.put(3));
                awaitAsleep(waiting);
                producer.put(2);
            }
            waiting.get();
            assertEquals(List.of(1, 2, 3), emptied(queue));
        }

        @Test
        void leavesTheConsumersAlone() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(2);
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                Async<Integer> consumer = Async.of(sameNumbers()::take);
                awaitAsleep(consumer);
                producer.put(1);
                assertEquals(1, consumer.get());
                producer.put(2);
                assertEquals(2, queue.poll());
                producer.offerAll(List.of(3, 4));
                queue.clear();
                assertTrue(producer.offerAll(List.of(5, 6)));
                assertEquals(List.of(5, 6), emptied(queue));
            }
        }

        @Test
        void waitsForRoom() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                producer.put(1);
                Async<Void> other = Async.run(() -> producer.put(2));
                awaitAsleep(other);
                assertEquals(1, queue.take());
                other.get();
                assertEquals(2, queue.take());
            }
        }

        @Test
        void canBeUsedAndClosedByAnotherThread() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            ExclusiveProducer<Integer> producer = Async.of(() -> queue.exclusiveProducer()).get();
            producer.put(1);
            Async.run(() -> producer.put(2)).get();
            assertFalse(queue.offer(3));
            Async.run(producer::close).get();
            assertTrue(queue.offer(3));
            assertEquals(List.of(1, 2, 3), emptied(queue));
        }

        @Test
        void isOverWhenItIsClosed() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            ExclusiveProducer<Integer> producer = queue.exclusiveProducer();
            producer.put(1);
            producer.close();
            producer.close();
            assertThrows(IllegalStateException.class, () -> producer.put(2));
            assertThrows(IllegalStateException.class, () -> producer.offer(2));
            assertThrows(IllegalStateException.class, () -> producer.offer(2, 1, TimeUnit.DAYS));
            assertThrows(IllegalStateException.class, () -> producer.offerAll(List.of(2)));
            assertThrows(IllegalStateException.class, () -> producer.claim(4));
            assertThrows(IllegalStateException.class, () -> producer.tryClaim(4));
            assertHolds(queue, List.of(1));
            try (ExclusiveProducer<Integer> next = queue.exclusiveProducer()) {
                producer.close();
                assertFalse(queue.offer(2), "the next one has the side");
                next.put(3);
            }
        }

        @Test
        void waitsForItsPredecessor() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            ExclusiveProducer<Integer> first = queue.exclusiveProducer();
            Async<ExclusiveProducer<Integer>> second = Async.of(() -> sameNumbers().exclusiveProducer());
            awaitAsleep(second);
            first.close();
            second.get().put(1);
            second.get().close();
            ExclusiveProducer<Integer> third = queue.exclusiveProducer(1, TimeUnit.DAYS);
            assertNotNull(third);
            third.close();
        }

        @Test
        void isInterruptible() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            Async<ExclusiveProducer<Integer>> before = Async.of(() -> {
                Thread.currentThread().interrupt();
                return queue.exclusiveProducer();
            });
            assertInstanceOf(InterruptedException.class, before.failure());
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                Async<ExclusiveProducer<Integer>> waiting = Async.of(() -> queue.exclusiveProducer());
                awaitAsleep(waiting);
                waiting.thread().interrupt();
                assertInstanceOf(InterruptedException.class, waiting.failure());
                producer.put(1);
                Async<Void> put = Async.run(() -> producer.put(2));
                awaitAsleep(put);
                put.thread().interrupt();
                assertInstanceOf(InterruptedException.class, put.failure());
                Async<Boolean> offered = Async.of(() -> {
                    Thread.currentThread().interrupt();
                    return producer.offer(2, 1, TimeUnit.DAYS);
                });
                assertInstanceOf(InterruptedException.class, offered.failure());
            }
            assertHolds(queue, List.of(1));
            assertTrue(queue.remove((Object) 1));
            assertTrue(queue.offer(2));
        }

        @Test
        void seesTheEndOfTheStream() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                producer.put(1);
                sameNumbers().shutdown();
                assertThrows(QueueShutDownException.class, () -> producer.put(2));
                assertThrows(QueueShutDownException.class, () -> producer.offer(2));
                assertThrows(QueueShutDownException.class, () -> producer.offerAll(List.of(2)));
                assertThrows(QueueShutDownException.class, () -> producer.tryClaim(4));
                assertEquals(1, queue.take());
                assertThrows(QueueShutDownException.class, queue::take);
            }
            assertThrows(QueueShutDownException.class, () -> queue.put(2));
        }

        @Test
        void isWokenByTheEndOfTheStream() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                producer.put(1);
                Async<Void> waiting = Async.run(() -> producer.put(2));
                awaitAsleep(waiting);
                queue.shutdown();
                assertInstanceOf(QueueShutDownException.class, waiting.failure());
            }
        }

        @Test
        void thatClosesAfterAShutDownEndsTheStreamForThoseWhoWait() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            ExclusiveProducer<Integer> producer = queue.exclusiveProducer();
            Async<Integer> consumer = Async.of(queue::take);
            awaitAsleep(consumer);
            sameNumbers().shutdown();
            producer.close();
            assertInstanceOf(QueueShutDownException.class, consumer.failure());
        }
    }

    @Nested
    class Consumer {

        @Test
        void takesAsTheQueueDoes() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(12);
            queue.addAll(range(0, 12));
            try (ExclusiveConsumer<Integer> consumer = sameNumbers().exclusiveConsumer()) {
                assertEquals(0, consumer.take());
                assertEquals(1, consumer.poll());
                assertEquals(2, consumer.poll(1, TimeUnit.DAYS));
                assertEquals(List.of(3, 4), consumer.takeUpTo(2));
                assertEquals(List.of(5), consumer.takeUpTo(1, 1, TimeUnit.DAYS));
                List<Integer> target = new ArrayList<>();
                assertEquals(2, consumer.drainTo(target, 2));
                List<Integer> read = new ArrayList<>();
                assertEquals(1, consumer.read(message -> read.add(message.getInt()), 1));
                assertEquals(List.of(8), read);
                assertEquals(3, consumer.drainTo(target));
                assertEquals(List.of(6, 7, 9, 10, 11), target);
                assertNull(consumer.poll());
                assertNull(consumer.poll(1, TimeUnit.MILLISECONDS));
                assertNull(consumer.poll(-1, TimeUnit.DAYS));
                assertEquals(List.of(), consumer.takeUpTo(2, 1, TimeUnit.MILLISECONDS));
                assertEquals(0, consumer.drainTo(target));
                assertEquals(0, consumer.read(message -> {
                }, 1));
            }
            assertTrue(queue.isEmpty());
            assertEquals(12, queue.remainingCapacity());
        }

        @Test
        void readsDirectly() throws InterruptedException {
            assumeTrue(Platform.hasAgrona());
            IpcQueue<byte[]> queue = bytes(1 << 8);
            queue.add(new byte[]{1, 2, 3});
            List<Integer> seen = new ArrayList<>();
            try (ExclusiveConsumer<byte[]> consumer = queue.exclusiveConsumer()) {
                assertEquals(1, consumer.readDirect((buffer, offset, length) -> {
                    seen.add(length);
                    seen.add((int) buffer.getByte(offset + 2));
                }, 5));
            }
            assertEquals(List.of(3, 3), seen);
        }

        @Test
        void losesNothingIfAHandlerOrACodecThrows() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(4);
            queue.offerAll(List.of(1, 2, 3));
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                List<Integer> seen = new ArrayList<>();
                assertThrows(IllegalStateException.class, () -> consumer.read(message -> {
                    seen.add(message.getInt());
                    if (seen.size() == 2) {
                        throw new IllegalStateException("no");
                    }
                }, 5));
                assertEquals(2, queue.size());
                assertEquals(2, consumer.take());
                assertEquals(3, consumer.take());
            }
        }

        @Test
        void isNotUsedInItsOwnHandlers() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(4);
            queue.offerAll(List.of(1, 2, 3));
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                assertEquals(1, consumer.read(message -> {
                    assertThrows(IllegalStateException.class, consumer::take);
                    assertThrows(IllegalStateException.class, consumer::poll);
                    assertThrows(IllegalStateException.class, () -> consumer.drainTo(new ArrayList<>()));
                    assertThrows(IllegalStateException.class, () -> consumer.read(m -> {
                    }, 1));
                    assertThrows(IllegalStateException.class, consumer::close);
                }, 1));
                assertEquals(2, consumer.take());
            }
            assertEquals(3, queue.poll());
        }

        @Test
        void losesOnlyTheMessageThatItsCodecRefuses() throws InterruptedException {
            IpcQueue<byte[]> raw = IpcQueue.create(segment, "raw", RawInt32.CODEC, Capacity.bytes(1 << 10));
            IpcQueue<Integer> queue = IpcQueue.open(other, "raw", Codec.int32());
            raw.add(new byte[3]);
            queue.add(5);
            raw.add(new byte[2]);
            queue.add(6);
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                assertArrayEquals(new byte[3], assertThrows(CodecException.class, consumer::take).message());
                List<Integer> target = new ArrayList<>();
                assertArrayEquals(new byte[2], assertThrows(CodecException.class, () -> consumer.drainTo(target))
                        .message());
                consumer.drainTo(target);
                assertEquals(List.of(5, 6), target);
            }
        }

        @Test
        void keepsOtherConsumersOut() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(4);
            IpcQueue<Integer> theirs = sameNumbers();
            queue.offerAll(List.of(1, 2, 3));
            Async<Integer> waiting;
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                for (IpcQueue<Integer> handle : List.of(queue, theirs)) {
                    assertNull(handle.poll());
                    assertNull(handle.poll(1, TimeUnit.MILLISECONDS));
                    assertEquals(List.of(), handle.takeUpTo(3, 1, TimeUnit.MILLISECONDS));
                    assertEquals(0, handle.drainTo(new ArrayList<>()));
                    assertEquals(0, handle.read(message -> {
                    }, 1));
                    assertThrows(IllegalStateException.class, handle::clear);
                    assertThrows(IllegalStateException.class, () -> handle.remove((Object) 2));
                    assertNull(handle.exclusiveConsumer(1, TimeUnit.MILLISECONDS));
                    assertNull(handle.exclusiveConsumer(-1, TimeUnit.DAYS));
                    assertEquals(1, handle.peek());
                    assertHolds(handle, List.of(1, 2, 3));
                }
                waiting = Async.of(theirs::take);
                awaitAsleep(waiting);
                assertEquals(1, consumer.take());
            }
            assertEquals(2, waiting.get());
            assertEquals(3, queue.poll());
        }

        @Test
        void leavesTheProducersAlone() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                queue.add(1);
                Async<Void> producer = Async.run(() -> sameNumbers().put(2));
                awaitAsleep(producer);
                assertEquals(1, consumer.take());
                producer.get();
                assertEquals(2, consumer.take());
                Async<Integer> waiting = Async.of(consumer::take);
                awaitAsleep(waiting);
                queue.add(3);
                assertEquals(3, waiting.get());
            }
        }

        @Test
        void canBeUsedAndClosedByAnotherThread() {
            IpcQueue<Integer> queue = numbers(4);
            queue.offerAll(List.of(1, 2, 3));
            ExclusiveConsumer<Integer> consumer = Async.of(() -> queue.exclusiveConsumer()).get();
            assertEquals(1, Async.of(consumer::take).get());
            assertEquals(2, Async.of(consumer::take).get());
            assertNull(queue.poll());
            Async.run(consumer::close).get();
            assertEquals(3, queue.poll());
        }

        @Test
        void isOverWhenItIsClosed() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            queue.add(1);
            ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer();
            consumer.close();
            consumer.close();
            assertThrows(IllegalStateException.class, consumer::take);
            assertThrows(IllegalStateException.class, consumer::poll);
            assertThrows(IllegalStateException.class, () -> consumer.poll(1, TimeUnit.DAYS));
            assertThrows(IllegalStateException.class, () -> consumer.drainTo(new ArrayList<>()));
            assertThrows(IllegalStateException.class, () -> consumer.takeUpTo(1));
            assertThrows(IllegalStateException.class, () -> consumer.read(message -> {
            }, 1));
            try (ExclusiveConsumer<Integer> next = queue.exclusiveConsumer()) {
                consumer.close();
                assertNull(queue.poll(), "the next one has the side");
                assertEquals(1, next.take());
            }
        }

        @Test
        void isInterruptible() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                for (Async<?> waiting : List.of(Async.of(consumer::take))) {
                    awaitAsleep(waiting);
                    waiting.thread().interrupt();
                    assertInstanceOf(InterruptedException.class, waiting.failure());
                }
                Async<ExclusiveConsumer<Integer>> second = Async.of(() -> queue.exclusiveConsumer());
                awaitAsleep(second);
                second.thread().interrupt();
                assertInstanceOf(InterruptedException.class, second.failure());
                queue.add(1);
                Async<Integer> before = Async.of(() -> {
                    Thread.currentThread().interrupt();
                    return consumer.take();
                });
                assertInstanceOf(InterruptedException.class, before.failure());
                assertEquals(1, consumer.poll());
            }
        }

        @Test
        void drainsAndThenSeesTheEndOfTheStream() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                queue.offerAll(List.of(1, 2));
                sameNumbers().shutdown();
                assertEquals(1, consumer.take());
                assertEquals(2, consumer.take());
                assertThrows(QueueShutDownException.class, consumer::take);
                assertThrows(QueueShutDownException.class, () -> consumer.takeUpTo(2));
                assertNull(consumer.poll());
                assertNull(consumer.poll(1, TimeUnit.DAYS));
            }
        }

        @Test
        void isWokenByTheEndOfTheStream() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                Async<Integer> waiting = Async.of(consumer::take);
                awaitAsleep(waiting);
                sameNumbers().shutdown();
                assertInstanceOf(QueueShutDownException.class, waiting.failure());
            }
        }

        @Test
        void takesNothingAfterAShutDownNow() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            queue.offerAll(List.of(1, 2));
            try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                queue.shutdownNow();
                assertThrows(QueueShutDownException.class, consumer::take);
                assertNull(consumer.poll());
            }
            assertTrue(queue.isEmpty());
        }

        @Test
        void thatClosesAfterAShutDownNowLeavesNothing() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            queue.offerAll(List.of(1, 2));
            ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer();
            queue.shutdownNow();
            consumer.close();
            assertTrue(queue.isEmpty());
            assertThrows(QueueShutDownException.class, queue::take);
        }
    }

    /** Raw messages under the name of another codec. */
    private static final class RawInt32 implements Codec<byte[]> {

        static final RawInt32 CODEC = new RawInt32();

        @Override
        public String id() {
            return Codec.int32().id();
        }

        @Override
        public void encode(byte[] item, EncodeBuffer out) {
            out.putBytes(item);
        }

        @Override
        public byte[] decode(ByteBuffer message) {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            return bytes;
        }
    }

    @Nested
    class Pairs {

        @ParameterizedTest
        @ValueSource(ints = {1, 3, 64, 1000})
        void ofRolesLoseNothing(int capacity) throws InterruptedException {
            IpcQueue<Integer> queue = numbers(capacity);
            Async<Void> producing = Async.run(() -> {
                try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                    for (int i = 0; i < MANY; i++) {
                        producer.put(i);
                    }
                }
            });
            try (ExclusiveConsumer<Integer> consumer = sameNumbers().exclusiveConsumer()) {
                for (int i = 0; i < MANY; i++) {
                    assertEquals(i, consumer.take());
                }
            }
            producing.get();
            assertTrue(queue.isEmpty());
        }

        @Test
        void ofARoleAndOrdinaryConsumersLoseNothing() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            List<Async<Long>> consumers = new ArrayList<>();
            for (int c = 0; c < 3; c++) {
                consumers.add(Async.of(() -> {
                    long sum = 0;
                    try {
                        while (true) {
                            sum += sameNumbers().take();
                        }
                    } catch (QueueShutDownException e) {
                        return sum;
                    }
                }));
            }
            try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                for (int i = 0; i < 2000; i++) {
                    producer.put(i);
                }
            }
            queue.shutdown();
            assertEquals(1999 * 1000L, consumers.stream().mapToLong(Async::get).sum());
        }

        @Test
        void ofOrdinaryProducersAndARoleLoseNothing() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            List<Async<Void>> producers = new ArrayList<>();
            for (int p = 0; p < 3; p++) {
                int start = p * MANY;
                producers.add(Async.run(() -> {
                    for (int i = 0; i < 1000; i++) {
                        queue.put(start + i);
                    }
                }));
            }
            int[] next = new int[3];
            try (ExclusiveConsumer<Integer> consumer = sameNumbers().exclusiveConsumer()) {
                for (int i = 0; i < 3000; i++) {
                    int taken = consumer.take();
                    assertEquals(next[taken / MANY]++, taken % MANY);
                }
            }
            producers.forEach(Async::get);
            assertTrue(queue.isEmpty());
        }

        @Test
        void ofRolesThatComeAndGoBesideOthersLoseNothing() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            Async<Void> role = Async.run(() -> {
                for (int i = 0; i < 200; i++) {
                    try (ExclusiveProducer<Integer> producer = queue.exclusiveProducer()) {
                        producer.put(2 * i);
                        producer.put(2 * i + 1);
                    }
                }
            });
            Async<Void> ordinary = Async.run(() -> {
                for (int i = 0; i < 400; i++) {
                    sameNumbers().put(MANY + i);
                }
            });
            int[] next = new int[2];
            for (int i = 0; i < 400; i++) {
                try (ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer()) {
                    int taken = consumer.take();
                    assertEquals(next[taken / MANY]++, taken % MANY);
                }
                int taken = queue.take();
                assertEquals(next[taken / MANY]++, taken % MANY);
            }
            role.get();
            ordinary.get();
            assertTrue(queue.isEmpty());
        }
    }
}
