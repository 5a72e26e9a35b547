package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.error.ObjectExistsException;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.ObjectNotFoundException;
import io.interlock.core.error.SegmentFullException;
import io.interlock.core.testing.Async;
import io.interlock.memory.ring.RingProbe;
import io.interlock.sync.IpcEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How queues are made and found, and what their bounds are. */
class IpcQueueTest extends QueueFixture {

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toList());
    }

    @Nested
    class Create {

        @Test
        void makesAnEmptyQueue() {
            IpcQueue<String> queue = IpcQueue.create(segment, "q", Codec.utf8(), Capacity.items(5));
            assertTrue(queue.isEmpty());
            assertEquals(0, queue.size());
            assertEquals("q", queue.name());
            assertEquals(5, queue.capacityItems());
            assertEquals(5, queue.remainingCapacity());
            assertFalse(queue.isShutDown());
            assertNull(queue.poll());
        }

        @Test
        void withoutACapacityBoundsTheBytesOnly() {
            IpcQueue<String> queue = IpcQueue.create(segment, "q", Codec.utf8());
            assertEquals(Integer.MAX_VALUE, queue.capacityItems());
            assertEquals(Integer.MAX_VALUE, queue.remainingCapacity());
            assertEquals(256 << 10, queue.capacityBytes());
            queue.add("a");
            assertEquals(Integer.MAX_VALUE, queue.remainingCapacity());
        }

        @Test
        void withoutANameMakesOneForThoseWhoAreToldItsNumber() {
            IpcQueue<Integer> first = IpcQueue.create(segment, Codec.int32());
            IpcQueue<Integer> second = IpcQueue.create(segment, Codec.int32(), Capacity.items(2));
            assertEquals("#" + first.id(), first.name());
            first.add(1);
            second.add(2);
            assertEquals(1, IpcQueue.open(other, first.id(), Codec.int32()).poll());
            assertEquals(2, IpcQueue.open(other, second.id(), Codec.int32()).poll());
        }

        @Test
        void refusesATakenName() {
            numbers(1);
            assertThrows(ObjectExistsException.class, () -> IpcQueue.create(other, "q", Codec.int32()));
            IpcEvent.create(segment, "e");
            assertThrows(ObjectExistsException.class, () -> IpcQueue.create(other, "e", Codec.int32()));
        }

        @Test
        void refusesNamesThatAreNone() {
            Codec<Integer> codec = Codec.int32();
            for (String name : new String[]{"", "a/b"}) {
                assertThrows(IllegalArgumentException.class, () -> IpcQueue.create(segment, name, codec));
                assertThrows(IllegalArgumentException.class, () -> IpcQueue.openOrCreate(segment, name, codec));
            }
            assertThrows(NullPointerException.class, () -> IpcQueue.create(segment, (String) null, codec));
            assertThrows(NullPointerException.class, () -> IpcQueue.openOrCreate(segment, null, codec));
            assertThrows(NullPointerException.class, () -> IpcQueue.open(segment, null, codec));
            assertEquals(0, segment.directory().size());
        }

        @Test
        void refusesNull() {
            Capacity one = Capacity.items(1);
            assertThrows(NullPointerException.class, () -> IpcQueue.create(null, "q", Codec.int32()));
            assertThrows(NullPointerException.class, () -> IpcQueue.create(segment, "q", null));
            assertThrows(NullPointerException.class, () -> IpcQueue.create(segment, "q", null, one));
            assertThrows(NullPointerException.class, () -> IpcQueue.create(segment, "q", Codec.int32(), null));
            assertThrows(NullPointerException.class, () -> IpcQueue.create(segment, (Codec<Integer>) null));
            assertThrows(NullPointerException.class, () -> IpcQueue.create(segment, Codec.int32(), null));
            assertThrows(NullPointerException.class, () -> IpcQueue.openOrCreate(segment, "q", null, one));
            assertThrows(NullPointerException.class, () -> IpcQueue.bytesFor(null));
            assertEquals(0, segment.directory().size());
            numbers(1);
            assertThrows(NullPointerException.class, () -> IpcQueue.open(segment, "q", null));
        }

        @Test
        void refusesWhatDoesNotFitIntoTheSegment() {
            assertThrows(SegmentFullException.class,
                    () -> IpcQueue.create(segment, "q", Codec.int32(), Capacity.bytes(8 << 20)));
            assertThrows(SegmentFullException.class,
                    () -> IpcQueue.create(segment, "q", Codec.int32(), Capacity.items(1_000_000)));
            assertThrows(SegmentFullException.class,
                    () -> IpcQueue.openOrCreate(segment, "q", Codec.int32(), Capacity.bytes(8 << 20)));
            assertEquals(0, segment.directory().size());
        }
    }

    @Nested
    class Open {

        @Test
        void findsTheSameByNameAndByNumber() {
            IpcQueue<Integer> mine = numbers(3);
            mine.add(1);
            mine.add(2);
            IpcQueue<Integer> named = IpcQueue.open(other, "q", Codec.int32());
            IpcQueue<Integer> numbered = IpcQueue.open(other, mine.id(), Codec.int32());
            assertEquals(3, named.capacityItems());
            assertEquals(mine.capacityBytes(), named.capacityBytes());
            assertEquals(mine.largestMessageBytes(), named.largestMessageBytes());
            assertEquals("q", numbered.name());
            assertEquals(mine.id(), named.id());
            assertEquals(1, named.poll());
            assertEquals(2, numbered.poll());
            named.add(3);
            assertEquals(3, mine.poll());
        }

        @Test
        void refusesWhatIsNotThere() {
            assertThrows(ObjectNotFoundException.class, () -> IpcQueue.open(segment, "q", Codec.int32()));
            assertThrows(ObjectNotFoundException.class, () -> IpcQueue.open(segment, 1, Codec.int32()));
        }

        @Test
        void refusesAnotherKindOfObject() {
            IpcEvent event = IpcEvent.create(segment, "e");
            assertNames(assertThrows(ObjectMismatchException.class, () -> IpcQueue.open(other, "e", Codec.int32())),
                    "Event", "Queue");
            assertThrows(ObjectMismatchException.class, () -> IpcQueue.open(other, event.id(), Codec.int32()));
            assertThrows(ObjectMismatchException.class, () -> IpcQueue.openOrCreate(other, "e", Codec.int32()));
            numbers(1);
            assertThrows(ObjectMismatchException.class, () -> IpcEvent.open(other, "q"));
        }

        @Test
        void refusesAnotherCodec() {
            int id = numbers(1).id();
            for (Executable opening : List.<Executable>of(() -> IpcQueue.open(other, "q", Codec.utf8()),
                    () -> IpcQueue.open(other, id, Codec.utf8()),
                    () -> IpcQueue.openOrCreate(other, "q", Codec.utf8()),
                    () -> IpcQueue.openOrCreate(other, "q", Codec.utf8(),
                            Capacity.items(1).bytesEach(24)))) {
                assertNames(assertThrows(ObjectMismatchException.class, opening), "\"q\"", Codec.int32().id(),
                        Codec.utf8().id());
            }
        }
    }

    @Nested
    class OpenOrCreate {

        @Test
        void makesOneAndThenFindsIt() {
            IpcQueue<Integer> made = IpcQueue.openOrCreate(segment, "q", Codec.int32(), Capacity.items(7));
            made.add(1);
            IpcQueue<Integer> found = IpcQueue.openOrCreate(other, "q", Codec.int32(), Capacity.items(7));
            assertEquals(made.id(), found.id());
            assertEquals(1, found.poll());
        }

        @Test
        void withoutACapacityFindsOneOfAnyCapacity() {
            numbers(7);
            assertEquals(7, IpcQueue.openOrCreate(other, "q", Codec.int32()).capacityItems());
            assertEquals(256 << 10, IpcQueue.openOrCreate(other, "new", Codec.int32()).capacityBytes());
        }

        @Test
        void refusesAnotherNumberOfItems() {
            IpcQueue.openOrCreate(segment, "q", Codec.int32(), Capacity.items(37));
            for (int items : new int[]{36, 38, 4711}) {
                var thrown = assertThrows(ObjectMismatchException.class,
                        () -> IpcQueue.openOrCreate(other, "q", Codec.int32(), Capacity.items(items)));
                assertNames(thrown, "\"q\"", 37, items);
            }
            assertThrows(ObjectMismatchException.class,
                    () -> IpcQueue.openOrCreate(other, "q", Codec.int32(), Capacity.bytes(1 << 16)));
        }

        @Test
        void refusesAnotherNumberOfBytes() {
            IpcQueue.openOrCreate(segment, "q", Codec.int32(), Capacity.bytes(1 << 12));
            var thrown = assertThrows(ObjectMismatchException.class,
                    () -> IpcQueue.openOrCreate(other, "q", Codec.int32(), Capacity.bytes(1 << 16)));
            assertNames(thrown, "\"q\"", 1 << 12, 1 << 16);
        }

        @Test
        void byManyThreadsAtOnceMakesOne() {
            List<Async<Integer>> openers = Stream.generate(() -> Async.of(() -> {
                IpcQueue<Integer> queue = IpcQueue.openOrCreate(other, "q", Codec.int32(), Capacity.items(8));
                queue.put(1);
                return queue.id();
            })).limit(8).collect(Collectors.toList());
            int id = openers.get(0).get();
            openers.forEach(opener -> assertEquals(id, opener.get()));
            assertEquals(8, IpcQueue.open(segment, id, Codec.int32()).size());
        }
    }

    @Nested
    class CapacityOfAQueue {

        @ParameterizedTest
        @CsvSource({"1, 1", "1, 8", "2, 0", "3, 100", "7, 1", "10, 256", "64, 24", "100, 13"})
        void inItemsHoldsExactlySoManyOfThatLength(int items, int bytesEach) {
            Capacity capacity = bytesEach == 0 ? Capacity.items(items) : Capacity.items(items).bytesEach(bytesEach);
            int length = bytesEach == 0 ? 256 : bytesEach;
            IpcQueue<byte[]> queue = IpcQueue.create(segment, "q", Codec.bytes(), capacity);
            assertEquals(items, queue.capacityItems());
            assertTrue(queue.largestMessageBytes() >= length);
            for (int round = 0; round < 50; round++) {
                assertEquals(items - queue.size(), fill(queue, length));
                assertEquals(0, queue.remainingCapacity());
                for (int n = 0; n <= round % items; n++) {
                    assertEquals(length, queue.poll().length);
                }
            }
        }

        @Test
        void inItemsAdmitsNoMoreOfShorterMessages() {
            IpcQueue<byte[]> queue = IpcQueue.create(segment, "q", Codec.bytes(), Capacity.items(5));
            assertEquals(5, fill(queue, 0));
        }

        @Test
        void inBytesBoundsThemAndNotTheItems() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            assertTrue(queue.capacityBytes() >= 1 << 10);
            assertEquals(Integer.MAX_VALUE, queue.capacityItems());
            assertEquals(Integer.MAX_VALUE, queue.remainingCapacity());
            int empty = fill(queue, 0);
            assertTrue(empty > 16, () -> "messages " + empty);
            assertEquals(empty, queue.size());
            queue.clear();
            assertTrue(fill(queue, 100) < empty);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
        void isPositive(int wrong) {
            assertNames(assertThrows(IllegalArgumentException.class, () -> Capacity.items(wrong)), wrong);
            assertNames(assertThrows(IllegalArgumentException.class, () -> Capacity.bytes(wrong)), wrong);
            Capacity.Items five = Capacity.items(5);
            int negative = wrong < 0 ? wrong : -7;
            assertNames(assertThrows(IllegalArgumentException.class, () -> five.bytesEach(negative)), negative);
        }

        @Test
        void inItemsCanBeLargeIfTheyAreSmall() {
            assertEquals(1 << 28, Capacity.items(10_000_000).bytesEach(4).ringBytes());
            assertEquals(1 << 30, Capacity.items(60_000_000).bytesEach(8).ringBytes());
        }

        @Test
        void thatNoRingCanHaveIsRefused() {
            List<Executable> tooLarge = List.of(() -> IpcQueue.bytesFor(Capacity.bytes(Integer.MAX_VALUE)),
                    () -> IpcQueue.bytesFor(Capacity.items(Integer.MAX_VALUE)),
                    () -> IpcQueue.bytesFor(Capacity.items(1).bytesEach(Integer.MAX_VALUE)),
                    () -> IpcQueue.bytesFor(Capacity.items(Integer.MAX_VALUE).bytesEach(Integer.MAX_VALUE)),
                    () -> IpcQueue.bytesFor(Capacity.items(1 << 16).bytesEach(1 << 16)));
            for (Executable making : tooLarge) {
                assertThrows(IllegalArgumentException.class, making);
            }
        }

        @Test
        void isShownInWords() {
            assertTrue(Capacity.items(37).toString().contains("37"), Capacity.items(37)::toString);
            assertTrue(Capacity.bytes(4096).toString().contains("4096"), Capacity.bytes(4096)::toString);
        }
    }

    @Nested
    class BytesFor {

        @ParameterizedTest
        @MethodSource("io.interlock.memory.IpcQueueTest#capacities")
        void isEnoughForASegmentWithSuchAQueue(Capacity capacity) {
            Segment exact = dirs.closeLater(Segment.create(dirs.path("exact"), SegmentOptions.defaults().withSizeBytes(
                    IpcQueue.bytesFor(capacity))));
            IpcQueue<byte[]> queue = IpcQueue.create(exact, "q", Codec.bytes(), capacity);
            assertTrue(queue.offer(new byte[queue.largestMessageBytes()]));
            assertEquals(queue.largestMessageBytes(), queue.poll().length);
        }

        @ParameterizedTest
        @MethodSource("io.interlock.memory.IpcQueueTest#capacities")
        void isNotMuchMoreThanEnough(Capacity capacity) {
            long less = IpcQueue.bytesFor(capacity) - capacity.ringBytes();
            assertTrue(less > 0 && less < SegmentOptions.DEFAULT_SIZE_BYTES, () -> "beside the ring " + less);
        }
    }

    static List<Capacity> capacities() {
        return List.of(Capacity.items(1), Capacity.items(100), Capacity.bytes(1), Capacity.bytes(5000),
                Capacity.items(33).bytesEach(77), Capacity.items(20_000), Capacity.bytes(8 << 20));
    }

    @Nested
    class Messages {

        private void assertRefused(IpcQueue<byte[]> queue, int lengthBytes, Executable call) {
            assertNames(assertThrows(IllegalArgumentException.class, call), lengthBytes,
                    queue.largestMessageBytes());
            assertTrue(queue.isEmpty());
        }

        @ParameterizedTest
        @ValueSource(ints = {1 << 7, 1 << 10, 1 << 12})
        void areAtMostHalfTheRing(int bytes) {
            IpcQueue<byte[]> queue = bytes(bytes);
            int largest = queue.largestMessageBytes();
            assertTrue(largest <= queue.capacityBytes() / 2, () -> "largest " + largest);
            byte[] tooLong = new byte[largest + 1];
            assertRefused(queue, largest + 1, () -> queue.put(tooLong));
            assertRefused(queue, largest + 1, () -> queue.offer(tooLong));
            assertRefused(queue, largest + 1, () -> queue.add(tooLong));
            assertRefused(queue, largest + 1, () -> queue.offer(tooLong, 1, TimeUnit.DAYS));
            assertRefused(queue, largest + 1, () -> queue.offer(tooLong, 0, TimeUnit.DAYS));
            assertRefused(queue, largest + 1, () -> queue.claim(largest + 1));
            assertRefused(queue, largest + 1, () -> queue.claim(largest + 1, 1, TimeUnit.DAYS));
            assertRefused(queue, largest + 1, () -> queue.tryClaim(largest + 1));
        }

        @Test
        void thatAreMuchTooLargeAreRefusedToo() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            for (int length : new int[]{Integer.MAX_VALUE, Integer.MAX_VALUE - 7, Integer.MAX_VALUE - 8, 1 << 30}) {
                assertRefused(queue, length, () -> queue.tryClaim(length));
            }
            assertRefused(queue, 8 << 20, () -> queue.put(new byte[8 << 20]));
            assertDoesNotThrow(() -> queue.put(new byte[3]));
        }

        @Test
        void ofTheLargestLengthAlwaysFitAtLast() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            int largest = queue.largestMessageBytes();
            for (int shift = 0; shift < 100; shift++) {
                queue.put(new byte[shift % 50]);
                queue.take();
                byte[] message = new byte[largest];
                Arrays.fill(message, (byte) shift);
                assertTrue(queue.offer(message));
                assertArrayEquals(message, queue.take());
            }
        }

        @Test
        void mayBeEmpty() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 8);
            IpcQueue<byte[]> theirs = sameBytes();
            for (int i = 0; i < 1000; i++) {
                queue.put(new byte[0]);
                assertEquals(1, theirs.size());
                assertEquals(0, theirs.take().length);
                assertNull(theirs.poll());
            }
        }

        @Test
        void ofAllLengthsKeepTheirOrderAndContent() {
            Random random = new Random(7);
            IpcQueue<byte[]> queue = bytes(1 << 10);
            IpcQueue<byte[]> theirs = sameBytes();
            Deque<byte[]> model = new ArrayDeque<>();
            for (int step = 0; step < 20_000; step++) {
                byte[] message = new byte[random.nextInt(5) == 0 ? random.nextInt(queue.largestMessageBytes() + 1)
                        : random.nextInt(20)];
                random.nextBytes(message);
                if (queue.offer(message)) {
                    model.add(message);
                }
                for (int n = random.nextInt(3); n > 0 && !model.isEmpty(); n--) {
                    assertArrayEquals(model.remove(), theirs.poll());
                }
                assertEquals(model.size(), theirs.size());
            }
            for (byte[] expected : model) {
                assertArrayEquals(expected, theirs.poll());
            }
            assertNull(theirs.poll());
        }

        @Test
        void thatAreLongerThanABatchAreTakenInBatchesToo() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 20);
            int[] lengths = {100_000, 3, 70_000, 0, 65_536, 65_528, 200_000};
            for (int round = 0; round < 3; round++) {
                for (int length : lengths) {
                    queue.put(new byte[length]);
                }
                List<byte[]> taken = new ArrayList<>();
                while (round == 1 && taken.size() < lengths.length) {
                    taken.addAll(queue.takeUpTo(lengths.length));
                }
                queue.drainTo(taken);
                assertArrayEquals(lengths, taken.stream().mapToInt(message -> message.length).toArray());
            }
        }

        @Test
        void areCopies() {
            IpcQueue<byte[]> queue = bytes(1 << 8);
            byte[] given = {1, 2, 3};
            queue.add(given);
            given[0] = 9;
            byte[] taken = queue.poll();
            assertArrayEquals(new byte[]{1, 2, 3}, taken);
            queue.add(new byte[]{7, 7, 7});
            assertArrayEquals(new byte[]{1, 2, 3}, taken);
        }
    }

    @Nested
    class ByteBound {

        @Test
        void refusesAnOffer() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            int count = fill(queue, 100);
            assertTrue(count >= 4, () -> "messages " + count);
            assertFalse(queue.offer(new byte[100], 1, TimeUnit.MILLISECONDS));
            assertFalse(queue.offer(new byte[100], -1, TimeUnit.MILLISECONDS));
            assertThrows(IllegalStateException.class, () -> queue.add(new byte[100]));
            assertNull(queue.tryClaim(100));
            assertNull(queue.claim(100, 1, TimeUnit.MILLISECONDS));
            assertEquals(count, queue.size());
        }

        @Test
        void letsAProducerWaitUntilThereAreEnoughBytes() throws InterruptedException {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            IpcQueue<byte[]> theirs = sameBytes();
            fill(queue, 0);
            int largest = queue.largestMessageBytes();
            Async<Void> producer = Async.run(() -> queue.put(new byte[largest]));
            awaitAsleep(producer);
            int needed = (largest + 8) / 8;
            for (int i = 1; i < needed; i++) {
                assertEquals(0, theirs.take().length);
            }
            awaitAsleep(producer);
            theirs.take();
            producer.get();
            List<byte[]> left = emptied(theirs);
            assertEquals(largest, left.get(left.size() - 1).length);
        }

        @Test
        void releasesEveryProducerInTheEndWhateverItsLength() {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            fill(queue, 0);
            List<Async<Void>> producers = new ArrayList<>();
            for (int length : new int[]{0, 200, 1, 150, 0, 100, 240, 3}) {
                producers.add(Async.run(() -> queue.put(new byte[length])));
            }
            producers.forEach(producer -> awaitAsleep(producer));
            int sum = 0;
            while (!producers.stream().allMatch(Async::isDone) || !queue.isEmpty()) {
                byte[] taken = queue.poll();
                sum += taken == null ? 0 : taken.length;
            }
            producers.forEach(Async::get);
            assertEquals(694, sum);
        }

        @Test
        void isTriedAgainWhenAnotherProducerGivesUp() {
            IpcQueue<byte[]> queue = bytes(1 << 9);
            fill(queue, 0);
            Async<Void> large = Async.run(() -> queue.put(new byte[queue.largestMessageBytes()]));
            awaitAsleep(large);
            Async<Void> small = Async.run(() -> queue.put(new byte[]{7}));
            awaitAsleep(small);
            large.thread().interrupt();
            assertInstanceOf(InterruptedException.class, large.failure());
            queue.poll();
            queue.poll();
            small.get();
        }
    }

    @Nested
    class OfferAll {

        @Test
        void appendsAllInOrder() {
            IpcQueue<Integer> queue = numbers(5);
            assertTrue(queue.offerAll(List.of(1, 2)));
            assertTrue(queue.offerAll(List.of(3, 4, 5)));
            assertHolds(sameNumbers(), List.of(1, 2, 3, 4, 5));
        }

        @Test
        void appendsNoneIfNotAllFit() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            queue.addAll(List.of(1, 2, 3));
            assertFalse(queue.offerAll(List.of(4, 5, 6)));
            assertFalse(queue.offerAll(List.of(4, 5, 6), 1, TimeUnit.MILLISECONDS));
            assertFalse(queue.offerAll(List.of(4, 5, 6), -1, TimeUnit.DAYS));
            assertHolds(queue, List.of(1, 2, 3));
            assertTrue(queue.offerAll(List.of(4, 5)));
            assertHolds(queue, List.of(1, 2, 3, 4, 5));
        }

        @Test
        void appendsNoneIfTheBytesDoNotSuffice() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            byte[] large = new byte[queue.largestMessageBytes() - 100];
            queue.add(large);
            queue.add(new byte[queue.capacityBytes() / 4]);
            assertFalse(queue.offerAll(List.of(new byte[1], new byte[queue.capacityBytes() / 3], new byte[2])));
            assertEquals(2, queue.size());
            assertTrue(queue.offerAll(List.of(new byte[1], new byte[2])));
            assertEquals(4, queue.size());
        }

        @Test
        void goesRoundManyTimes() {
            IpcQueue<Integer> queue = numbers(7);
            Random random = new Random(1);
            int in = 0;
            int out = 0;
            while (in < 10_000) {
                int length = 1 + random.nextInt(3);
                if (queue.offerAll(range(in, in + length))) {
                    in += length;
                }
                for (int n = random.nextInt(5); n > 0 && out < in; n--) {
                    assertEquals(out++, queue.poll());
                }
                assertEquals(in - out, queue.size());
            }
            assertEquals(range(out, in), emptied(queue));
        }

        @Test
        void ofNothingAppendsNothing() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(1);
            queue.add(1);
            queue.offerAll(List.of());
            queue.offerAll(List.of(), 1, TimeUnit.DAYS);
            queue.putAll(List.of());
            assertHolds(queue, List.of(1));
        }

        @Test
        void refusesNull() {
            IpcQueue<Integer> queue = numbers(9);
            List<Integer> withNull = Arrays.asList(1, null, 2);
            assertThrows(NullPointerException.class, () -> queue.offerAll(null));
            assertThrows(NullPointerException.class, () -> queue.putAll(null));
            assertThrows(NullPointerException.class, () -> queue.offerAll(withNull));
            assertThrows(NullPointerException.class, () -> queue.putAll(withNull));
            assertThrows(NullPointerException.class, () -> queue.offerAll(withNull, 1, TimeUnit.DAYS));
            assertThrows(NullPointerException.class, () -> queue.offerAll(List.of(1), 1, null));
            assertHolds(queue, List.of());
        }

        @Test
        void refusesWhatCanNeverFit() {
            IpcQueue<byte[]> queue = bytes(1 << 10);
            List<byte[]> tooLong = List.of(new byte[queue.largestMessageBytes()], new byte[1]);
            assertThrows(IllegalArgumentException.class, () -> queue.offerAll(tooLong));
            assertThrows(IllegalArgumentException.class, () -> queue.putAll(tooLong));
            assertThrows(IllegalArgumentException.class, () -> queue.offerAll(tooLong, 1, TimeUnit.DAYS));
            List<byte[]> one = List.of(new byte[queue.largestMessageBytes() + 1]);
            assertNames(assertThrows(IllegalArgumentException.class, () -> queue.offerAll(one)),
                    queue.capacityBytes() / 2);
            assertTrue(queue.isEmpty());
            assertTrue(queue.offerAll(List.of(new byte[queue.largestMessageBytes()])));
        }

        @Test
        void refusesMoreThanThePlacesThereAre() {
            IpcQueue<Integer> queue = IpcQueue.create(segment, "q", Codec.int32(), Capacity.items(3));
            assertThrows(IllegalArgumentException.class, () -> queue.offerAll(List.of(1, 2, 3, 4)));
            assertThrows(IllegalArgumentException.class, () -> queue.putAll(List.of(1, 2, 3, 4)));
            assertHolds(queue, List.of());
            assertTrue(queue.offerAll(List.of(1, 2, 3)));
        }

        @Test
        void isSeenWholeOrNotAtAll() {
            IpcQueue<Integer> queue = numbers(40);
            Async<Void> producer = Async.run(() -> {
                for (int i = 0; i < 400; i++) {
                    queue.putAll(List.of(i, i, i, i, i));
                }
            });
            IpcQueue<Integer> theirs = sameNumbers();
            for (int i = 0; i < 400; i++) {
                int size = theirs.size();
                while (size == 0) {
                    Thread.onSpinWait();
                    size = theirs.size();
                }
                assertEquals(0, size % 5);
                List<Integer> batch = new ArrayList<>();
                theirs.drainTo(batch, 5);
                assertEquals(List.of(i, i, i, i, i), batch);
            }
            producer.get();
        }

        @Test
        void ofSeveralThreadsIsNotMixed() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(16);
            List<Async<Void>> producers = new ArrayList<>();
            for (int p = 0; p < 3; p++) {
                int start = p * 100_000;
                producers.add(Async.run(() -> {
                    for (int i = 0; i < 300; i++) {
                        queue.putAll(range(start + 4 * i, start + 4 * i + 4));
                    }
                }));
            }
            IpcQueue<Integer> theirs = sameNumbers();
            int[] next = new int[3];
            for (int i = 0; i < 900; i++) {
                int first = theirs.take();
                assertEquals(next[first / 100_000], first % 100_000);
                next[first / 100_000] += 4;
                for (int n = 1; n < 4; n++) {
                    assertEquals(first + n, theirs.take());
                }
            }
            producers.forEach(Async::get);
            assertTrue(queue.isEmpty());
        }

        @Test
        void waitsUntilAllFit() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(4);
            queue.addAll(List.of(1, 2, 3, 4));
            Async<Boolean> producer = Async.of(() -> queue.offerAll(List.of(5, 6, 7), 1, TimeUnit.DAYS));
            awaitAsleep(producer);
            IpcQueue<Integer> theirs = sameNumbers();
            theirs.take();
            theirs.take();
            assertEquals(2, theirs.size());
            assertFalse(producer.isDone());
            theirs.take();
            assertTrue(producer.get());
            assertHolds(theirs, List.of(4, 5, 6, 7));
        }

        @Test
        void releasesOneConsumerForEachElement() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(4);
            IpcQueue<Integer> theirs = sameNumbers();
            List<Async<Integer>> consumers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                consumers.add(Async.of(theirs::take));
            }
            consumers.forEach(consumer -> awaitAsleep(consumer));
            queue.putAll(List.of(1, 2, 3));
            assertEquals(6, consumers.stream().mapToInt(Async::get).sum());
        }

        @Test
        void isInterruptible() {
            IpcQueue<Integer> queue = numbers(2);
            queue.add(1);
            for (Async.Action action : List.<Async.Action>of(() -> queue.putAll(List.of(2, 3)),
                    () -> queue.offerAll(List.of(2, 3), 1, TimeUnit.DAYS))) {
                Async<Void> waiting = Async.run(action);
                awaitAsleep(waiting);
                waiting.thread().interrupt();
                assertInstanceOf(InterruptedException.class, waiting.failure());
                Async<Void> before = Async.run(() -> {
                    Thread.currentThread().interrupt();
                    action.run();
                });
                assertInstanceOf(InterruptedException.class, before.failure());
            }
            assertHolds(queue, List.of(1));
        }
    }

    @Nested
    class TakeUpTo {

        @Test
        void takesWhatIsThere() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            queue.offerAll(List.of(1, 2, 3, 4, 5));
            IpcQueue<Integer> theirs = sameNumbers();
            assertEquals(List.of(1, 2), theirs.takeUpTo(2));
            assertEquals(List.of(3), theirs.takeUpTo(1, 0, TimeUnit.SECONDS));
            assertEquals(List.of(4, 5), theirs.takeUpTo(Integer.MAX_VALUE));
            assertTrue(queue.isEmpty());
        }

        @Test
        void waitsForTheFirst() {
            IpcQueue<Integer> queue = numbers(5);
            IpcQueue<Integer> theirs = sameNumbers();
            Async<List<Integer>> consumer = Async.of(() -> theirs.takeUpTo(3));
            awaitAsleep(consumer);
            queue.offerAll(List.of(1, 2, 3, 4));
            assertEquals(List.of(1, 2, 3), consumer.get());
            Async<List<Integer>> timed = Async.of(() -> {
                theirs.take();
                return theirs.takeUpTo(3, Long.MAX_VALUE, TimeUnit.DAYS);
            });
            awaitAsleep(timed);
            queue.add(5);
            assertEquals(List.of(5), timed.get());
        }

        @Test
        void returnsAnEmptyListWhenTheTimeIsOver() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(5);
            assertEquals(List.of(), queue.takeUpTo(3, 0, TimeUnit.SECONDS));
            assertEquals(List.of(), queue.takeUpTo(3, -1, TimeUnit.DAYS));
            long start = System.nanoTime();
            assertEquals(List.of(), queue.takeUpTo(3, 20, TimeUnit.MILLISECONDS));
            assertTrue(System.nanoTime() - start >= 20_000_000);
            queue.add(1);
            assertHolds(queue, List.of(1));
        }

        @Test
        void releasesProducers() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            queue.offerAll(List.of(1, 2, 3));
            List<Async<Void>> producers = new ArrayList<>();
            for (int i = 4; i < 7; i++) {
                int element = i;
                producers.add(Async.run(() -> queue.put(element)));
            }
            producers.forEach(producer -> awaitAsleep(producer));
            assertEquals(List.of(1, 2, 3), sameNumbers().takeUpTo(3));
            producers.forEach(Async::get);
            assertEquals(3, queue.size());
        }

        @Test
        void isInterruptible() {
            IpcQueue<Integer> queue = numbers(2);
            for (Async.Action action : List.<Async.Action>of(() -> queue.takeUpTo(2),
                    () -> queue.takeUpTo(2, 1, TimeUnit.DAYS))) {
                Async<Void> waiting = Async.run(action);
                awaitAsleep(waiting);
                waiting.thread().interrupt();
                assertInstanceOf(InterruptedException.class, waiting.failure());
            }
            queue.add(1);
            Async<Void> before = Async.run(() -> {
                Thread.currentThread().interrupt();
                queue.takeUpTo(2);
            });
            assertInstanceOf(InterruptedException.class, before.failure());
            assertHolds(queue, List.of(1));
        }

        @Test
        void gathersEverythingInManySteps() {
            IpcQueue<Integer> queue = numbers(16);
            IpcQueue<Integer> theirs = sameNumbers();
            Async<List<Integer>> consumer = Async.of(() -> {
                List<Integer> all = new ArrayList<>();
                while (all.size() < 5000) {
                    all.addAll(theirs.takeUpTo(1 + all.size() % 9));
                }
                return all;
            });
            for (int i = 0; i < 5000; i++) {
                int element = i;
                Async.Action put = () -> queue.put(element);
                assertDoesNotThrow(put::run);
            }
            assertEquals(range(0, 5000), consumer.get());
        }
    }

    /** Positions are counted modulo 2^32, messages modulo 2^31. */
    @Nested
    class Counts {

        @ParameterizedTest
        @CsvSource({"0, -1", "0, -13", "2147483647, 0", "2147483640, -40", "2147483647, -1", "5, 2147483640",
            "2147483600, 2147483647"})
        void goRound(int messages, int units) {
            IpcQueue<Integer> queue = numbers(5);
            new RingProbe(segment, queue.id()).restartAt(RingProbe.word(messages, units));
            IpcQueue<Integer> theirs = sameNumbers();
            assertHolds(theirs, List.of());
            for (int i = 0; i < 60; i++) {
                assertEquals(5, theirs.remainingCapacity());
                assertTrue(queue.offerAll(List.of(i, i + 1, i + 2)));
                assertTrue(queue.offer(i + 3));
                assertTrue(queue.offer(i + 4));
                assertFalse(queue.offer(i + 5));
                assertTrue(queue.remove((Object) (i + 2)));
                assertHolds(theirs, List.of(i, i + 1, i + 3, i + 4));
                assertEquals(i, theirs.poll());
                assertEquals(List.of(i + 1, i + 3, i + 4), emptied(theirs));
            }
        }
    }

    @Nested
    class Handles {

        @Test
        void ofOneQueueWakeEachOther() {
            IpcQueue<Integer> mine = numbers(1);
            IpcQueue<Integer> theirs = sameNumbers();
            Async<Integer> consumer = Async.of(theirs::take);
            awaitAsleep(consumer);
            mine.add(1);
            assertEquals(1, consumer.get());
            mine.add(2);
            Async<Void> producer = Async.run(() -> mine.put(3));
            awaitAsleep(producer);
            assertEquals(2, theirs.poll());
            producer.get();
            assertEquals(3, theirs.poll());
        }

        @Test
        void ofOneQueueAreNotEmptiedOrFilledFromEachOther() {
            IpcQueue<Integer> mine = numbers(5);
            IpcQueue<Integer> theirs = sameNumbers();
            mine.offerAll(List.of(1, 2));
            assertThrows(IllegalArgumentException.class, () -> mine.drainTo(theirs));
            assertThrows(IllegalArgumentException.class, () -> mine.offerAll(theirs));
            assertThrows(IllegalArgumentException.class, () -> mine.putAll(mine));
            assertHolds(theirs, List.of(1, 2));
        }

        @Test
        void ofDifferentQueuesHaveNothingInCommon() {
            IpcQueue<Integer> one = IpcQueue.create(segment, "one", Codec.int32(), Capacity.items(2));
            IpcQueue<Integer> two = IpcQueue.create(segment, "two", Codec.int32(), Capacity.items(2));
            one.offerAll(List.of(1, 2));
            two.add(3);
            one.shutdown();
            assertHolds(two, List.of(3));
            assertTrue(two.offer(4));
            assertHolds(one, List.of(1, 2));
        }
    }

    @Nested
    class InWords {

        @Test
        void showsTheElementsLikeAnyCollection() {
            IpcQueue<Integer> queue = numbers(3);
            queue.offerAll(List.of(1, 2));
            assertEquals("[1, 2]", queue.toString());
        }
    }
}
