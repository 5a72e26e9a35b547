package io.interlock.memory;

import static io.interlock.core.testing.ClosedHandles.assertAllThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.testing.Async;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Use after the segment was closed, and close while threads wait. */
class IpcQueueCloseTest extends QueueFixture {

    private static Map<String, Executable> operations(Segment closed, IpcQueue<Integer> queue) {
        Map<String, Executable> all = new LinkedHashMap<>();
        all.put("claim", () -> queue.claim(4));
        all.put("claim timed", () -> queue.claim(4, 1, TimeUnit.DAYS));
        all.put("tryClaim", () -> queue.tryClaim(4));
        all.put("put", () -> queue.put(1));
        all.put("offer", () -> queue.offer(1));
        all.put("add", () -> queue.add(1));
        all.put("offer timed", () -> queue.offer(1, 1, TimeUnit.DAYS));
        all.put("offer no time", () -> queue.offer(1, 0, TimeUnit.DAYS));
        all.put("addAll", () -> queue.addAll(List.of(1)));
        all.put("offerAll", () -> queue.offerAll(List.of(1)));
        all.put("offerAll timed", () -> queue.offerAll(List.of(1), 1, TimeUnit.DAYS));
        all.put("putAll", () -> queue.putAll(List.of(1)));
        all.put("take", queue::take);
        all.put("poll", queue::poll);
        all.put("poll timed", () -> queue.poll(1, TimeUnit.DAYS));
        all.put("poll no time", () -> queue.poll(0, TimeUnit.DAYS));
        all.put("remove", queue::remove);
        all.put("takeUpTo", () -> queue.takeUpTo(1));
        all.put("takeUpTo timed", () -> queue.takeUpTo(1, 1, TimeUnit.DAYS));
        all.put("drainTo", () -> queue.drainTo(new ArrayList<>()));
        all.put("drainTo max", () -> queue.drainTo(new ArrayList<>(), 1));
        all.put("read", () -> queue.read(message -> {
        }, 1));
        all.put("peek", queue::peek);
        all.put("element", queue::element);
        all.put("size", queue::size);
        all.put("isEmpty", queue::isEmpty);
        all.put("remainingCapacity", queue::remainingCapacity);
        all.put("contains", () -> queue.contains(1));
        all.put("remove object", () -> queue.remove((Object) 1));
        all.put("removeIf", () -> queue.removeIf(i -> true));
        all.put("iterator", () -> queue.iterator().hasNext());
        all.put("forEach", () -> queue.forEach(i -> {
        }));
        all.put("stream", () -> queue.stream().count());
        all.put("toArray", queue::toArray);
        all.put("clear", queue::clear);
        all.put("shutdown", queue::shutdown);
        all.put("shutdownNow", queue::shutdownNow);
        all.put("isShutDown", queue::isShutDown);
        all.put("exclusiveProducer", queue::exclusiveProducer);
        all.put("exclusiveProducer timed", () -> queue.exclusiveProducer(1, TimeUnit.DAYS));
        all.put("exclusiveConsumer", queue::exclusiveConsumer);
        all.put("exclusiveConsumer timed", () -> queue.exclusiveConsumer(1, TimeUnit.DAYS));
        all.put("create", () -> IpcQueue.create(closed, "new", Codec.int32()));
        all.put("create anonymous", () -> IpcQueue.create(closed, Codec.int32()));
        all.put("open", () -> IpcQueue.open(closed, "q", Codec.int32()));
        all.put("open id", () -> IpcQueue.open(closed, 1, Codec.int32()));
        all.put("openOrCreate", () -> IpcQueue.openOrCreate(closed, "q", Codec.int32()));
        return all;
    }

    @Nested
    class EveryOperation {

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2})
        void throwsAfterTheLastHandleWasClosed(int messages) {
            IpcQueue<Integer> queue = numbers(2);
            for (int i = 0; i < messages; i++) {
                queue.add(i);
            }
            other.close();
            segment.close();
            assertAllThrow(operations(segment, queue));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2})
        void throwsAfterThisHandleWasClosedAndAnotherLivesAndChangesNothing(int messages) {
            IpcQueue<Integer> queue = numbers(2);
            IpcQueue<Integer> theirs = sameNumbers();
            for (int i = 0; i < messages; i++) {
                queue.add(9);
            }
            segment.close();
            operations(segment, queue).forEach((name, operation) -> {
                assertAllThrow(Map.of(name, operation));
                assertEquals(messages, theirs.size(), name);
                assertFalse(theirs.isShutDown(), name);
            });
            assertEquals(messages, emptied(theirs).size());
            assertTrue(theirs.offer(1), "the side of the producers is free");
            assertEquals(1, theirs.poll(), "the side of the consumers is free");
        }

        @Test
        void ofARoleThrowsAndTheSideIsFreeOnceItWasClosed() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            IpcQueue<Integer> theirs = sameNumbers();
            queue.add(1);
            ExclusiveProducer<Integer> producer = queue.exclusiveProducer();
            ExclusiveConsumer<Integer> consumer = queue.exclusiveConsumer();
            segment.close();
            Map<String, Executable> operations = new LinkedHashMap<>();
            operations.put("put", () -> producer.put(2));
            operations.put("offer", () -> producer.offer(2));
            operations.put("offer timed", () -> producer.offer(2, 1, TimeUnit.DAYS));
            operations.put("offerAll", () -> producer.offerAll(List.of(2)));
            operations.put("claim", () -> producer.claim(4));
            operations.put("tryClaim", () -> producer.tryClaim(4));
            operations.put("take", consumer::take);
            operations.put("poll", consumer::poll);
            operations.put("poll timed", () -> consumer.poll(1, TimeUnit.DAYS));
            operations.put("drainTo", () -> consumer.drainTo(new ArrayList<>()));
            operations.put("takeUpTo", () -> consumer.takeUpTo(1));
            operations.put("read", () -> consumer.read(message -> {
            }, 1));
            assertAllThrow(operations);
            assertHolds(theirs, List.of(1));
            producer.close();
            consumer.close();
            assertTrue(theirs.offer(2));
            assertEquals(List.of(1, 2), emptied(theirs));
        }

        @Test
        void leavesTheFactsOfAHandle() {
            IpcQueue<Integer> queue = numbers(2);
            int id = queue.id();
            segment.close();
            other.close();
            assertEquals("q", queue.name());
            assertEquals(id, queue.id());
            assertEquals(2, queue.capacityItems());
        }
    }

    /** Every call that waits. */
    enum Waiting {
        PUT, OFFER, PUT_ALL, OFFER_ALL, CLAIM, TAKE, POLL, TAKE_UP_TO, TAKE_UP_TO_TIMED, EXCLUSIVE_PRODUCER,
        EXCLUSIVE_CONSUMER;

        /** On a full queue, an empty one, and one whose sides are taken. */
        Object call(IpcQueue<Integer> full, IpcQueue<Integer> empty, IpcQueue<Integer> taken)
                throws InterruptedException {
            return switch (this) {
                case PUT -> {
                    full.put(1);
                    yield 1;
                }
                case OFFER -> full.offer(1, 1, TimeUnit.DAYS);
                case PUT_ALL -> {
                    full.putAll(List.of(1));
                    yield 1;
                }
                case OFFER_ALL -> full.offerAll(List.of(1), 1, TimeUnit.DAYS);
                case CLAIM -> full.claim(4);
                case TAKE -> empty.take();
                case POLL -> empty.poll(1, TimeUnit.DAYS);
                case TAKE_UP_TO -> empty.takeUpTo(1);
                case TAKE_UP_TO_TIMED -> empty.takeUpTo(1, 1, TimeUnit.DAYS);
                case EXCLUSIVE_PRODUCER -> taken.exclusiveProducer();
                case EXCLUSIVE_CONSUMER -> taken.exclusiveConsumer();
            };
        }
    }

    @Nested
    class AClose {

        private IpcQueue<Integer> make(String name, int messages) {
            IpcQueue<Integer> queue = IpcQueue.create(segment, name, Codec.int32(), Capacity.items(1));
            for (int i = 0; i < messages; i++) {
                queue.add(9);
            }
            return queue;
        }

        private IpcQueue<Integer> theirs(String name) {
            return IpcQueue.open(other, name, Codec.int32());
        }

        @ParameterizedTest
        @EnumSource
        void wakesWhoeverWaits(Waiting waiting) throws InterruptedException {
            IpcQueue<Integer> full = make("full", 1);
            IpcQueue<Integer> empty = make("empty", 0);
            IpcQueue<Integer> taken = make("taken", 0);
            ExclusiveProducer<Integer> producer = theirs("taken").exclusiveProducer();
            ExclusiveConsumer<Integer> consumer = theirs("taken").exclusiveConsumer();
            Async<Object> call = Async.of(() -> waiting.call(full, empty, taken));
            awaitAsleep(call);
            segment.close();
            assertInstanceOf(SegmentClosedException.class, call.failure());
            assertHolds(theirs("full"), List.of(9));
            producer.close();
            consumer.close();
            for (String name : List.of("full", "empty", "taken")) {
                theirs(name).clear();
                assertTrue(theirs(name).offer(1), name);
                assertEquals(1, theirs(name).poll(), name);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"EXCLUSIVE_PRODUCER", "EXCLUSIVE_CONSUMER"}, mode = EnumSource.Mode.EXCLUDE)
        void ofTheLastHandleWakesWhoeverWaits(Waiting waiting) {
            IpcQueue<Integer> full = make("full", 1);
            IpcQueue<Integer> empty = make("empty", 0);
            Async<Object> call = Async.of(() -> waiting.call(full, empty, empty));
            awaitAsleep(call);
            other.close();
            segment.close();
            assertInstanceOf(SegmentClosedException.class, call.failure());
        }

        @Test
        void inAClaimMakesItThrowAndAddsNothing() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(2);
            IpcQueue<Integer> theirs = sameNumbers();
            Claim claim = queue.claim(4);
            claim.buffer().putInt(7);
            segment.close();
            assertThrows(SegmentClosedException.class, claim::commit);
            claim.close();
            assertHolds(theirs, List.of());
            assertTrue(theirs.offer(1), "the side is free");
        }

        @Test
        void ofTheLastHandleInAClaimDoesNoHarm() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(2);
            Claim claim = queue.claim(4);
            other.close();
            segment.close();
            claim.buffer().putInt(7);
            assertThrows(SegmentClosedException.class, claim::commit);
            claim.close();
            Segment again = dirs.closeLater(Segment.open(dirs.path("s")));
            IpcQueue<Integer> reopened = IpcQueue.open(again, "q", Codec.int32());
            assertHolds(reopened, List.of());
            assertTrue(reopened.offer(1));
        }

        @Test
        void inAHandlerEndsTheReadAndFreesTheSide() {
            IpcQueue<Integer> queue = numbers(3);
            IpcQueue<Integer> theirs = sameNumbers();
            queue.offerAll(List.of(1, 2));
            assertThrows(SegmentClosedException.class, () -> queue.read(message -> segment.close(), 5));
            assertTrue(theirs.size() == 2 || theirs.size() == 1);
            assertTrue(emptied(theirs).contains(2));
        }

        @Test
        void leavesTheMessagesToThoseWhoOpenAgain() {
            numbers(3).offerAll(List.of(1, 2));
            other.close();
            segment.close();
            Segment again = dirs.closeLater(Segment.open(dirs.path("s")));
            assertHolds(IpcQueue.open(again, "q", Codec.int32()), List.of(1, 2));
        }

        @Test
        void ofTheLastHandleFreesRoles() throws InterruptedException {
            IpcQueue<Integer> queue = numbers(3);
            queue.exclusiveProducer();
            queue.exclusiveConsumer();
            other.close();
            segment.close();
            Segment again = dirs.closeLater(Segment.open(dirs.path("s")));
            IpcQueue<Integer> reopened = IpcQueue.open(again, "q", Codec.int32());
            reopened.put(1);
            assertEquals(1, reopened.take());
        }
    }
}
