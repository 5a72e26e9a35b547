package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.Async;
import io.interlock.sync.Until;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every bounded {@link BlockingQueue} does that keeps the order of insertion, the JDK's and ours. */
abstract class BlockingQueueContract {

    private static final long SHORT_NANOS = 30_000_000;

    /** A new queue that holds so many elements. */
    abstract BlockingQueue<Integer> newQueue(int capacity);

    /** Whether the thread waits in a call of a queue. */
    abstract boolean isWaiting(Thread thread);

    final void awaitWaiting(Async<?> call) {
        Until.isTrue("the thread waits", () -> isWaiting(call.thread()));
        assertFalse(call.isDone());
    }

    /** A queue with room for {@code capacity}, with the first whole numbers in it. */
    final BlockingQueue<Integer> holding(int count, int capacity) {
        BlockingQueue<Integer> queue = newQueue(capacity);
        addAllOf(queue, 0, count);
        return queue;
    }

    private static void addAllOf(BlockingQueue<Integer> queue, int from, int to) {
        for (int i = from; i < to; i++) {
            assertTrue(queue.add(i));
        }
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toList());
    }

    /** Takes out all there is. */
    private static List<Integer> emptied(BlockingQueue<Integer> queue) {
        List<Integer> all = new ArrayList<>();
        for (Integer next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        return all;
    }

    static void assertHolds(BlockingQueue<Integer> queue, Integer... elements) {
        assertHolds(queue, List.of(elements));
    }

    /** Looks at the queue in every way that leaves it as it is. */
    static void assertHolds(BlockingQueue<Integer> queue, List<Integer> elements) {
        assertEquals(elements, new ArrayList<>(queue));
        assertEquals(elements.size(), queue.size());
        assertEquals(elements.isEmpty(), queue.isEmpty());
        assertEquals(elements.isEmpty() ? null : elements.get(0), queue.peek());
    }

    @Nested
    class Add {

        @Test
        void appendsAndReturnsTrue() {
            BlockingQueue<Integer> queue = newQueue(2);
            assertTrue(queue.add(1));
            assertTrue(queue.add(2));
            assertHolds(queue, 1, 2);
        }

        @Test
        void throwsIfTheQueueIsFull() {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertThrows(IllegalStateException.class, () -> queue.add(7));
            assertHolds(queue, 0, 1);
        }

        @Test
        void refusesNull() {
            BlockingQueue<Integer> queue = newQueue(2);
            assertThrows(NullPointerException.class, () -> queue.add(null));
            assertHolds(queue);
        }

        @Test
        void admitsEqualElements() {
            BlockingQueue<Integer> queue = newQueue(3);
            queue.add(1_000_000);
            queue.add(1_000_000);
            assertHolds(queue, 1_000_000, 1_000_000);
        }
    }

    @Nested
    class Offer {

        @Test
        void appendsUntilTheQueueIsFull() {
            BlockingQueue<Integer> queue = newQueue(3);
            assertTrue(queue.offer(1));
            assertTrue(queue.offer(2));
            assertTrue(queue.offer(3));
            assertFalse(queue.offer(4));
            assertFalse(queue.offer(5));
            assertHolds(queue, 1, 2, 3);
        }

        @Test
        void succeedsAgainForEachElementTaken() {
            BlockingQueue<Integer> queue = holding(3, 3);
            queue.poll();
            assertTrue(queue.offer(3));
            assertFalse(queue.offer(4));
            assertHolds(queue, 1, 2, 3);
        }

        @Test
        void refusesNullAlsoWhenFull() {
            BlockingQueue<Integer> queue = holding(1, 1);
            assertThrows(NullPointerException.class, () -> queue.offer(null));
            queue.clear();
            assertThrows(NullPointerException.class, () -> queue.offer(null));
            assertHolds(queue);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7, 8, 64, 1000})
        void succeedsExactlyAsOftenAsTheQueueHasPlaces(int capacity) {
            BlockingQueue<Integer> queue = newQueue(capacity);
            for (int round = 0; round < 3; round++) {
                int accepted = 0;
                while (queue.offer(accepted)) {
                    accepted++;
                }
                assertEquals(capacity, accepted);
                assertEquals(0, queue.remainingCapacity());
                assertEquals(numbers(0, capacity), emptied(queue));
            }
        }

        @Test
        void doesNotCareAboutInterrupts() {
            BlockingQueue<Integer> queue = newQueue(1);
            Thread.currentThread().interrupt();
            boolean first = queue.offer(1);
            boolean second = queue.offer(2);
            Integer polled = queue.poll();
            Integer none = queue.poll();
            assertTrue(Thread.interrupted());
            assertTrue(first);
            assertFalse(second);
            assertEquals(1, polled);
            assertNull(none);
        }
    }

    @Nested
    class OfferTimed {

        @Test
        void appendsAtOnceIfThereIsRoom() throws InterruptedException {
            BlockingQueue<Integer> queue = newQueue(4);
            assertTrue(queue.offer(1, 1, TimeUnit.DAYS));
            assertTrue(queue.offer(2, 0, TimeUnit.SECONDS));
            assertTrue(queue.offer(3, -1, TimeUnit.DAYS));
            assertTrue(queue.offer(4, Long.MIN_VALUE, TimeUnit.DAYS));
            assertHolds(queue, 1, 2, 3, 4);
        }

        @Test
        void triesOnceIfThereIsNoTime() throws InterruptedException {
            BlockingQueue<Integer> queue = holding(1, 1);
            assertFalse(queue.offer(7, 0, TimeUnit.SECONDS));
            assertFalse(queue.offer(7, -1, TimeUnit.NANOSECONDS));
            assertFalse(queue.offer(7, Long.MIN_VALUE, TimeUnit.DAYS));
            assertHolds(queue, 0);
        }

        @Test
        void returnsFalseWhenTheTimeIsOverAndNotBefore() throws InterruptedException {
            BlockingQueue<Integer> queue = holding(2, 2);
            long start = System.nanoTime();
            assertFalse(queue.offer(7, SHORT_NANOS, TimeUnit.NANOSECONDS));
            assertTrue(System.nanoTime() - start >= SHORT_NANOS);
        }

        @Test
        void enqueuesNothingWhenItTimesOutNotEvenLater() throws InterruptedException {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertFalse(queue.offer(7, 1, TimeUnit.MILLISECONDS));
            assertHolds(queue, 0, 1);
            assertEquals(0, queue.take());
            assertHolds(queue, 1);
            assertTrue(queue.add(2));
            assertEquals(List.of(1, 2), emptied(queue));
        }

        @Test
        void succeedsWhenThereIsRoomInTime() throws InterruptedException {
            BlockingQueue<Integer> queue = holding(1, 1);
            Async<Boolean> producer = Async.of(() -> queue.offer(1, Long.MAX_VALUE, TimeUnit.DAYS));
            awaitWaiting(producer);
            assertEquals(0, queue.take());
            assertTrue(producer.get());
            assertHolds(queue, 1);
        }

        @Test
        void refusesNull() {
            BlockingQueue<Integer> queue = newQueue(1);
            assertThrows(NullPointerException.class, () -> queue.offer(null, 1, TimeUnit.SECONDS));
            assertThrows(NullPointerException.class, () -> queue.offer(null, 0, TimeUnit.SECONDS));
            assertThrows(NullPointerException.class, () -> queue.offer(1, 1, null));
            assertHolds(queue);
        }
    }

    @Nested
    class Put {

        @Test
        void appendsIfThereIsRoom() throws InterruptedException {
            BlockingQueue<Integer> queue = newQueue(2);
            queue.put(1);
            queue.put(2);
            assertHolds(queue, 1, 2);
        }

        @Test
        void refusesNullAlsoWhenFull() {
            BlockingQueue<Integer> queue = newQueue(1);
            assertThrows(NullPointerException.class, () -> queue.put(null));
            queue.add(1);
            assertThrows(NullPointerException.class, () -> queue.put(null));
            assertHolds(queue, 1);
        }

        @Test
        void waitsUntilSomethingIsTaken() throws InterruptedException {
            BlockingQueue<Integer> queue = holding(2, 2);
            Async<Void> producer = Async.run(() -> queue.put(2));
            awaitWaiting(producer);
            assertHolds(queue, 0, 1);
            assertEquals(0, queue.take());
            producer.get();
            assertHolds(queue, 1, 2);
        }

        @ParameterizedTest
        @EnumSource
        void isReleasedByWhateverMakesRoom(Removal removal) {
            BlockingQueue<Integer> queue = holding(2, 2);
            Async<Void> producer = Async.run(() -> queue.put(2));
            awaitWaiting(producer);
            removal.removeSome(queue);
            producer.get();
            assertTrue(queue.contains(2));
        }

        @Test
        void ofSeveralThreadsIsReleasedOnceForEachPlace() {
            BlockingQueue<Integer> queue = holding(3, 3);
            List<Async<Void>> producers = new ArrayList<>();
            for (int i = 3; i < 6; i++) {
                int element = i;
                producers.add(Async.run(() -> queue.put(element)));
            }
            producers.forEach(producer -> awaitWaiting(producer));
            queue.poll();
            Until.isTrue("one got through", () -> producers.stream().filter(Async::isDone).count() == 1);
            assertEquals(3, queue.size());
            assertEquals(3, queue.drainTo(new ArrayList<>()));
            producers.forEach(Async::get);
            assertEquals(2, queue.size());
        }
    }

    /**
     * Every way to make room in a queue that holds 0 and 1. Those by a predicate are not among them: the JDK's own
     * array queue wakes nobody after {@code removeIf}, {@code removeAll} and {@code retainAll}.
     */
    enum Removal {
        TAKE(BlockingQueueContract::takeOne), POLL(BlockingQueue::poll), POLL_TIMED(q -> pollOne(q)),
        REMOVE(BlockingQueue::remove), REMOVE_FIRST(q -> q.remove(0)), REMOVE_LAST(q -> q.remove(1)),
        CLEAR(Collection::clear), DRAIN(q -> q.drainTo(new ArrayList<>())),
        DRAIN_ONE(q -> q.drainTo(new ArrayList<>(), 1)), ITERATOR(q -> {
            Iterator<Integer> all = q.iterator();
            all.next();
            all.remove();
        }), ITERATOR_LAST(q -> {
            Iterator<Integer> all = q.iterator();
            all.next();
            all.next();
            all.remove();
        });

        private final Consumer<BlockingQueue<Integer>> body;

        Removal(Consumer<BlockingQueue<Integer>> body) {
            this.body = body;
        }

        void removeSome(BlockingQueue<Integer> queue) {
            body.accept(queue);
        }
    }

    private static void takeOne(BlockingQueue<Integer> queue) {
        try {
            queue.take();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void pollOne(BlockingQueue<Integer> queue) {
        try {
            queue.poll(1, TimeUnit.DAYS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Every way to put a 7 into a queue. */
    enum Insertion {
        ADD(q -> q.add(7)), OFFER(q -> q.offer(7)), OFFER_TIMED(q -> {
            try {
                q.offer(7, 1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }), PUT(q -> {
            try {
                q.put(7);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }), ADD_ALL(q -> q.addAll(List.of(7)));

        private final Consumer<BlockingQueue<Integer>> body;

        Insertion(Consumer<BlockingQueue<Integer>> body) {
            this.body = body;
        }

        void insertSeven(BlockingQueue<Integer> queue) {
            body.accept(queue);
        }
    }

    @Nested
    class Remove {

        @Test
        void takesTheOldest() {
            BlockingQueue<Integer> queue = holding(3, 3);
            assertEquals(0, queue.remove());
            assertEquals(1, queue.remove());
            assertHolds(queue, 2);
        }

        @Test
        void throwsIfThereIsNone() {
            BlockingQueue<Integer> queue = newQueue(1);
            assertThrows(NoSuchElementException.class, queue::remove);
            queue.add(1);
            queue.remove();
            assertThrows(NoSuchElementException.class, queue::remove);
        }
    }

    @Nested
    class Poll {

        @Test
        void takesTheOldestOrReturnsNull() {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertEquals(0, queue.poll());
            assertEquals(1, queue.poll());
            assertNull(queue.poll());
            assertNull(queue.poll());
            assertHolds(queue);
        }
    }

    @Nested
    class PollTimed {

        @Test
        void takesAtOnceIfThereIsSomething() throws InterruptedException {
            BlockingQueue<Integer> queue = holding(4, 4);
            assertEquals(0, queue.poll(1, TimeUnit.DAYS));
            assertEquals(1, queue.poll(0, TimeUnit.SECONDS));
            assertEquals(2, queue.poll(-1, TimeUnit.DAYS));
            assertEquals(3, queue.poll(Long.MIN_VALUE, TimeUnit.DAYS));
            assertHolds(queue);
        }

        @Test
        void triesOnceIfThereIsNoTime() throws InterruptedException {
            BlockingQueue<Integer> queue = newQueue(1);
            assertNull(queue.poll(0, TimeUnit.SECONDS));
            assertNull(queue.poll(-1, TimeUnit.NANOSECONDS));
            assertNull(queue.poll(Long.MIN_VALUE, TimeUnit.DAYS));
        }

        @Test
        void returnsNullWhenTheTimeIsOverAndNotBefore() throws InterruptedException {
            BlockingQueue<Integer> queue = newQueue(1);
            long start = System.nanoTime();
            assertNull(queue.poll(SHORT_NANOS, TimeUnit.NANOSECONDS));
            assertTrue(System.nanoTime() - start >= SHORT_NANOS);
        }

        @Test
        void takesNothingWhenItTimesOutNotEvenLater() throws InterruptedException {
            BlockingQueue<Integer> queue = newQueue(1);
            assertNull(queue.poll(1, TimeUnit.MILLISECONDS));
            queue.add(5);
            assertHolds(queue, 5);
            assertEquals(5, queue.take());
        }

        @Test
        void succeedsWhenSomethingComesInTime() {
            BlockingQueue<Integer> queue = newQueue(1);
            Async<Integer> consumer = Async.of(() -> queue.poll(Long.MAX_VALUE, TimeUnit.DAYS));
            awaitWaiting(consumer);
            queue.add(5);
            assertEquals(5, consumer.get());
            assertHolds(queue);
        }

        @Test
        void refusesANullUnit() {
            BlockingQueue<Integer> queue = holding(1, 1);
            assertThrows(NullPointerException.class, () -> queue.poll(1, null));
            assertHolds(queue, 0);
        }
    }

    @Nested
    class Take {

        @Test
        void takesTheOldest() throws InterruptedException {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertEquals(0, queue.take());
            assertEquals(1, queue.take());
            assertHolds(queue);
        }

        @ParameterizedTest
        @EnumSource
        void waitsUntilSomethingIsPutHowever(Insertion insertion) {
            BlockingQueue<Integer> queue = newQueue(2);
            Async<Integer> consumer = Async.of(queue::take);
            awaitWaiting(consumer);
            insertion.insertSeven(queue);
            assertEquals(7, consumer.get());
            assertHolds(queue);
        }

        @Test
        void ofSeveralThreadsIsReleasedOnceForEachElement() {
            BlockingQueue<Integer> queue = newQueue(3);
            List<Async<Integer>> consumers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                consumers.add(Async.of(queue::take));
            }
            consumers.forEach(consumer -> awaitWaiting(consumer));
            queue.add(0);
            Until.isTrue("one got through", () -> consumers.stream().filter(Async::isDone).count() == 1);
            queue.addAll(List.of(1, 2));
            assertEquals(Set.of(0, 1, 2), consumers.stream().map(Async::get).collect(Collectors.toSet()));
            assertHolds(queue);
        }

        @Test
        void isReleasedInTurnWithPut() throws InterruptedException {
            BlockingQueue<Integer> there = newQueue(1);
            BlockingQueue<Integer> back = newQueue(1);
            Async<Void> echo = Async.run(() -> {
                for (int i = 0; i < 1000; i++) {
                    back.put(there.take() + 1);
                }
            });
            for (int i = 0; i < 1000; i++) {
                there.put(i);
                assertEquals(i + 1, back.take());
            }
            echo.get();
        }
    }

    @Nested
    class Element {

        @Test
        void showsTheOldestAndLeavesItThere() {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertEquals(0, queue.element());
            assertEquals(0, queue.element());
            assertHolds(queue, 0, 1);
        }

        @Test
        void throwsIfThereIsNone() {
            assertThrows(NoSuchElementException.class, newQueue(1)::element);
        }
    }

    @Nested
    class Peek {

        @Test
        void showsTheOldestAndLeavesItThere() {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertEquals(0, queue.peek());
            assertEquals(0, queue.peek());
            queue.remove();
            assertEquals(1, queue.peek());
            assertHolds(queue, 1);
        }

        @Test
        void returnsNullIfThereIsNone() {
            BlockingQueue<Integer> queue = newQueue(1);
            assertNull(queue.peek());
            queue.add(1);
            queue.remove();
            assertNull(queue.peek());
        }
    }

    @Nested
    class RemoveObject {

        @Test
        void removesTheFirstEqualOneWhereverItIs() {
            BlockingQueue<Integer> queue = newQueue(6);
            queue.addAll(List.of(1000, 2000, 1000, 3000, 4000));
            assertTrue(queue.remove((Object) 1000));
            assertHolds(queue, 2000, 1000, 3000, 4000);
            assertTrue(queue.remove((Object) 3000));
            assertHolds(queue, 2000, 1000, 4000);
            assertTrue(queue.remove((Object) 4000));
            assertHolds(queue, 2000, 1000);
            assertEquals(List.of(2000, 1000), emptied(queue));
        }

        @Test
        void returnsFalseIfThereIsNone() {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertFalse(queue.remove((Object) 7));
            assertFalse(queue.remove("a word"));
            assertFalse(queue.remove(null));
            assertHolds(queue, 0, 1);
            assertFalse(newQueue(1).remove((Object) 1));
        }

        @Test
        void makesRoomForOneMore() {
            BlockingQueue<Integer> queue = holding(3, 3);
            assertTrue(queue.remove((Object) 1));
            assertEquals(1, queue.remainingCapacity());
            assertTrue(queue.offer(3));
            assertFalse(queue.offer(4));
            assertHolds(queue, 0, 2, 3);
        }

        @Test
        void ofAllButTheLastLeavesItToTheNextTake() throws InterruptedException {
            BlockingQueue<Integer> queue = holding(5, 5);
            for (int i : new int[]{1, 3, 0, 2}) {
                assertTrue(queue.remove((Object) i));
            }
            assertHolds(queue, 4);
            assertEquals(4, queue.take());
            assertNull(queue.poll());
        }

        @Test
        void ofTheOnlyOneLeavesTheQueueEmpty() {
            BlockingQueue<Integer> queue = holding(1, 2);
            assertTrue(queue.remove((Object) 0));
            assertHolds(queue);
            assertNull(queue.poll());
            addAllOf(queue, 5, 7);
            assertHolds(queue, 5, 6);
        }
    }

    @Nested
    class Contains {

        @Test
        void isTrueForEqualElements() {
            BlockingQueue<Integer> queue = newQueue(2);
            queue.add(1000);
            assertTrue(queue.contains(1000));
            assertFalse(queue.contains(1001));
            queue.remove();
            assertFalse(queue.contains(1000));
        }

        @Test
        void isFalseForWhatCannotBeThere() {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertFalse(queue.contains("a word"));
            assertFalse(queue.contains(null));
        }

        @Test
        void ofAllLooksForEachOne() {
            BlockingQueue<Integer> queue = holding(3, 3);
            assertTrue(queue.containsAll(List.of(2, 0, 0)));
            assertTrue(queue.containsAll(List.of()));
            assertTrue(queue.containsAll(queue));
            assertFalse(queue.containsAll(List.of(0, 3)));
            assertThrows(NullPointerException.class, () -> queue.containsAll(null));
        }
    }

    @Nested
    class Size {

        @Test
        void andRemainingCapacityAreAlwaysTheCapacityTogether() {
            BlockingQueue<Integer> queue = newQueue(5);
            for (int i = 0; i < 40; i++) {
                assertEquals(5, queue.size() + queue.remainingCapacity());
                if (i % 8 < 5) {
                    queue.offer(i);
                } else {
                    queue.poll();
                }
            }
            assertEquals(5 - queue.size(), queue.remainingCapacity());
            queue.clear();
            assertEquals(0, queue.size());
            assertEquals(5, queue.remainingCapacity());
        }

        @Test
        void countsNoElementThatIsStillWaitingToComeIn() {
            BlockingQueue<Integer> queue = holding(1, 1);
            Async<Void> producer = Async.run(() -> queue.put(1));
            awaitWaiting(producer);
            assertEquals(1, queue.size());
            assertEquals(0, queue.remainingCapacity());
            queue.remove();
            producer.get();
            assertEquals(1, queue.size());
        }

        @Test
        void isNeverOutOfBoundsWhileOthersPutAndTake() {
            BlockingQueue<Integer> queue = newQueue(3);
            Async<Void> producer = Async.run(() -> {
                for (int i = 0; i < 5000; i++) {
                    queue.put(i);
                }
            });
            Async<Void> consumer = Async.run(() -> {
                for (int i = 0; i < 5000; i++) {
                    queue.take();
                }
            });
            while (!consumer.isDone()) {
                int size = queue.size();
                int remaining = queue.remainingCapacity();
                assertTrue(size >= 0 && size <= 3, () -> "size " + size);
                assertTrue(remaining >= 0 && remaining <= 3, () -> "remaining " + remaining);
            }
            producer.get();
            consumer.get();
            assertTrue(queue.isEmpty());
        }
    }

    @Nested
    class Clear {

        @Test
        void leavesAnEmptyQueueThatCanBeUsed() {
            BlockingQueue<Integer> queue = holding(3, 3);
            queue.clear();
            assertHolds(queue);
            assertNull(queue.poll());
            assertEquals(3, queue.remainingCapacity());
            addAllOf(queue, 5, 8);
            assertHolds(queue, 5, 6, 7);
            queue.clear();
            queue.clear();
            assertHolds(queue);
        }

        @Test
        void releasesAsManyProducersAsThereArePlaces() {
            BlockingQueue<Integer> queue = holding(2, 2);
            List<Async<Void>> producers = new ArrayList<>();
            for (int i = 2; i < 4; i++) {
                int element = i;
                producers.add(Async.run(() -> queue.put(element)));
            }
            producers.forEach(producer -> awaitWaiting(producer));
            queue.clear();
            producers.forEach(Async::get);
            assertEquals(Set.of(2, 3), new HashSet<>(emptied(queue)));
        }
    }

    @Nested
    class DrainTo {

        @Test
        void movesAllInOrder() {
            BlockingQueue<Integer> queue = holding(5, 5);
            List<Integer> target = new ArrayList<>(List.of(-1));
            assertEquals(5, queue.drainTo(target));
            assertEquals(numbers(-1, 5), target);
            assertHolds(queue);
            assertEquals(0, queue.drainTo(target));
            assertEquals(6, target.size());
        }

        @Test
        void movesAtMostAsManyAsAsked() {
            BlockingQueue<Integer> queue = holding(5, 5);
            List<Integer> target = new ArrayList<>();
            assertEquals(2, queue.drainTo(target, 2));
            assertEquals(List.of(0, 1), target);
            assertHolds(queue, 2, 3, 4);
            assertEquals(3, queue.drainTo(target, Integer.MAX_VALUE));
            assertEquals(numbers(0, 5), target);
            assertHolds(queue);
        }

        @Test
        void movesNothingIfNothingIsAskedFor() {
            BlockingQueue<Integer> queue = holding(2, 2);
            List<Integer> target = new ArrayList<>();
            assertEquals(0, queue.drainTo(target, 0));
            assertEquals(0, queue.drainTo(target, -1));
            assertEquals(0, queue.drainTo(target, Integer.MIN_VALUE));
            assertEquals(List.of(), target);
            assertHolds(queue, 0, 1);
        }

        @Test
        void refusesItself() {
            BlockingQueue<Integer> queue = holding(2, 4);
            assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue));
            assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue, 1));
            assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue, 0));
            assertHolds(queue, 0, 1);
        }

        @Test
        void refusesNull() {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertThrows(NullPointerException.class, () -> queue.drainTo(null));
            assertThrows(NullPointerException.class, () -> queue.drainTo(null, 1));
            assertThrows(NullPointerException.class, () -> queue.drainTo(null, 0));
            assertHolds(queue, 0, 1);
        }

        @Test
        void endsAlsoIfTheTargetPutsMoreIn() {
            BlockingQueue<Integer> queue = holding(3, 50);
            List<Integer> target = new AbstractList<>() {

                private int size;

                @Override
                public boolean add(Integer element) {
                    assertTrue(size++ < 20, "it moves what came after it began, without an end");
                    return queue.offer(element);
                }

                @Override
                public Integer get(int index) {
                    return 0;
                }

                @Override
                public int size() {
                    return size;
                }
            };
            assertEquals(3, queue.drainTo(target));
            assertHolds(queue, 0, 1, 2);
        }

        @Test
        void movesIntoAnotherQueue() {
            BlockingQueue<Integer> queue = holding(3, 3);
            BlockingQueue<Integer> target = newQueue(3);
            assertEquals(3, queue.drainTo(target));
            assertHolds(target, 0, 1, 2);
            assertHolds(queue);
        }

        @Test
        void releasesOneProducerForEachElement() {
            BlockingQueue<Integer> queue = holding(3, 3);
            List<Async<Void>> producers = new ArrayList<>();
            for (int i = 3; i < 6; i++) {
                int element = i;
                producers.add(Async.run(() -> queue.put(element)));
            }
            producers.forEach(producer -> awaitWaiting(producer));
            queue.drainTo(new ArrayList<>());
            producers.forEach(Async::get);
            assertEquals(Set.of(3, 4, 5), new HashSet<>(emptied(queue)));
        }
    }

    @Nested
    class Iteration {

        @Test
        void goesInOrderAndEnds() {
            BlockingQueue<Integer> queue = holding(3, 3);
            Iterator<Integer> all = queue.iterator();
            for (int i = 0; i < 3; i++) {
                assertTrue(all.hasNext());
                assertTrue(all.hasNext());
                assertEquals(i, all.next());
            }
            assertFalse(all.hasNext());
            assertThrows(NoSuchElementException.class, all::next);
            assertFalse(all.hasNext());
            assertHolds(queue, 0, 1, 2);
        }

        @Test
        void overNothingEndsAtOnce() {
            Iterator<Integer> none = newQueue(1).iterator();
            assertFalse(none.hasNext());
            assertThrows(NoSuchElementException.class, none::next);
            assertThrows(IllegalStateException.class, none::remove);
        }

        @Test
        void givesIndependentIterators() {
            BlockingQueue<Integer> queue = holding(2, 2);
            Iterator<Integer> one = queue.iterator();
            Iterator<Integer> two = queue.iterator();
            assertNotSame(one, two);
            assertEquals(0, one.next());
            assertEquals(1, one.next());
            assertEquals(0, two.next());
        }

        @Test
        void removesWhatItShowedLast() {
            BlockingQueue<Integer> queue = holding(5, 5);
            Iterator<Integer> all = queue.iterator();
            while (all.hasNext()) {
                if (all.next() % 2 == 0) {
                    all.remove();
                }
            }
            assertHolds(queue, 1, 3);
            assertEquals(3, queue.remainingCapacity());
            assertEquals(List.of(1, 3), emptied(queue));
        }

        @Test
        void removesAll() {
            BlockingQueue<Integer> queue = holding(5, 5);
            for (Iterator<Integer> all = queue.iterator(); all.hasNext();) {
                all.next();
                all.remove();
            }
            assertHolds(queue);
            addAllOf(queue, 0, 5);
            assertHolds(queue, 0, 1, 2, 3, 4);
        }

        @Test
        void removesTheOneShownAndNotAnEqualOne() {
            BlockingQueue<Integer> queue = newQueue(4);
            queue.addAll(List.of(1000, 2000, 1000, 3000));
            Iterator<Integer> all = queue.iterator();
            all.next();
            all.next();
            assertEquals(1000, all.next());
            all.remove();
            assertHolds(queue, 1000, 2000, 3000);
        }

        @Test
        void removesNothingBeforeNextOrTwice() {
            BlockingQueue<Integer> queue = holding(3, 3);
            Iterator<Integer> all = queue.iterator();
            assertThrows(IllegalStateException.class, all::remove);
            all.next();
            all.remove();
            assertThrows(IllegalStateException.class, all::remove);
            assertHolds(queue, 1, 2);
            assertEquals(1, all.next());
            all.remove();
            assertHolds(queue, 2);
        }

        @Test
        void removesTheLastOneAlsoAfterItsEnd() {
            BlockingQueue<Integer> queue = holding(2, 2);
            Iterator<Integer> all = queue.iterator();
            all.next();
            all.next();
            assertFalse(all.hasNext());
            all.remove();
            assertHolds(queue, 0);
        }

        @Test
        void removesNothingElseIfItsElementIsGone() {
            BlockingQueue<Integer> queue = newQueue(3);
            queue.addAll(List.of(7, 7, 7));
            Iterator<Integer> all = queue.iterator();
            all.next();
            queue.poll();
            all.remove();
            assertHolds(queue, 7, 7);
        }

        @Test
        void removesNothingElseAfterTheQueueWentRound() {
            BlockingQueue<Integer> queue = newQueue(2);
            queue.addAll(List.of(7, 7));
            Iterator<Integer> all = queue.iterator();
            all.next();
            for (int i = 0; i < 20; i++) {
                queue.poll();
                queue.add(7);
            }
            all.remove();
            assertHolds(queue, 7, 7);
        }

        @Test
        void neverComplainsAboutChanges() {
            BlockingQueue<Integer> queue = holding(3, 6);
            Iterator<Integer> all = queue.iterator();
            assertEquals(0, all.next());
            queue.poll();
            queue.add(3);
            List<Integer> rest = new ArrayList<>();
            all.forEachRemaining(rest::add);
            assertEquals(List.of(1, 2), rest.subList(0, 2));
        }

        @Test
        void keepsAPromiseOfHasNext() {
            BlockingQueue<Integer> queue = holding(1, 1);
            Iterator<Integer> all = queue.iterator();
            assertTrue(all.hasNext());
            queue.clear();
            assertEquals(0, all.next());
            assertFalse(all.hasNext());
        }

        @Test
        void overManyChangesOfOthersShowsEachElementOnceAndInOrder() {
            BlockingQueue<Integer> queue = newQueue(16);
            AtomicBoolean stop = new AtomicBoolean();
            Async<Void> others = Async.run(() -> {
                for (int i = 0; !stop.get(); i++) {
                    if (!queue.offer(i)) {
                        queue.poll();
                        queue.offer(i);
                    }
                }
            });
            for (int i = 0; i < 300; i++) {
                int last = -1;
                for (int element : queue) {
                    assertTrue(element > last);
                    last = element;
                }
            }
            stop.set(true);
            others.get();
        }

        @Test
        void refusesANullAction() {
            BlockingQueue<Integer> queue = holding(1, 1);
            assertThrows(NullPointerException.class, () -> queue.iterator().forEachRemaining(null));
            assertThrows(NullPointerException.class, () -> queue.forEach(null));
        }
    }

    @Nested
    class ToArray {

        @Test
        void copiesInOrder() {
            BlockingQueue<Integer> queue = holding(3, 3);
            assertArrayEquals(new Object[]{0, 1, 2}, queue.toArray());
            assertSame(Object[].class, queue.toArray().getClass());
            assertArrayEquals(new Object[0], newQueue(1).toArray());
        }

        @Test
        void givesACopyThatIsTheCallers() {
            BlockingQueue<Integer> queue = holding(2, 2);
            queue.toArray()[0] = 9;
            queue.toArray(new Integer[2])[0] = 9;
            assertHolds(queue, 0, 1);
        }

        @Test
        void fillsAGivenArrayOrMakesALargerOne() {
            BlockingQueue<Integer> queue = holding(3, 3);
            Integer[] exact = new Integer[3];
            assertSame(exact, queue.toArray(exact));
            assertArrayEquals(new Integer[]{0, 1, 2}, exact);
            Integer[] larger = {9, 9, 9, 9, 9};
            assertSame(larger, queue.toArray(larger));
            assertArrayEquals(new Integer[]{0, 1, 2, null, 9}, larger);
            assertArrayEquals(new Integer[]{0, 1, 2}, queue.toArray(new Integer[0]));
            assertArrayEquals(new Integer[]{0, 1, 2}, queue.toArray(Integer[]::new));
            assertArrayEquals(new Number[]{0, 1, 2}, queue.toArray(new Number[0]));
        }

        @Test
        void refusesWrongArrays() {
            BlockingQueue<Integer> queue = holding(2, 2);
            assertThrows(ArrayStoreException.class, () -> queue.toArray(new String[2]));
            assertThrows(ArrayStoreException.class, () -> queue.toArray(new String[0]));
            assertThrows(NullPointerException.class, () -> queue.toArray((Integer[]) null));
            assertHolds(queue, 0, 1);
        }
    }

    @Nested
    class InWords {

        @Test
        void showsTheElementsLikeAnyCollection() {
            assertEquals("[0, 1, 2]", holding(3, 3).toString());
            assertEquals("[]", newQueue(3).toString());
        }
    }

    @Nested
    class Equality {

        @Test
        void isIdentity() {
            BlockingQueue<Integer> queue = holding(1, 1);
            assertEquals(queue, queue);
            assertFalse(queue.equals(holding(1, 1)));
            int hash = queue.hashCode();
            queue.remove();
            assertEquals(hash, queue.hashCode());
        }
    }

    @Nested
    class RemoveIf {

        @Test
        void removesAllThatMatch() {
            BlockingQueue<Integer> queue = holding(6, 6);
            assertTrue(queue.removeIf(i -> i % 3 != 1));
            assertHolds(queue, 1, 4);
            assertFalse(queue.removeIf(i -> i > 4));
            assertTrue(queue.removeIf(i -> true));
            assertHolds(queue);
            assertFalse(queue.removeIf(i -> true));
            assertEquals(6, queue.remainingCapacity());
            addAllOf(queue, 0, 6);
            assertEquals(numbers(0, 6), emptied(queue));
        }

        @Test
        void passesOnWhatThePredicateThrowsAndLosesNothingElse() {
            BlockingQueue<Integer> queue = holding(4, 4);
            assertThrows(IllegalStateException.class, () -> queue.removeIf(i -> {
                if (i == 2) {
                    throw new IllegalStateException("two");
                }
                return i == 0;
            }));
            assertTrue(queue.containsAll(List.of(1, 2, 3)), queue::toString);
            assertTrue(queue.remove((Object) 1));
            queue.clear();
            addAllOf(queue, 0, 4);
            assertHolds(queue, 0, 1, 2, 3);
        }

        @Test
        void refusesANullPredicate() {
            BlockingQueue<Integer> queue = holding(1, 1);
            assertThrows(NullPointerException.class, () -> queue.removeIf(null));
            assertHolds(queue, 0);
        }
    }

    @Nested
    class RemoveAll {

        @Test
        void removesEveryOccurrence() {
            BlockingQueue<Integer> queue = newQueue(6);
            queue.addAll(List.of(1, 2, 1, 3, 1));
            assertTrue(queue.removeAll(Set.of(1, 3, 9)));
            assertHolds(queue, 2);
            assertFalse(queue.removeAll(Set.of(1, 3)));
            assertFalse(queue.removeAll(Set.of()));
            assertEquals(List.of(2), emptied(queue));
        }

        @Test
        void refusesNull() {
            BlockingQueue<Integer> queue = holding(1, 1);
            assertThrows(NullPointerException.class, () -> queue.removeAll(null));
            assertHolds(queue, 0);
        }
    }

    @Nested
    class RetainAll {

        @Test
        void removesAllOthers() {
            BlockingQueue<Integer> queue = newQueue(6);
            queue.addAll(List.of(1, 2, 1, 3, 1));
            assertTrue(queue.retainAll(Set.of(1, 9)));
            assertHolds(queue, 1, 1, 1);
            assertFalse(queue.retainAll(Set.of(1)));
            assertTrue(queue.retainAll(Set.of()));
            assertHolds(queue);
        }

        @Test
        void refusesNull() {
            BlockingQueue<Integer> queue = holding(1, 1);
            assertThrows(NullPointerException.class, () -> queue.retainAll(null));
            assertHolds(queue, 0);
        }
    }

    @Nested
    class AddAll {

        @Test
        void appendsInOrder() {
            BlockingQueue<Integer> queue = holding(1, 4);
            assertTrue(queue.addAll(List.of(1, 2)));
            assertFalse(queue.addAll(List.of()));
            assertHolds(queue, 0, 1, 2);
        }

        @Test
        void throwsIfTheyDoNotFit() {
            BlockingQueue<Integer> queue = holding(2, 3);
            assertThrows(IllegalStateException.class, () -> queue.addAll(List.of(2, 3, 4)));
            List<Integer> left = new ArrayList<>(queue);
            assertEquals(List.of(0, 1), left.subList(0, 2));
            assertTrue(left.equals(List.of(0, 1)) || left.equals(List.of(0, 1, 2)), left::toString);
        }

        @Test
        void refusesItself() {
            BlockingQueue<Integer> queue = holding(1, 4);
            assertThrows(IllegalArgumentException.class, () -> queue.addAll(queue));
            assertHolds(queue, 0);
        }

        @Test
        void refusesNull() {
            BlockingQueue<Integer> queue = holding(1, 4);
            assertThrows(NullPointerException.class, () -> queue.addAll(null));
            assertThrows(NullPointerException.class, () -> queue.addAll(Collections.singleton(null)));
            assertThrows(NullPointerException.class, () -> queue.addAll(Arrays.asList(1, null, 2)));
            assertFalse(queue.contains(2));
        }
    }

    @Nested
    class Order {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 8})
        void isThatOfInsertionManyTimesRound(int capacity) {
            BlockingQueue<Integer> queue = newQueue(capacity);
            Random random = new Random(capacity);
            int in = 0;
            int out = 0;
            while (in < 2000 * capacity) {
                for (int n = random.nextInt(capacity + 2); n > 0 && queue.offer(in); n--) {
                    in++;
                }
                assertEquals(in - out, queue.size());
                for (int n = random.nextInt(capacity + 2); n > 0 && out < in; n--) {
                    assertEquals(out, queue.peek());
                    assertEquals(out, queue.poll());
                    out++;
                }
            }
            assertEquals(numbers(out, in), emptied(queue));
        }

        @Test
        void isThatOfAModelForRandomOperations() {
            for (int seed = 0; seed < 20; seed++) {
                Random random = new Random(seed);
                int capacity = 1 + random.nextInt(9);
                BlockingQueue<Integer> queue = newQueue(capacity);
                List<Integer> model = new ArrayList<>();
                for (int step = 0; step < 300; step++) {
                    same(random, queue, model, capacity);
                    assertEquals(model, new ArrayList<>(queue), "seed " + seed + ", step " + step);
                    assertEquals(model.size(), queue.size());
                    assertEquals(capacity - model.size(), queue.remainingCapacity());
                }
                assertEquals(model, emptied(queue));
            }
        }

        /** Does the same to both. */
        private void same(Random random, BlockingQueue<Integer> queue, List<Integer> model, int capacity) {
            Integer element = random.nextInt(6);
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> {
                    boolean room = model.size() < capacity;
                    assertEquals(room, queue.offer(element));
                    if (room) {
                        model.add(element);
                    }
                }
                case 4, 5 -> assertEquals(model.isEmpty() ? null : model.remove(0), queue.poll());
                case 6 -> assertEquals(model.remove(element), queue.remove(element));
                case 7 -> assertEquals(model.removeIf(i -> i % 3 == element % 3), queue.removeIf(i -> i % 3 == element
                        % 3));
                case 8 -> {
                    int max = random.nextInt(3);
                    List<Integer> moved = new ArrayList<>();
                    queue.drainTo(moved, max);
                    List<Integer> expected = model.subList(0, Math.min(max, model.size()));
                    assertEquals(expected, moved);
                    expected.clear();
                }
                default -> removeOneByIterator(random.nextInt(capacity + 1), queue.iterator(), model.iterator());
            }
        }

        private void removeOneByIterator(int index, Iterator<Integer> mine, Iterator<Integer> theirs) {
            for (int i = 0; theirs.hasNext(); i++) {
                assertEquals(theirs.next(), mine.next());
                if (i == index) {
                    theirs.remove();
                    mine.remove();
                }
            }
            assertFalse(mine.hasNext());
        }
    }

    /** Every call that can wait, on a queue in which it has to: full, or empty. */
    enum Waiting {
        PUT(true) {

            @Override
            void call(BlockingQueue<Integer> queue) throws InterruptedException {
                queue.put(7);
            }
        },
        OFFER(true) {

            @Override
            void call(BlockingQueue<Integer> queue) throws InterruptedException {
                assertTrue(queue.offer(7, 1, TimeUnit.DAYS));
            }
        },
        TAKE(false) {

            @Override
            void call(BlockingQueue<Integer> queue) throws InterruptedException {
                queue.take();
            }
        },
        POLL(false) {

            @Override
            void call(BlockingQueue<Integer> queue) throws InterruptedException {
                assertEquals(1, queue.poll(1, TimeUnit.DAYS));
            }
        };

        private final boolean inserts;

        Waiting(boolean inserts) {
            this.inserts = inserts;
        }

        abstract void call(BlockingQueue<Integer> queue) throws InterruptedException;

        /** What the queue holds, so that this call waits. */
        List<Integer> before() {
            return inserts ? List.of(1, 1) : List.of();
        }

        /** Lets one such call through. */
        void letThrough(BlockingQueue<Integer> queue) {
            if (inserts) {
                queue.remove();
            } else {
                queue.add(1);
            }
        }
    }

    @Nested
    class Interrupts {

        private BlockingQueue<Integer> queueFor(Waiting waiting) {
            BlockingQueue<Integer> queue = newQueue(2);
            queue.addAll(waiting.before());
            return queue;
        }

        /** What came of an interrupted call: that it threw, and that the status was cleared. */
        private void assertInterrupted(Async<Boolean> call) {
            assertTrue(call.get(), "interrupted, and the status cleared");
        }

        private Async<Boolean> interruptedIn(Async.Action action) {
            return Async.of(() -> {
                try {
                    action.run();
                    return false;
                } catch (InterruptedException e) {
                    return !Thread.interrupted();
                }
            });
        }

        @ParameterizedTest
        @EnumSource
        void beforeACallThatWouldWaitEndIt(Waiting waiting) {
            BlockingQueue<Integer> queue = queueFor(waiting);
            assertInterrupted(interruptedIn(() -> {
                Thread.currentThread().interrupt();
                waiting.call(queue);
            }));
            assertHolds(queue, waiting.before());
        }

        @ParameterizedTest
        @EnumSource
        void beforeACallThatNeedNotWaitEndItToo(Waiting waiting) {
            BlockingQueue<Integer> queue = newQueue(2);
            queue.add(1);
            assertInterrupted(interruptedIn(() -> {
                Thread.currentThread().interrupt();
                waiting.call(queue);
            }));
            assertHolds(queue, 1);
        }

        @Test
        void beforeACallWithoutTimeEndItToo() {
            BlockingQueue<Integer> queue = holding(1, 2);
            assertInterrupted(interruptedIn(() -> {
                Thread.currentThread().interrupt();
                queue.offer(7, 0, TimeUnit.SECONDS);
            }));
            assertInterrupted(interruptedIn(() -> {
                Thread.currentThread().interrupt();
                queue.poll(-1, TimeUnit.SECONDS);
            }));
            assertHolds(queue, 0);
        }

        @ParameterizedTest
        @EnumSource
        void whileACallWaitsEndIt(Waiting waiting) {
            BlockingQueue<Integer> queue = queueFor(waiting);
            Async<Boolean> call = interruptedIn(() -> waiting.call(queue));
            awaitWaiting(call);
            call.thread().interrupt();
            assertInterrupted(call);
            assertHolds(queue, waiting.before());
        }

        @ParameterizedTest
        @EnumSource
        void leaveTheQueueAsItWasForTheNext(Waiting waiting) {
            BlockingQueue<Integer> queue = queueFor(waiting);
            Async<Boolean> call = interruptedIn(() -> waiting.call(queue));
            awaitWaiting(call);
            call.thread().interrupt();
            assertInterrupted(call);
            Async<Void> next = Async.run(() -> waiting.call(queue));
            awaitWaiting(next);
            waiting.letThrough(queue);
            next.get();
            assertEquals(waiting.inserts ? List.of(1, 7) : List.of(), emptied(queue));
        }

        @ParameterizedTest
        @EnumSource
        void ofOneWaiterDoNotTakeTheTurnOfAnother(Waiting waiting) {
            for (int round = 0; round < 40; round++) {
                BlockingQueue<Integer> queue = queueFor(waiting);
                Async<Boolean> one = interruptedIn(() -> waiting.call(queue));
                Async<Boolean> two = interruptedIn(() -> waiting.call(queue));
                awaitWaiting(one);
                awaitWaiting(two);
                one.thread().interrupt();
                waiting.letThrough(queue);
                if (one.get()) {
                    assertFalse(two.get());
                } else {
                    two.thread().interrupt();
                    assertTrue(two.get());
                }
                assertEquals(waiting.inserts ? List.of(1, 7) : List.of(), emptied(queue));
            }
        }
    }

    /** How a thread puts. */
    enum Producing {
        PUT {

            @Override
            void put(BlockingQueue<Integer> queue, int element) throws InterruptedException {
                queue.put(element);
            }
        },
        OFFER {

            @Override
            void put(BlockingQueue<Integer> queue, int element) {
                while (!queue.offer(element)) {
                    Thread.yield();
                }
            }
        },
        OFFER_TIMED {

            @Override
            void put(BlockingQueue<Integer> queue, int element) throws InterruptedException {
                long micros = element & 63;
                while (!queue.offer(element, micros, TimeUnit.MICROSECONDS)) {
                    micros++;
                }
            }
        };

        abstract void put(BlockingQueue<Integer> queue, int element) throws InterruptedException;
    }

    /** How a thread takes; nobody waits for ever, because nobody knows who gets the last. */
    enum Consuming {
        TAKE {

            @Override
            void take(BlockingQueue<Integer> queue, List<Integer> target) throws InterruptedException {
                target.add(queue.take());
            }
        },
        POLL {

            @Override
            void take(BlockingQueue<Integer> queue, List<Integer> target) {
                Integer taken = queue.poll();
                if (taken != null) {
                    target.add(taken);
                } else {
                    Thread.yield();
                }
            }
        },
        POLL_TIMED {

            @Override
            void take(BlockingQueue<Integer> queue, List<Integer> target) throws InterruptedException {
                Integer taken = queue.poll(target.size() & 63, TimeUnit.MICROSECONDS);
                if (taken != null) {
                    target.add(taken);
                }
            }
        },
        DRAIN {

            @Override
            void take(BlockingQueue<Integer> queue, List<Integer> target) {
                if (queue.drainTo(target, 1 + target.size() % 5) == 0) {
                    Thread.yield();
                }
            }
        };

        abstract void take(BlockingQueue<Integer> queue, List<Integer> target) throws InterruptedException;
    }

    /** Elements are numbers of a producer, from 0; the producer stands in the upper bits. */
    @Nested
    class Threads {

        private static final int SHIFT = 20;
        private static final int END = -1;

        private List<List<Integer>> run(BlockingQueue<Integer> queue, int producers, int consumers, int each,
                Producing producing, Consuming consuming) throws InterruptedException {
            List<Async<Void>> in = new ArrayList<>();
            List<Async<List<Integer>>> out = new ArrayList<>();
            for (int c = 0; c < consumers; c++) {
                out.add(Async.of(() -> {
                    List<Integer> taken = new ArrayList<>();
                    while (taken.isEmpty() || taken.get(taken.size() - 1) != END) {
                        consuming.take(queue, taken);
                    }
                    return taken;
                }));
            }
            for (int p = 0; p < producers; p++) {
                int producer = p;
                in.add(Async.run(() -> {
                    for (int i = 0; i < each; i++) {
                        producing.put(queue, producer << SHIFT | i);
                    }
                }));
            }
            in.forEach(Async::get);
            // One at a time: a consumer that drains must not get the end of another.
            List<List<Integer>> taken = new ArrayList<>();
            for (int c = 0; c < consumers; c++) {
                queue.put(END);
                Until.isTrue("somebody got the end", queue::isEmpty);
            }
            out.forEach(consumer -> taken.add(consumer.get()));
            taken.forEach(list -> list.remove(list.size() - 1));
            return taken;
        }

        private void assertNothingLostTwiceOrOvertaken(List<List<Integer>> taken, int producers, int each) {
            int[] count = new int[producers];
            for (List<Integer> ofOne : taken) {
                int[] last = new int[producers];
                Arrays.fill(last, -1);
                for (int element : ofOne) {
                    int producer = element >> SHIFT;
                    int number = element & (1 << SHIFT) - 1;
                    assertTrue(number > last[producer], () -> number + " of " + producer + " came too late");
                    last[producer] = number;
                    count[producer]++;
                }
            }
            Set<Integer> distinct = new HashSet<>();
            taken.forEach(distinct::addAll);
            for (int n : count) {
                assertEquals(each, n);
            }
            assertEquals(producers * each, distinct.size());
        }

        @ParameterizedTest
        @EnumSource
        void loseNothingHoweverTheyPut(Producing producing) throws InterruptedException {
            for (int capacity : new int[]{1, 3, 64}) {
                BlockingQueue<Integer> queue = newQueue(capacity);
                var taken = run(queue, 3, 3, 1500, producing, Consuming.TAKE);
                assertNothingLostTwiceOrOvertaken(taken, 3, 1500);
                assertTrue(queue.isEmpty());
            }
        }

        @ParameterizedTest
        @EnumSource
        void loseNothingHoweverTheyTake(Consuming consuming) throws InterruptedException {
            for (int capacity : new int[]{1, 3, 64}) {
                BlockingQueue<Integer> queue = newQueue(capacity);
                var taken = run(queue, 3, 3, 1500, Producing.PUT, consuming);
                assertNothingLostTwiceOrOvertaken(taken, 3, 1500);
                assertTrue(queue.isEmpty());
            }
        }

        @Test
        void inPairsKeepTheOrder() throws InterruptedException {
            var taken = run(newQueue(7), 1, 1, 20_000, Producing.PUT, Consuming.TAKE);
            assertEquals(List.of(numbers(0, 20_000)), taken);
        }

        @Test
        void removeEachElementOnce() {
            BlockingQueue<Integer> queue = holding(400, 400);
            List<Async<Integer>> removers = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(3);
            for (int t = 0; t < 3; t++) {
                removers.add(Async.of(() -> {
                    together.await();
                    int removed = 0;
                    for (int i = 0; i < 400; i++) {
                        removed += queue.remove((Object) i) ? 1 : 0;
                    }
                    return removed;
                }));
            }
            assertEquals(400, removers.stream().mapToInt(Async::get).sum());
            assertHolds(queue);
        }

        @Test
        void removeFromTheMiddleWhileOthersPutAndTake() {
            BlockingQueue<Integer> queue = newQueue(8);
            Set<Integer> removed = new HashSet<>();
            CountDownLatch done = new CountDownLatch(1);
            Async<Void> producer = Async.run(() -> {
                for (int i = 0; i < 4000; i++) {
                    queue.put(i);
                }
                queue.put(END);
            });
            Async<List<Integer>> consumer = Async.of(() -> {
                List<Integer> taken = new ArrayList<>();
                for (int i = queue.take(); i != END; i = queue.take()) {
                    taken.add(i);
                }
                done.countDown();
                return taken;
            });
            while (done.getCount() > 0) {
                Integer next = queue.peek();
                int candidate = next == null ? 0 : next + 2;
                if (candidate > 1 && queue.remove((Object) candidate)) {
                    assertTrue(removed.add(candidate), () -> candidate + " was removed twice");
                }
            }
            producer.get();
            List<Integer> taken = consumer.get();
            List<Integer> expected = numbers(0, 4000);
            expected.removeAll(removed);
            assertEquals(expected, taken);
        }

        @Test
        void thatRemoveTheOldestNeverHideTheOthersFromThoseWhoPeek() {
            BlockingQueue<Integer> queue = holding(4, 6);
            AtomicBoolean stop = new AtomicBoolean();
            Async<Void> remover = Async.run(() -> {
                for (int i = 0; !stop.get(); i += 2) {
                    assertTrue(queue.remove((Object) i));
                    assertEquals(i + 1, queue.poll());
                    queue.put(i + 4);
                    queue.put(i + 5);
                }
            });
            int hidden = 0;
            for (int i = 0; i < 1_000_000; i++) {
                hidden += queue.peek() == null || queue.isEmpty() ? 1 : 0;
            }
            stop.set(true);
            remover.get();
            assertEquals(0, hidden);
        }

        @Test
        void clearWhileOthersPutAndNobodyHangs() {
            BlockingQueue<Integer> queue = newQueue(2);
            List<Async<Void>> producers = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                producers.add(Async.run(() -> {
                    for (int i = 0; i < 1000; i++) {
                        queue.put(i);
                    }
                }));
            }
            Until.isTrue("all are through", () -> {
                queue.clear();
                return producers.stream().allMatch(Async::isDone);
            });
            producers.forEach(Async::get);
            queue.clear();
            assertHolds(queue);
            assertEquals(2, queue.remainingCapacity());
        }

        @Test
        void thatTimeOutLoseNothing() {
            BlockingQueue<Integer> queue = newQueue(2);
            AtomicInteger in = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            ConcurrentLinkedQueue<Integer> out = new ConcurrentLinkedQueue<>();
            List<Async<Void>> threads = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                threads.add(Async.run(() -> {
                    for (int i = 0; i < 3000; i++) {
                        if (queue.offer(i, i % 7, TimeUnit.MICROSECONDS)) {
                            in.addAndGet(i);
                        }
                    }
                }));
                threads.add(Async.run(() -> {
                    while (!stop.get()) {
                        Integer taken = queue.poll(out.size() % 7, TimeUnit.MICROSECONDS);
                        if (taken != null) {
                            out.add(taken);
                        }
                    }
                }));
            }
            threads.get(0).get();
            threads.get(2).get();
            stop.set(true);
            threads.forEach(Async::get);
            out.addAll(emptied(queue));
            assertEquals(in.get(), out.stream().mapToInt(Integer::intValue).sum());
        }

        @Test
        void publishWhatTheyWroteBefore() throws InterruptedException {
            BlockingQueue<Integer> queue = newQueue(4);
            int[] plain = new int[1001];
            Async<Void> producer = Async.run(() -> {
                for (int i = 1; i <= 1000; i++) {
                    plain[i] = i * 3;
                    queue.put(i);
                }
            });
            for (int i = 1; i <= 1000; i++) {
                assertEquals(i, queue.take());
                assertEquals(i * 3, plain[i]);
            }
            producer.get();
        }
    }

    @Nested
    class Streams {

        @Test
        void showTheElementsInOrder() {
            BlockingQueue<Integer> queue = holding(5, 5);
            assertEquals(List.of(0, 2, 4), queue.stream().filter(i -> i % 2 == 0).collect(Collectors.toList()));
            assertEquals(10, queue.parallelStream().mapToInt(Integer::intValue).sum());
            List<Integer> seen = new ArrayList<>();
            queue.forEach(seen::add);
            assertEquals(numbers(0, 5), seen);
            assertHolds(queue, 0, 1, 2, 3, 4);
        }

        @Test
        void ofAQueueThatOthersChangeDoNotRelyOnItsSize() {
            BlockingQueue<Integer> queue = holding(3, 5);
            Spliterator<Integer> spliterator = queue.spliterator();
            assertFalse(spliterator.hasCharacteristics(Spliterator.SIZED));
            assertFalse(spliterator.hasCharacteristics(Spliterator.IMMUTABLE));
            assertTrue(spliterator.hasCharacteristics(Spliterator.ORDERED | Spliterator.NONNULL
                    | Spliterator.CONCURRENT));
        }

        @Test
        void andCopiesNeverFailWhileOthersPutAndTake() {
            BlockingQueue<Integer> queue = newQueue(8);
            AtomicBoolean stop = new AtomicBoolean();
            Async<Void> others = Async.run(() -> {
                for (int i = 0; !stop.get(); i++) {
                    if (i % 5 < 3) {
                        queue.offer(i);
                    } else {
                        queue.poll();
                    }
                }
            });
            try {
                for (int i = 0; i < 500; i++) {
                    assertTrue(queue.stream().toArray().length <= 5 * 8);
                    assertFalse(Arrays.asList(queue.toArray()).contains(null));
                    assertFalse(queue.toString().contains("null"));
                }
            } catch (ConcurrentModificationException | IllegalStateException e) {
                throw new AssertionError(e);
            } finally {
                stop.set(true);
                others.get();
            }
        }

        @Test
        void areLazy() {
            BlockingQueue<Integer> queue = newQueue(2);
            var later = queue.stream();
            queue.add(1);
            assertEquals(List.of(1), later.collect(Collectors.toList()));
        }

        @Test
        void passOnWhatAnActionThrows() {
            BlockingQueue<Integer> queue = holding(2, 2);
            Executable failing = () -> queue.forEach(i -> {
                throw new IllegalStateException("no");
            });
            assertInstanceOf(IllegalStateException.class, assertThrows(RuntimeException.class, failing));
            assertHolds(queue, 0, 1);
            queue.clear();
            assertTrue(queue.offer(1));
        }
    }
}
