package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interlock.core.platform.Platform;
import io.interlock.core.testing.Async;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.sync.Until;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are written where they lie, and read where they lie. */
class IpcQueueClaimTest extends QueueFixture {

    private static byte[] of(int length, int seed) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) seed);
        return bytes;
    }

    private static void write(Claim claim, byte[] message) {
        claim.buffer().put(message);
        claim.commit();
    }

    /** What a handler saw. */
    private static byte[] copy(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return bytes;
    }

    /** Every call that would have to wait for this queue, or changes its side. */
    private static Map<String, Executable> waiting(IpcQueue<Integer> full, IpcQueue<Integer> empty) {
        Map<String, Executable> calls = new LinkedHashMap<>();
        calls.put("put", () -> full.put(1));
        calls.put("offer timed", () -> full.offer(1, 1, TimeUnit.DAYS));
        calls.put("putAll", () -> full.putAll(List.of(1)));
        calls.put("offerAll timed", () -> full.offerAll(List.of(1), 1, TimeUnit.DAYS));
        calls.put("claim", () -> full.claim(4));
        calls.put("claim timed", () -> full.claim(4, 1, TimeUnit.DAYS));
        calls.put("take", empty::take);
        calls.put("poll timed", () -> empty.poll(1, TimeUnit.DAYS));
        calls.put("takeUpTo", () -> empty.takeUpTo(1));
        calls.put("takeUpTo timed", () -> empty.takeUpTo(1, 1, TimeUnit.DAYS));
        return calls;
    }

    private static void assertAllRefused(Map<String, Executable> calls) {
        List<String> wrong = new ArrayList<>();
        calls.forEach((name, call) -> {
            try {
                call.execute();
                wrong.add(name + " did not throw");
            } catch (IllegalStateException e) {
                assertNotNull(e.getMessage());
            } catch (Throwable e) {
                wrong.add(name + " threw " + e);
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Nested
    class Claims {

        @Test
        void areSeenWhenTheyAreCommittedAndNotBefore() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            IpcQueue<byte[]> theirs = sameBytes();
            try (Claim claim = queue.claim(3)) {
                claim.buffer().put(new byte[]{1, 2, 3});
                assertTrue(theirs.isEmpty());
                assertNull(theirs.poll());
                claim.commit();
                assertEquals(1, theirs.size());
            }
            assertArrayEquals(new byte[]{1, 2, 3}, theirs.take());
            assertNull(theirs.poll());
        }

        @Test
        void haveABufferOfTheirLengthInNativeOrder() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            for (int length : new int[]{0, 1, 7, 8, 9, 100, queue.largestMessageBytes()}) {
                try (Claim claim = queue.claim(length)) {
                    assertEquals(0, claim.buffer().position());
                    assertEquals(length, claim.buffer().remaining());
                    assertEquals(length, claim.buffer().capacity());
                    assertEquals(ByteOrder.nativeOrder(), claim.buffer().order());
                }
            }
            assertTrue(queue.isEmpty());
        }

        @Test
        void thatAreClosedOrAbortedWereNever() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 8);
            for (int i = 0; i < 100; i++) {
                Claim aborted = queue.claim(i % 50);
                aborted.abort();
                aborted.close();
                queue.tryClaim(i % 70).close();
                queue.claim(i % 30, 1, TimeUnit.DAYS).close();
                assertTrue(queue.isEmpty());
                queue.put(of(i % 60, i));
                assertArrayEquals(of(i % 60, i), queue.take());
            }
        }

        @Test
        void canBeCommittedShorter() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            try (Claim claim = queue.claim(100)) {
                claim.buffer().put(new byte[]{1, 2, 3, 4, 5});
                claim.commit(3);
            }
            queue.claim(50).commit(0);
            queue.claim(20).commit(20);
            assertArrayEquals(new byte[]{1, 2, 3}, queue.take());
            assertEquals(0, queue.take().length);
            assertEquals(20, queue.take().length);
            assertNull(queue.poll());
        }

        @ParameterizedTest
        @ValueSource(ints = {1 << 7, 1 << 8, 1 << 9, 1 << 10})
        void committedShorterAnywhereInTheRingKeepOrderAndContent(int bytes) throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(bytes);
            IpcQueue<byte[]> theirs = sameBytes();
            Random random = new Random(bytes);
            Deque<byte[]> model = new ArrayDeque<>();
            int largest = queue.largestMessageBytes();
            for (int step = 0; step < 5000; step++) {
                int claimed = random.nextInt(largest + 1);
                Claim claim = queue.tryClaim(claimed);
                if (claim != null) {
                    byte[] message = of(random.nextInt(claimed + 1), step);
                    claim.buffer().put(message);
                    switch (random.nextInt(4)) {
                        case 0 -> claim.abort();
                        default -> {
                            claim.commit(message.length);
                            model.add(message);
                        }
                    }
                    claim.close();
                }
                assertEquals(model.size(), theirs.size());
                for (int n = random.nextInt(3); n > 0 && !model.isEmpty(); n--) {
                    assertArrayEquals(model.remove(), theirs.take());
                }
            }
            for (byte[] message : model) {
                assertArrayEquals(message, theirs.poll());
            }
            assertNull(theirs.poll());
            assertArrayEquals(of(largest, 1), put(queue, of(largest, 1)).poll());
        }

        private IpcQueue<byte[]> put(IpcQueue<byte[]> queue, byte[] message) {
            assertTrue(queue.offer(message), "the ring is empty");
            return queue;
        }

        @Test
        void canNotBeCommittedLongerOrNegative() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            for (int wrong : new int[]{11, -1, 16, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                try (Claim claim = queue.claim(10)) {
                    assertNames(assertThrows(RuntimeException.class, () -> claim.commit(wrong)), wrong, 10);
                }
                assertTrue(queue.isEmpty());
            }
            assertNames(assertThrows(IllegalArgumentException.class, () -> queue.claim(-1)), -1);
            assertThrows(IllegalArgumentException.class, () -> queue.tryClaim(-1));
            assertThrows(IllegalArgumentException.class, () -> queue.tryClaim(Integer.MIN_VALUE));
            queue.put(of(1, 1));
        }

        @Test
        void endOnce() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            Claim committed = queue.claim(1);
            committed.commit();
            assertThrows(IllegalStateException.class, committed::commit);
            assertThrows(IllegalStateException.class, () -> committed.commit(1));
            committed.close();
            committed.close();
            assertEquals(1, queue.size());
            Claim aborted = queue.claim(1);
            aborted.abort();
            assertThrows(IllegalStateException.class, aborted::commit);
            aborted.close();
            assertEquals(1, queue.size());
            assertThrows(IllegalStateException.class, committed::commit);
            assertEquals(1, queue.size());
        }

        @Test
        void thatAreOverDoNotEndALaterOne() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            Claim first = queue.claim(1);
            first.commit();
            try (Claim second = queue.claim(1)) {
                first.close();
                assertThrows(IllegalStateException.class, first::commit);
                assertFalse(Async.of(() -> queue.offer(of(1, 9))).get(), "the second still holds");
                second.buffer().put((byte) 2);
                second.commit();
            }
            assertEquals(2, queue.size());
        }

        @Test
        void keepOtherProducersWaiting() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            IpcQueue<byte[]> theirs = sameBytes();
            Claim claim = queue.claim(1);
            assertFalse(Async.of(() -> theirs.offer(of(1, 1))).get());
            assertNull(Async.of(() -> theirs.tryClaim(1)).get());
            assertFalse(Async.of(() -> theirs.offer(of(1, 1), 1, TimeUnit.MILLISECONDS)).get());
            Async<Void> producer = Async.run(() -> theirs.put(of(1, 2)));
            awaitAsleep(producer);
            write(claim, of(1, 1));
            producer.get();
            assertArrayEquals(of(1, 1), theirs.take());
            assertArrayEquals(of(1, 2), theirs.take());
        }

        @Test
        void doNotKeepConsumersWaiting() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            IpcQueue<byte[]> theirs = sameBytes();
            queue.put(of(1, 1));
            try (Claim claim = queue.claim(1)) {
                assertArrayEquals(of(1, 1), theirs.take());
                Async<byte[]> consumer = Async.of(theirs::take);
                awaitAsleep(consumer);
                write(claim, of(1, 2));
                assertArrayEquals(of(1, 2), consumer.get());
            }
        }

        @Test
        void doNotNest() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            try (Claim claim = queue.claim(1)) {
                assertThrows(IllegalStateException.class, () -> queue.claim(1));
                assertThrows(IllegalStateException.class, () -> queue.tryClaim(1));
                assertThrows(IllegalStateException.class, () -> sameBytes().claim(1, 1, TimeUnit.DAYS));
                assertThrows(IllegalStateException.class, () -> queue.offer(of(1, 1)));
                assertThrows(IllegalStateException.class, () -> queue.put(of(1, 1)));
                assertThrows(IllegalStateException.class, () -> queue.exclusiveProducer());
                write(claim, of(1, 7));
            }
            assertArrayEquals(of(1, 7), queue.take());
            assertNull(queue.poll());
        }

        @Test
        void letNoCallWaitForThisQueue() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            try (Claim claim = queue.claim(4)) {
                assertAllRefused(waiting(queue, queue));
                assertNull(queue.poll());
                claim.buffer().putInt(7);
                claim.commit();
            }
            assertEquals(7, queue.take());
        }

        @Test
        void letCallsWaitForOtherQueues() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            IpcQueue<Integer> elsewhere = IpcQueue.create(segment, "elsewhere", Codec.int32(), Capacity.items(1));
            Thread claimer = Thread.currentThread();
            Async<Void> producer;
            try (Claim claim = queue.claim(4)) {
                producer = Async.run(() -> {
                    Until.isTrue("it waits", () -> isAsleep(claimer));
                    elsewhere.put(5);
                });
                claim.buffer().putInt(elsewhere.take());
                claim.commit();
            }
            producer.get();
            assertEquals(5, queue.take());
        }

        @Test
        void belongToOneThread() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            try (Claim claim = queue.claim(1)) {
                assertInstanceOf(IllegalStateException.class, Async.run(claim::commit).failure());
                assertFalse(Async.of(() -> queue.offer(of(1, 1))).get());
                write(claim, of(1, 3));
            }
            assertArrayEquals(of(1, 3), queue.take());
        }

        @Test
        void waitForRoom() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            int count = fill(queue, 50);
            Async<Void> producer = Async.run(() -> write(queue.claim(50), of(50, 7)));
            awaitAsleep(producer);
            for (int i = 0; i < count; i++) {
                assertArrayEquals(of(50, 0), queue.take());
            }
            assertArrayEquals(of(50, 7), queue.take());
            producer.get();
        }

        @Test
        void areInterruptible() {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            Async<Claim> before = Async.of(() -> {
                Thread.currentThread().interrupt();
                return queue.claim(1);
            });
            assertInstanceOf(InterruptedException.class, before.failure());
            fill(queue, 50);
            for (Async<Claim> waiting : List.of(Async.of(() -> queue.claim(200)), Async.of(() -> queue.claim(200, 1,
                    TimeUnit.DAYS)))) {
                awaitAsleep(waiting);
                waiting.thread().interrupt();
                assertInstanceOf(InterruptedException.class, waiting.failure());
            }
            queue.clear();
            assertTrue(queue.offer(of(1, 1)));
        }

        @Test
        void openAtAShutDownCanStillBeCommitted() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            try (Claim claim = queue.claim(1)) {
                sameBytes().shutdown();
                write(claim, of(1, 1));
            }
            assertTrue(queue.isShutDown());
            assertEquals(1, queue.size());
            assertThrows(QueueShutDownException.class, () -> queue.claim(1));
            assertThrows(QueueShutDownException.class, () -> queue.put(of(1, 1)));
            assertArrayEquals(of(1, 1), queue.take());
            assertThrows(QueueShutDownException.class, queue::take);
        }

        @Test
        void abortedAfterAShutDownEndTheStreamForThoseWhoWait() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            Async<byte[]> consumer = Async.of(queue::take);
            awaitAsleep(consumer);
            Claim claim = queue.claim(1);
            sameBytes().shutdown();
            claim.close();
            assertInstanceOf(QueueShutDownException.class, consumer.failure());
        }

        @Test
        void ofAThreadThatEndsAreAborted() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            Async.run(() -> queue.claim(8).buffer().putLong(1)).get();
            Async<Void> next = Async.run(() -> queue.put(of(3, 3)));
            next.get();
            assertArrayEquals(of(3, 3), queue.poll());
            assertNull(queue.poll());
        }

        @Test
        void haveADirectBufferIfAgronaWorks() throws InterruptedException {
            assumeTrue(Platform.hasAgrona());
            IpcQueue<byte[]> queue = bytes(1 << 10);
            for (int length : new int[]{0, 1, 5, 12, 100}) {
                try (Claim claim = queue.claim(length)) {
                    MutableDirectBuffer buffer = claim.directBuffer();
                    assertEquals(length, buffer.capacity());
                    buffer.setMemory(0, length, (byte) length);
                    assertThrows(IndexOutOfBoundsException.class, () -> buffer.putByte(length, (byte) 1));
                    claim.commit();
                }
                assertArrayEquals(of(length, length), queue.take());
            }
        }

        @Test
        void sayWhichFlagADirectBufferNeeds() throws InterruptedException {
            assumeFalse(Platform.hasAgrona());
            IpcQueue<byte[]> queue = bytes(1 << 10);
            try (Claim claim = queue.claim(1)) {
                assertNames(assertThrows(UnsupportedOperationException.class, claim::directBuffer), "--add-exports");
                write(claim, of(1, 1));
            }
            assertThrows(UnsupportedOperationException.class, () -> queue.readDirect((b, o, l) -> {
            }, 1));
            assertArrayEquals(of(1, 1), queue.take());
        }

        @Test
        void ofSeveralThreadsLoseNothing() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            List<Async<Void>> producers = new ArrayList<>();
            for (int p = 0; p < 3; p++) {
                int start = p * 10_000;
                producers.add(Async.run(() -> {
                    for (int i = 0; i < 500; i++) {
                        try (Claim claim = queue.claim(4)) {
                            claim.buffer().putInt(start + i);
                            if (i % 5 == 4) {
                                claim.abort();
                            } else {
                                claim.commit();
                            }
                        }
                    }
                }));
            }
            int[] last = {-1, -1, -1};
            for (int i = 0; i < 1200; i++) {
                int taken = queue.take();
                assertTrue(taken % 10_000 > last[taken / 10_000]);
                last[taken / 10_000] = taken % 10_000;
            }
            producers.forEach(Async::get);
            assertTrue(queue.isEmpty());
        }
    }

    @Nested
    class Read {

        @Test
        void showsTheMessagesInOrderAndTakesThem() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            queue.offerAll(List.of(of(3, 1), of(0, 2), of(9, 3)));
            List<byte[]> seen = new ArrayList<>();
            assertEquals(3, sameBytes().read(message -> {
                assertEquals(0, message.position());
                assertEquals(ByteOrder.nativeOrder(), message.order());
                seen.add(copy(message));
            }, 10));
            assertEquals(3, seen.size());
            assertArrayEquals(of(3, 1), seen.get(0));
            assertArrayEquals(of(0, 2), seen.get(1));
            assertArrayEquals(of(9, 3), seen.get(2));
            assertTrue(queue.isEmpty());
        }

        @Test
        void stopsAtItsLimit() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            queue.offerAll(List.of(of(1, 1), of(1, 2), of(1, 3)));
            assertEquals(2, queue.read(message -> {
            }, 2));
            assertArrayEquals(of(1, 3), queue.poll());
        }

        @Test
        void ofNothingReturnsAtOnce() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            MessageHandler never = message -> {
                throw new AssertionError("called");
            };
            assertEquals(0, queue.read(never, 10));
            assertThrows(NullPointerException.class, () -> queue.read(null, 1));
            assertThrows(NullPointerException.class, () -> queue.readDirect(null, 1));
        }

        @Test
        void goesRoundManyTimes() {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            Random random = new Random(3);
            Deque<byte[]> model = new ArrayDeque<>();
            for (int step = 0; step < 3000; step++) {
                byte[] message = of(random.nextInt(60), step);
                if (queue.offer(message)) {
                    model.add(message);
                }
                int limit = 1 + random.nextInt(3);
                int expected = random.nextBoolean() ? 0 : Math.min(limit, model.size());
                if (expected > 0) {
                    assertEquals(expected, queue.read(seen -> assertArrayEquals(model.remove(), copy(seen)), limit));
                }
            }
        }

        @Test
        void movesOnMessageByMessage() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            queue.offerAll(List.of(of(1, 1), of(1, 2), of(1, 3)));
            List<Integer> sizes = new ArrayList<>();
            queue.read(message -> sizes.add(queue.size()), 10);
            assertEquals(List.of(3, 2, 1), sizes);
        }

        @Test
        void releasesProducersMessageByMessage() {
            IpcQueue<Integer> queue = numbers(2);
            queue.offerAll(List.of(1, 2));
            Async<Void> producer = Async.run(() -> queue.put(3));
            awaitAsleep(producer);
            int[] calls = new int[1];
            assertEquals(2, queue.read(message -> {
                if (calls[0]++ == 1) {
                    producer.get();
                }
            }, 2));
            assertEquals(3, queue.poll());
        }

        @Test
        void losesNothingIfTheHandlerThrows() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            queue.offerAll(List.of(of(1, 1), of(1, 2), of(1, 3)));
            IllegalStateException failure = new IllegalStateException("no");
            List<Integer> seen = new ArrayList<>();
            MessageHandler refusing = message -> {
                seen.add((int) message.get());
                if (seen.size() == 2) {
                    throw failure;
                }
            };
            assertEquals(failure, assertThrows(IllegalStateException.class, () -> queue.read(refusing, 10)));
            assertEquals(List.of(1, 2), seen);
            assertEquals(2, queue.size());
            assertEquals(2, queue.read(refusing, 10));
            assertEquals(List.of(1, 2, 2, 3), seen);
            assertTrue(queue.isEmpty());
        }

        @Test
        void leavesTheQueueToOthersAfterAnErrorOfTheHandler() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            queue.add(of(1, 1));
            assertThrows(StackOverflowError.class, () -> queue.read(message -> {
                throw new StackOverflowError();
            }, 1));
            assertArrayEquals(of(1, 1), Async.of(queue::take).get());
        }

        @Test
        void keepsOtherConsumersWaiting() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            IpcQueue<Integer> theirs = sameNumbers();
            queue.offerAll(List.of(1, 2));
            List<Async<Integer>> waiting = new ArrayList<>();
            assertEquals(1, queue.read(message -> {
                assertNull(Async.of(() -> theirs.poll()).get());
                assertNull(Async.of(() -> theirs.poll(1, TimeUnit.MILLISECONDS)).get());
                assertEquals(0, Async.of(() -> theirs.drainTo(new ArrayList<>())).get());
                assertEquals(0, Async.of(() -> theirs.read(m -> {
                }, 1)).get());
                waiting.add(Async.of(theirs::take));
                awaitAsleep(waiting.get(0));
            }, 1));
            assertEquals(2, waiting.get(0).get());
        }

        @Test
        void doesNotKeepProducersWaiting() {
            IpcQueue<Integer> queue = numbers(3);
            queue.add(1);
            queue.read(message -> {
                assertTrue(Async.of(() -> sameNumbers().offer(2)).get());
                assertTrue(queue.offer(3));
            }, 1);
            assertHolds(queue, List.of(2, 3));
        }

        @Test
        void doesNotNest() {
            IpcQueue<Integer> queue = numbers(3);
            queue.offerAll(List.of(1, 2));
            assertEquals(1, queue.read(message -> {
                assertThrows(IllegalStateException.class, () -> queue.read(m -> {
                }, 1));
                assertThrows(IllegalStateException.class, queue::poll);
                assertThrows(IllegalStateException.class, queue::take);
                assertThrows(IllegalStateException.class, queue::clear);
                assertThrows(IllegalStateException.class, () -> queue.remove((Object) 2));
                assertThrows(IllegalStateException.class, () -> queue.drainTo(new ArrayList<>()));
                assertThrows(IllegalStateException.class, queue::exclusiveConsumer);
            }, 1));
            assertHolds(queue, List.of(2));
        }

        @Test
        void letsNoCallWaitForThisQueue() {
            IpcQueue<Integer> queue = numbers(1);
            queue.add(1);
            queue.read(message -> assertAllRefused(waiting(queue, queue)), 1);
            assertTrue(queue.isEmpty());
        }

        @Test
        void letsTheHandlerLook() {
            IpcQueue<Integer> queue = numbers(3);
            queue.offerAll(List.of(1, 2));
            queue.read(message -> {
                assertEquals(1, queue.peek());
                assertTrue(queue.contains(2));
                assertEquals("[1, 2]", queue.toString());
            }, 1);
            assertHolds(queue, List.of(2));
        }

        @Test
        void keepsItsMessageInPlaceWhileProducersFillTheQueue() {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            queue.add(of(100, 7));
            queue.read(message -> {
                fill(queue, 30);
                assertArrayEquals(of(100, 7), copy(message));
            }, 1);
        }

        @Test
        void doesNotLetTheHandlerChangeTheMessage() {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            queue.add(of(10, 7));
            assertThrows(IllegalArgumentException.class, () -> queue.read(message -> {
                assertTrue(message.isReadOnly());
                message.limit(message.capacity() + 1);
            }, 1));
            assertEquals(1, queue.size());
        }

        @Test
        void withADirectBufferShowsTheSame() {
            assumeTrue(Platform.hasAgrona());
            IpcQueue<byte[]> queue = bytes(1 << 9);
            for (int i = 0; i < 100; i++) {
                queue.offerAll(List.of(of(i % 30, 1), of(5, 2)));
                List<byte[]> seen = new ArrayList<>();
                DirectMessageHandler handler = (buffer, offset, length) -> {
                    byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    seen.add(bytes);
                };
                assertEquals(2, queue.readDirect(handler, 10));
                assertArrayEquals(of(i % 30, 1), seen.get(0));
                assertArrayEquals(of(5, 2), seen.get(1));
            }
        }

        @Test
        void withADirectBufferLosesNothingIfTheHandlerThrows() {
            assumeTrue(Platform.hasAgrona());
            IpcQueue<byte[]> queue = bytes(1 << 9);
            queue.add(of(3, 1));
            assertThrows(IllegalStateException.class, () -> queue.readDirect((buffer, offset, length) -> {
                throw new IllegalStateException("no");
            }, 10));
            assertArrayEquals(of(3, 1), queue.poll());
        }

        @Test
        void afterAShutDownNowInTheHandlerEnds() {
            IpcQueue<Integer> queue = numbers(4);
            queue.offerAll(List.of(1, 2, 3));
            assertEquals(1, queue.read(message -> sameNumbers().shutdownNow(), 10));
            assertTrue(queue.isEmpty());
            assertThrows(QueueShutDownException.class, queue::take);
        }

        @Test
        void byAThreadThatEndsLeavesTheQueueToOthers() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(4);
            queue.offerAll(List.of(1, 2, 3));
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            Async<Integer> reader = Async.of(() -> queue.read(message -> {
                inside.countDown();
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }, 1));
            inside.await();
            Async<Integer> consumer = Async.of(queue::take);
            awaitAsleep(consumer);
            reader.thread().interrupt();
            assertInstanceOf(IllegalStateException.class, reader.failure());
            assertEquals(1, consumer.get());
            assertHolds(queue, List.of(2, 3));
        }
    }
}
