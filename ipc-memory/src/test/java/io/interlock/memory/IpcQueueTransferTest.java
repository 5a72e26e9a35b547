package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.testing.Async;
import io.interlock.sync.Until;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are carried on, and leave the queue only then. */
class IpcQueueTransferTest extends QueueFixture {

    private static List<Integer> decoded(List<ByteBuffer> messages) {
        return messages.stream().map(Codec.int32()::decode).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Nested
    class Transfer {

        @Test
        void handsOverTheOldestMessagesInOrder() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(20);
            queue.addAll(range(0, 10));
            List<Integer> seen = new ArrayList<>();
            assertEquals(4, queue.transfer(4, 0, TimeUnit.SECONDS, (messages, positions) -> {
                seen.addAll(decoded(messages));
                return messages.size();
            }));
            assertEquals(range(0, 4), seen);
            assertHolds(sameNumbers(), range(4, 10));
            assertEquals(6, queue.transfer(100, 1, TimeUnit.DAYS, (messages, positions) -> {
                seen.addAll(decoded(messages));
                return messages.size();
            }));
            assertEquals(range(0, 10), seen);
            assertHolds(queue, List.of());
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 3, 5})
        void takesOutAsManyAsTheHandlerHasReceived(int received) throws InterruptedException {
            IpcQueue<Integer> queue = numbers(20);
            queue.addAll(range(0, 5));
            assertEquals(received, queue.transfer(9, 0, TimeUnit.SECONDS, (messages, positions) -> received));
            assertHolds(sameNumbers(), range(received, 5));
            assertTrue(sameNumbers().offer(5), "the side of the producers is free");
            assertHolds(queue, range(received, 6));
        }

        @Test
        void keepsAllIfTheHandlerThrows() {
            IpcQueue<Integer> queue = numbers(20);
            queue.addAll(range(0, 5));
            IllegalStateException failure = new IllegalStateException("no");
            assertSame(failure, assertThrows(IllegalStateException.class,
                    () -> queue.transfer(9, 0, TimeUnit.SECONDS, (messages, positions) -> {
                        throw failure;
                    })));
            assertThrows(InterruptedException.class, () -> queue.transfer(9, 0, TimeUnit.SECONDS,
                    (messages, positions) -> {
                        throw new InterruptedException();
                    }));
            assertHolds(sameNumbers(), range(0, 5));
            assertEquals(0, sameNumbers().poll(), "the side of the consumers is free");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 6, Integer.MIN_VALUE, Integer.MAX_VALUE})
        void refusesANumberThatTheHandlerCannotHaveReceived(int received) {
            IpcQueue<Integer> queue = numbers(20);
            queue.addAll(range(0, 5));
            assertNames(assertThrows(IllegalStateException.class, () -> queue.transfer(9, 0, TimeUnit.SECONDS,
                    (messages, positions) -> received)), received, 5);
            assertHolds(sameNumbers(), range(0, 5));
        }

        @Test
        void refusesBadArguments() {
            IpcQueue<Integer> queue = numbers(5);
            queue.add(1);
            assertThrows(IllegalArgumentException.class, () -> queue.transfer(0, 0, TimeUnit.SECONDS, (m, p) -> 1));
            assertThrows(NullPointerException.class, () -> queue.transfer(1, 0, TimeUnit.SECONDS, null));
            assertThrows(NullPointerException.class, () -> queue.transfer(1, 0, null, (m, p) -> 1));
            assertHolds(queue, List.of(1));
        }

        @Test
        void givesZeroIfThereIsNothingInTime() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            TransferHandler handler = (messages, positions) -> {
                throw new AssertionError("of nothing");
            };
            assertEquals(0, queue.transfer(1, 0, TimeUnit.SECONDS, handler));
            assertEquals(0, queue.transfer(1, -1, TimeUnit.SECONDS, handler));
            assertEquals(0, queue.transfer(1, 3, TimeUnit.MILLISECONDS, handler));
        }

        @Test
        void waitsForTheFirst() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            Async<Integer> call = Async.of(() -> queue.transfer(5, 1, TimeUnit.DAYS, (messages, positions) -> {
                assertEquals(List.of(7), decoded(messages));
                return 1;
            }));
            awaitAsleep(call);
            sameNumbers().add(7);
            assertEquals(1, call.get());
        }

        @Test
        void throwsIfInterruptedAndTakesNothing() {
            IpcQueue<Integer> queue = numbers(5);
            Async<Integer> call = Async.of(() -> queue.transfer(5, 1, TimeUnit.DAYS, (messages, positions) -> 1));
            awaitAsleep(call);
            call.thread().interrupt();
            assertInstanceOf(InterruptedException.class, call.failure());
            queue.add(1);
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class,
                    () -> queue.transfer(5, 0, TimeUnit.SECONDS, (messages, positions) -> 1));
            assertFalse(Thread.interrupted());
            assertHolds(queue, List.of(1));
        }

        @Test
        void handsOverABatchOfAtMost64KiB() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 20);
            for (int i = 0; i < 100; i++) {
                queue.add(new byte[3_000]);
            }
            int[] first = new int[1];
            int moved = queue.transfer(1_000, 0, TimeUnit.SECONDS, (messages, positions) -> {
                first[0] = messages.size();
                return messages.size();
            });
            assertEquals(first[0], moved);
            assertEquals((64 << 10) / 3_008, moved, 1);
            assertEquals(100 - moved, queue.size());
        }

        @ParameterizedTest
        @ValueSource(ints = {65_535, 65_536, 65_537, 400_000})
        void handsOverAMessageThatIsLargerAlone(int length) throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 20);
            byte[] large = new byte[length];
            new Random(length).nextBytes(large);
            queue.add(large);
            queue.add(new byte[]{1});
            byte[] seen = new byte[length];
            assertEquals(1, queue.transfer(1, 0, TimeUnit.SECONDS, (messages, positions) -> {
                messages.get(0).get(seen);
                return messages.size();
            }));
            assertArrayEquals(large, seen);
            assertArrayEquals(new byte[]{1}, queue.poll());
        }

        @Test
        void goesOnAroundTheEndOfTheRing() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(4096);
            Random random = new Random(5);
            int put = 0;
            int[] got = new int[1];
            for (int round = 0; round < 2_000; round++) {
                while (random.nextInt(5) > 0) {
                    byte[] message = new byte[4 + random.nextInt(200)];
                    ByteBuffer.wrap(message).order(ByteOrder.nativeOrder()).putInt(put);
                    if (!queue.offer(message)) {
                        break;
                    }
                    put++;
                }
                int limit = 1 + random.nextInt(6);
                int accept = random.nextInt(7);
                queue.transfer(limit, 0, TimeUnit.SECONDS, (messages, positions) -> {
                    int taken = Math.min(accept, messages.size());
                    assertTrue(messages.size() <= limit);
                    for (int i = 0; i < messages.size(); i++) {
                        assertEquals(got[0] + i, messages.get(i).getInt());
                    }
                    got[0] += taken;
                    return taken;
                });
            }
            assertEquals(put - got[0], queue.size());
        }

        @Test
        void ofAQueueThatWasShutDownHandsOverTheRestAndThenGivesZero() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            queue.addAll(range(0, 3));
            queue.shutdown();
            assertEquals(2, queue.transfer(2, 1, TimeUnit.DAYS, (messages, positions) -> 2));
            assertEquals(1, queue.transfer(2, 1, TimeUnit.DAYS, (messages, positions) -> 1));
            assertEquals(0, queue.transfer(2, 1, TimeUnit.DAYS, (messages, positions) -> 1));
        }

        @Test
        void ofAClosedSegmentThrows() {
            IpcQueue<Integer> queue = numbers(5);
            IpcQueue<Integer> theirs = sameNumbers();
            queue.add(1);
            segment.close();
            assertThrows(SegmentClosedException.class,
                    () -> queue.transfer(2, 1, TimeUnit.DAYS, (messages, positions) -> 1));
            assertHolds(theirs, List.of(1));
        }

        @Test
        void throwsIfTheSegmentIsClosedWhileItWaits() {
            IpcQueue<Integer> queue = numbers(5);
            Async<Integer> call = Async.of(() -> queue.transfer(5, 1, TimeUnit.DAYS, (messages, positions) -> 1));
            awaitAsleep(call);
            segment.close();
            assertInstanceOf(SegmentClosedException.class, call.failure());
            assertTrue(sameNumbers().offer(1));
            assertEquals(1, sameNumbers().poll());
        }

        @Test
        void saysWhereEachMessageIsWhateverBecomesOfOthers() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(9);
            queue.addAll(range(0, 5));
            int[] all = positions(queue);
            assertEquals(6, all.length);
            assertArrayEquals(all, positions(sameNumbers()));
            queue.remove(2);
            assertArrayEquals(new int[]{all[0], all[1], all[3], all[4], all[5]}, positions(queue));
            queue.take();
            assertArrayEquals(new int[]{all[1], all[3], all[4], all[5]}, positions(queue));
            queue.transfer(2, 0, TimeUnit.SECONDS, (messages, positions) -> 2);
            assertArrayEquals(new int[]{all[4], all[5]}, positions(queue));
            queue.clear();
            queue.put(7);
            assertEquals(all[5], positions(queue)[0]);
        }

        private int[] positions(IpcQueue<Integer> queue) throws InterruptedException {
            int[][] found = new int[1][];
            queue.transfer(9, 0, TimeUnit.SECONDS, (messages, positions) -> {
                assertEquals(messages.size() + 1, positions.length);
                found[0] = positions;
                return 0;
            });
            return found[0];
        }

        @Test
        void keepsOtherConsumersOutMeanwhile() {
            IpcQueue<Integer> queue = numbers(9);
            queue.addAll(range(0, 2));
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            Async<Integer> transfer = Async.of(() -> queue.transfer(1, 0, TimeUnit.SECONDS, (messages, positions) -> {
                inside.countDown();
                end.await();
                return 1;
            }));
            Async.run(inside::await).get();
            Async<Integer> taker = Async.of(() -> sameNumbers().take());
            assertTrue(queue.offer(2), "producers go on");
            awaitOther(taker);
            end.countDown();
            assertEquals(1, transfer.get());
            assertEquals(1, taker.get());
            assertHolds(queue, List.of(2));
        }

        private void awaitOther(Async<?> call) {
            Until.isTrue("it waits", () -> isAsleep(other, call.thread()));
        }
    }

    @Nested
    class Facts {

        @Test
        void areThoseItWasOpenedWith() {
            Codec<Integer> codec = Codec.int32();
            IpcQueue<Integer> queue = IpcQueue.create(segment, "q", codec);
            assertSame(codec, queue.codec());
            assertSame(segment, queue.segment());
        }
    }
}
