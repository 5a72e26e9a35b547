package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.sync.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queues between several JVMs, all of which live. */
class IpcQueueIT {

    /** Those that do as they are told serve all tests; they end with the last. */
    private static final TestDirs ALL_TESTS = new TestDirs();
    private static final List<ChildJvm> PUPPETS = new ArrayList<>();
    private static final List<ChildJvm> WORKERS = new ArrayList<>();

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private final long seed = Long.getLong("interlock.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Segment segment;
    private Segment logs;

    @BeforeEach
    void create() {
        segment = dirs.closeLater(Segment.create(dirs.path("queues")));
        logs = dirs.closeLater(Segment.create(dirs.path("logs"), SegmentOptions.defaults().withSizeBytes(16 << 20)));
    }

    @AfterAll
    static void endChildren() throws Exception {
        ALL_TESTS.afterEach(null);
        PUPPETS.clear();
        WORKERS.clear();
    }

    private static List<ChildJvm> children(Class<?> main, List<ChildJvm> started, int count) {
        List<ChildJvm> more = new ArrayList<>();
        for (int i = started.size(); i < count; i++) {
            more.add(ALL_TESTS.closeLater(ChildJvm.of(main).start()));
        }
        more.forEach(child -> child.expectLine("ready"));
        started.addAll(more);
        return started.subList(0, count);
    }

    /** Children that have opened the segments. */
    private List<ChildJvm> workers(int count) {
        List<ChildJvm> workers = children(QueueWorker.class, WORKERS, count);
        workers.forEach(worker -> QueueWorker.open(worker, segment, logs));
        return workers;
    }

    /** Children that have opened the queue. */
    private List<ChildJvm> puppets(int count, IpcQueue<String> queue) {
        List<ChildJvm> puppets = children(QueuePuppet.class, PUPPETS, count);
        puppets.forEach(puppet -> QueuePuppet.opened(puppet, segment, queue));
        return puppets;
    }

    /** What of a producer's numbers was taken: exactly those from 1 to {@code last}. */
    private static void assertTaken(StreamLog log, int producer, long last) {
        long[] seen = log.seen(producer);
        for (long number = 1; number <= log.limit(); number++) {
            if (StreamLog.has(seen, number) != number <= last) {
                throw new AssertionError("message " + number + " of producer " + producer + " was "
                        + (number <= last ? "lost" : "never put and taken") + ", the last was " + last);
            }
        }
    }

    private static long consumed(ChildJvm consumer) {
        return Long.parseLong(consumer.expectLine("consumed ").substring("consumed ".length()));
    }

    /** Streams of messages of any length, put and taken in all ways at once. */
    @Nested
    class Streams {

        private int streams;

        @Test
        void arriveCompleteOnceInOrderAndIntact() throws InterruptedException {
            List<ChildJvm> workers = workers(2 * StreamLog.MOST);
            int total = 20_000;
            stream(workers, 1, 1, total, false, Capacity.bytes(1 << 16));
            stream(workers, 2, 2, total, true, Capacity.bytes(1 << 16));
            stream(workers, 4, 4, total, false, Capacity.items(64).bytesEach(1000));
            stream(workers, 1, 4, total, true, Capacity.bytes(1 << 18));
            stream(workers, 4, 1, total, false, Capacity.bytes(1 << 16));
        }

        @Tag("proof")
        @ParameterizedTest
        @CsvSource({"1, 1, false", "2, 2, true", "4, 4, false", "1, 4, true", "4, 1, false"})
        void ofAMillionMessagesArriveCompleteOnceInOrderAndIntact(int producers, int consumers, boolean pills)
                throws InterruptedException {
            stream(workers(producers + consumers), producers, consumers, 1_000_000, pills, Capacity.bytes(1 << 16));
        }

        private void stream(List<ChildJvm> workers, int producers, int consumers, int total, boolean pills,
                Capacity capacity) throws InterruptedException {
            String name = "stream-" + streams++;
            IpcQueue<Parcel> queue = IpcQueue.create(segment, name, Parcel.CODEC, capacity);
            int each = total / producers;
            StreamLog log = StreamLog.of(logs, name, each);
            List<ChildJvm> producing = workers.subList(0, producers);
            List<ChildJvm> consuming = workers.subList(workers.size() - consumers, workers.size());
            long start = System.nanoTime();
            for (int i = 0; i < producers; i++) {
                producing.get(i).send(QueueWorker.produce(name, log, i, each, random.nextLong()));
            }
            for (int i = 0; i < consumers; i++) {
                consuming.get(i).send(QueueWorker.consume(name, log, i, random.nextLong()));
            }
            producing.forEach(producer -> producer.expectLine("producing"));
            consuming.forEach(consumer -> consumer.expectLine("consuming"));
            Until.isTrue("all producers have put all", () -> {
                consuming.forEach(consumer -> assertTrue(consumer.isAlive(), consumer::errors));
                return producing.stream().allMatch(ChildJvm::hasLine);
            });
            producing.forEach(producer -> producer.expectLine("produced: put all"));
            end(queue, consumers, pills);
            long taken = 0;
            for (ChildJvm consumer : consuming) {
                taken += consumed(consumer);
            }
            System.out.println("stream of " + total + " from " + producers + " to " + consumers + ": seed " + seed
                    + ", " + (System.nanoTime() - start) / 1_000_000 + " ms");
            assertEquals(total, taken);
            assertTrue(queue.isEmpty());
            for (int i = 0; i < producers; i++) {
                assertTaken(log, i, each);
            }
        }

        private void end(IpcQueue<Parcel> queue, int consumers, boolean pills) throws InterruptedException {
            if (!pills) {
                queue.shutdown();
                return;
            }
            for (int i = 0; i < consumers; i++) {
                queue.put(Parcel.PILL);
            }
        }
    }

    /** The bound of a queue that counts items. */
    @Nested
    class Bound {

        private static final int ITEMS = 3;

        @Test
        void isTheSameForAllProcesses() {
            IpcQueue<String> queue = IpcQueue.create(segment, "q", Codec.utf8(), Capacity.items(ITEMS));
            List<ChildJvm> children = puppets(2, queue);
            children.forEach(child -> child.send("offer-all-there-is-room-for a"));
            long offered = 0;
            for (ChildJvm child : children) {
                offered += Long.parseLong(child.expectLine("offered ").substring("offered ".length()));
            }
            assertEquals(ITEMS, offered);
            assertEquals(ITEMS, queue.size());
            assertEquals(0, queue.remainingCapacity());
            assertFalse(queue.offer("c"));
        }

        @Test
        void isNeverExceededWhileOthersPutAndTake() {
            IpcQueue<Parcel> queue =
                    IpcQueue.create(segment, "q", Parcel.CODEC, Capacity.items(ITEMS).bytesEach(10_000));
            StreamLog log = StreamLog.of(logs, "q", 1 << 20);
            List<ChildJvm> workers = workers(4);
            for (int i = 0; i < 2; i++) {
                workers.get(i).send(QueueWorker.produceSingly("q", log, i, log.limit(), random.nextLong()));
                workers.get(2 + i).send(QueueWorker.consume("q", log, i, random.nextLong()));
            }
            long sum = 0;
            int full = 0;
            int empty = 0;
            while (sum < 20_000 || full == 0 || empty == 0) {
                int size = queue.size();
                assertTrue(size <= ITEMS, size + " items");
                full += size == ITEMS ? 1 : 0;
                empty += size == 0 ? 1 : 0;
                sum = log.done(0) + log.done(1);
            }
            log.stop();
            for (int i = 0; i < 2; i++) {
                workers.get(i).expectLine("producing");
                workers.get(i).expectLine("produced");
            }
            queue.shutdown();
            for (int i = 0; i < 2; i++) {
                workers.get(2 + i).expectLine("consuming");
                workers.get(2 + i).expectLine("consumed");
                assertTaken(log, i, log.done(i));
            }
        }
    }

    /** Looks that take no lock. */
    @Nested
    class Looks {

        @Test
        void findWholeMessagesInOrderWhileOthersPutAndTake() {
            IpcQueue<Parcel> queue = IpcQueue.create(segment, "q", Parcel.CODEC, Capacity.bytes(1 << 14));
            StreamLog log = StreamLog.of(logs, "q", 1 << 20);
            List<ChildJvm> workers = workers(4);
            for (int i = 0; i < 2; i++) {
                workers.get(i).send(QueueWorker.produceSingly("q", log, i, log.limit(), random.nextLong()));
                workers.get(2 + i).send(QueueWorker.consume("q", log, i, random.nextLong()));
            }
            int peeked = 0;
            int walked = 0;
            while (peeked < 100_000 || walked == 0) {
                peeked += queue.peek() == null ? 0 : 1;
                if (random.nextInt(100) == 0) {
                    walked += walk(queue);
                }
            }
            log.stop();
            for (int i = 0; i < 2; i++) {
                workers.get(i).expectLine("producing");
                workers.get(i).expectLine("produced");
            }
            queue.shutdown();
            for (int i = 0; i < 2; i++) {
                workers.get(2 + i).expectLine("consuming");
                workers.get(2 + i).expectLine("consumed");
            }
        }

        private int walk(IpcQueue<Parcel> queue) {
            int[] newest = new int[StreamLog.MOST];
            int count = 0;
            for (Parcel parcel : queue) {
                assertTrue(newest[parcel.producer()] == 0 || parcel.number() == newest[parcel.producer()] + 1,
                        () -> parcel + " after " + newest[parcel.producer()]);
                newest[parcel.producer()] = parcel.number();
                count++;
            }
            return count;
        }
    }

    /** The end of the stream. */
    @Nested
    class Shutdown {

        @Test
        void endsThePutsAndTakesOfAllProcesses() {
            IpcQueue<String> full = IpcQueue.create(segment, "full", Codec.utf8(), Capacity.items(1));
            IpcQueue<String> empty = IpcQueue.create(segment, "empty", Codec.utf8());
            full.add("first");
            List<ChildJvm> children = puppets(3, full);
            ChildJvm producer = children.get(0);
            ChildJvm consumer = children.get(1);
            QueuePuppet.opened(consumer, segment, empty);
            producer.send("put late");
            consumer.send("take");
            Async<Void> here = Async.run(() -> full.put("late"));
            QueueView.awaitProducers(segment, full, 2);
            QueueView.awaitConsumers(segment, empty, 1);
            assertEquals("shut down", children.get(2).ask("shutdown"));
            empty.shutdown();
            producer.expectLine("QueueShutDownException");
            consumer.expectLine("QueueShutDownException");
            assertInstanceOf(QueueShutDownException.class, here.failure());
            assertEquals("first", full.poll());
            assertThrows(QueueShutDownException.class, full::take);
            assertThrows(QueueShutDownException.class, () -> empty.put("late"));
            assertEquals("QueueShutDownException", producer.ask("take"));
            assertEquals("QueueShutDownException", consumer.ask("put late"));
        }

        /** Every put that returned was taken, none that threw was; nothing is left when all consumers have ended. */
        @Test
        void letsNoPutThroughAfterAConsumerHasSeenTheEnd() {
            List<ChildJvm> workers = workers(4);
            for (int round = 0; round < 20; round++) {
                shutDownUnderLoad(workers, "q" + round);
            }
        }

        private void shutDownUnderLoad(List<ChildJvm> workers, String name) {
            IpcQueue<Parcel> queue = IpcQueue.create(segment, name, Parcel.CODEC, Capacity.bytes(1 << 16));
            StreamLog log = StreamLog.of(logs, name, 1 << 16);
            for (int i = 0; i < 2; i++) {
                workers.get(i).send(QueueWorker.produce(name, log, i, log.limit(), random.nextLong()));
                workers.get(2 + i).send(QueueWorker.consume(name, log, i, random.nextLong()));
            }
            int enough = random.nextInt(2_000);
            Until.isTrue("enough were put", () -> log.done(0) + log.done(1) > enough);
            queue.shutdown();
            Until.isTrue("the end has come", queue::isShutDown);
            for (int i = 0; i < 2; i++) {
                workers.get(i).expectLine("producing");
                workers.get(i).expectLine("produced: shut down");
            }
            for (int i = 0; i < 2; i++) {
                workers.get(2 + i).expectLine("consuming");
                workers.get(2 + i).expectLine("consumed");
            }
            assertTrue(queue.isEmpty());
            for (int i = 0; i < 2; i++) {
                assertTaken(log, i, log.done(i));
            }
        }
    }

    /** Another process. */
    @Nested
    class AnotherProcess {

        @Test
        void opensAnAnonymousQueueByItsNumber() throws InterruptedException {
            IpcQueue<String> queue = IpcQueue.create(segment, Codec.utf8());
            IpcQueue<String> another = IpcQueue.create(segment, Codec.utf8());
            ChildJvm child = puppets(1, queue).get(0);
            assertEquals("put", child.ask("put there"));
            assertNull(another.poll());
            assertEquals("there", queue.take());
            child.send("take");
            queue.put("back");
            child.expectLine("took back");
            QueuePuppet.opened(child, segment, another);
            another.put("other");
            assertEquals("took other", child.ask("take"));
        }

        @Test
        void isKeptOutByAClaimAHandlerAndTheRolesOfThisOne() throws InterruptedException {
            IpcQueue<String> queue = IpcQueue.create(segment, "q", Codec.utf8());
            ChildJvm child = puppets(1, queue).get(0);
            try (Claim claim = queue.claim(1)) {
                assertEquals("offered 0", child.ask("offer-all-there-is-room-for x"));
                claim.buffer().put((byte) 'a');
                claim.commit();
            }
            try (ExclusiveProducer<String> role = queue.exclusiveProducer()) {
                assertEquals("offered 0", child.ask("offer-all-there-is-room-for x"));
                role.put("b");
            }
            try (ExclusiveConsumer<String> role = queue.exclusiveConsumer()) {
                assertEquals("nothing", child.ask("poll"));
                assertEquals("a", role.take());
            }
            int read = queue.read(message -> assertEquals("nothing", child.ask("poll")), 1);
            assertEquals(1, read);
            queue.put("c");
            assertEquals("took c", child.ask("take"));
        }
    }

    /** JVMs in which something is missing, or not permitted. */
    @Nested
    class WithoutSomething {

        @Test
        void processesTakePartMoreSlowly() {
            IpcQueue<String> queue = IpcQueue.create(segment, "q", Codec.utf8(), Capacity.items(10));
            List<ChildJvm> children = List.of(puppets(1, queue).get(0),
                    QueuePuppet.start(dirs, ChildJvm.of(QueuePuppet.class).withoutExport(), segment, queue),
                    QueuePuppet.start(dirs, ChildJvm.of(QueuePuppet.class).withoutNativeLibrary(), segment, queue));
            assertEquals("native=true agrona=true", children.get(0).ask("platform"));
            assertEquals("native=true agrona=false", children.get(1).ask("platform"));
            assertEquals("native=false agrona=true", children.get(2).ask("platform"));
            for (ChildJvm from : children) {
                for (ChildJvm to : children) {
                    if (from != to) {
                        exchange(from, to);
                    }
                }
            }
            assertTrue(queue.isEmpty());
        }

        /** With an exclusive role on neither side, on one, on the other, and on both. */
        private void exchange(ChildJvm from, ChildJvm to) {
            int count = 200;
            for (int roles = 0; roles < 4; roles++) {
                String put = (roles & 1) == 0 ? "put-many" : "alone-put-many";
                String take = (roles & 2) == 0 ? "take-many" : "alone-take-many";
                if ((roles & 1) != 0) {
                    assertEquals("alone", from.ask("alone-produce"));
                }
                if ((roles & 2) != 0) {
                    assertEquals("alone", to.ask("alone-consume"));
                }
                to.send(take + " " + roles + "- " + count);
                from.send(put + " " + roles + "- " + count);
                from.expectLine("put");
                to.expectLine("took");
                from.ask("alone-close", "closed");
                to.ask("alone-close", "closed");
            }
        }
    }

    /** A process that waits. */
    @Nested
    class AWait {

        @Test
        void inAnotherProcessEndsWithItsCause() throws InterruptedException {
            IpcQueue<String> queue = IpcQueue.create(segment, "q", Codec.utf8(), Capacity.items(1));
            ChildJvm child = puppets(1, queue).get(0);
            for (int i = 0; i < 50; i++) {
                child.send("take");
                QueueView.awaitConsumers(segment, queue, 1);
                queue.put("m" + i);
                child.expectLine("took m" + i);
            }
            queue.put("in the way");
            for (int i = 0; i < 50; i++) {
                child.send("put n" + i);
                QueueView.awaitProducers(segment, queue, 1);
                assertFalse(queue.offer("x", 0, TimeUnit.SECONDS));
                queue.take();
                child.expectLine("put");
            }
            assertEquals("n49", queue.take());
        }
    }
}
