package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Commands;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.error.QueueShutDownException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is killed, or stopped, at a known place of what it does with a queue. */
class IpcQueueCrashIT {

    private static final Spares SPARES = new Spares(QueuePuppet.class);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private Segment segment;
    private IpcQueue<String> queue;
    private long killedAt;

    @AfterAll
    static void endSpares() {
        SPARES.close();
    }

    @BeforeEach
    void create() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
        queue = IpcQueue.create(segment, "q", Codec.utf8(), Capacity.items(4));
    }

    private ChildJvm child() {
        return QueuePuppet.opened(SPARES.next(dirs), segment, queue);
    }

    /** SIGKILL; does not wait for the end. */
    private void kill(ChildJvm child) {
        killedAt = System.nanoTime();
        child.kill9Soon();
    }

    private void report(String what) {
        System.out.println(what + " " + (System.nanoTime() - killedAt) / 1_000_000 + " ms after the kill");
    }

    private void fill(String... items) {
        for (String item : items) {
            assertTrue(queue.offer(item));
        }
    }

    /** What is left, and nothing else ever comes. */
    private void assertLeft(String... items) {
        List<String> left = new ArrayList<>();
        queue.drainTo(left);
        assertEquals(List.of(items), left);
        assertTrue(queue.isEmpty());
        assertEquals(queue.capacityItems(), queue.remainingCapacity());
    }

    /** Waits until the thread sleeps on a word of the segment. */
    private void awaitAsleep(Async<?> call) {
        QueueView.awaitAsleep(segment, call);
        assertFalse(call.isDone());
    }

    @Nested
    class ClaimHolderKilled {

        /** By an ordinary claim, or in an exclusive role. */
        private ChildJvm claimer(String way) {
            ChildJvm child = child();
            if (way.equals("alone-claim")) {
                child.ask("alone-produce", "alone");
            }
            child.ask(way + " doomed", "claimed");
            return child;
        }

        @ParameterizedTest
        @ValueSource(strings = {"claim", "alone-claim"})
        void letsThoseWhoWaitInPutGoOnAndItsMessageIsNeverSeen(String way) throws InterruptedException {
            fill("before");
            ChildJvm child = claimer(way);
            Async<Void> put = Async.run(() -> queue.put("after"));
            Async<Boolean> offer = Async.of(() -> queue.offer("after", 1, TimeUnit.DAYS));
            awaitAsleep(put);
            awaitAsleep(offer);
            assertFalse(queue.offer("refused"));
            assertEquals("before", queue.take());
            assertNull(queue.poll(1, TimeUnit.MILLISECONDS));
            kill(child);
            put.get();
            report(way + ": a producer that waited has put");
            assertTrue(offer.get());
            assertLeft("after", "after");
        }

        @Test
        void isSucceededByAnUntimedOffer() {
            ChildJvm child = claimer("claim");
            assertFalse(queue.offer("refused"));
            child.kill9();
            assertTrue(queue.offer("after"));
            assertLeft("after");
        }

        @Test
        void isSucceededByAnotherClaimAndAnExclusiveProducer() throws InterruptedException {
            ChildJvm child = claimer("claim");
            Async<ExclusiveProducer<String>> role = Async.of(queue::exclusiveProducer);
            awaitAsleep(role);
            kill(child);
            ExclusiveProducer<String> alone = role.get();
            report("an exclusive producer that waited has its role");
            alone.put("alone");
            alone.close();
            child = claimer("claim");
            Async<Void> claim = Async.run(() -> {
                try (Claim mine = queue.claim(1)) {
                    mine.buffer().put((byte) 'x');
                    mine.commit();
                }
            });
            awaitAsleep(claim);
            kill(child);
            claim.get();
            report("a claim that waited was committed");
            assertLeft("alone", "x");
        }
    }

    @Nested
    class HandlerKilled {

        /** By an ordinary read, or in an exclusive role. */
        private ChildJvm readerInTheThird(String way) {
            fill("a", "b", "c", "d");
            ChildJvm child = child();
            if (way.startsWith("alone")) {
                child.ask("alone-consume", "alone");
            }
            child.send(way + " 3").expectLine("in c");
            return child;
        }

        @ParameterizedTest
        @ValueSource(strings = {"read-stays", "alone-read-stays"})
        void leavesTheMessageToTheNextReader(String way) throws InterruptedException {
            ChildJvm child = readerInTheThird(way);
            assertNull(queue.poll());
            assertEquals(0, queue.read(message -> {
            }, 1));
            assertEquals(2, queue.size());
            Async<String> take = Async.of(queue::take);
            awaitAsleep(take);
            kill(child);
            assertEquals("c", take.get());
            report(way + ": a consumer that waited has taken");
            List<String> read = new ArrayList<>();
            assertEquals(1, queue.read(message -> read.add(Codec.utf8().decode(message)), 10));
            assertEquals(List.of("d"), read);
            assertLeft();
        }

        @Test
        void isSucceededByAReadThatDoesNotWait() {
            readerInTheThird("read-stays").kill9();
            List<String> read = new ArrayList<>();
            assertEquals(2, queue.read(message -> read.add(Codec.utf8().decode(message)), 10));
            assertEquals(List.of("c", "d"), read);
            assertLeft();
        }

        @Test
        void letsProducersGoOnWhoWaitForRoom() throws InterruptedException {
            ChildJvm child = readerInTheThird("read-stays");
            fill("e", "f");
            Async<Void> put = Async.run(() -> queue.put("g"));
            awaitAsleep(put);
            kill(child);
            assertEquals("c", queue.poll(1, TimeUnit.DAYS));
            report("the message was read again");
            put.get();
            assertLeft("d", "e", "f", "g");
        }
    }

    @Nested
    class RoleHolderKilled {

        @Test
        void asProducerLeavesWhatItPutAndTheSide() throws InterruptedException {
            ChildJvm child = child();
            child.ask("alone-produce", "alone");
            child.ask("alone-put a", "put");
            Async<Void> put = Async.run(() -> queue.put("after"));
            Async<ExclusiveProducer<String>> role = Async.of(queue::exclusiveProducer);
            awaitAsleep(put);
            awaitAsleep(role);
            kill(child);
            role.get().close();
            put.get();
            report("a producer and an exclusive producer that waited have gone on");
            assertLeft("a", "after");
        }

        @Test
        void asConsumerLeavesWhatItDidNotTakeAndTheSide() throws InterruptedException {
            fill("a", "b");
            ChildJvm child = child();
            child.ask("alone-consume", "alone");
            child.ask("alone-take", "took a");
            Async<String> take = Async.of(queue::take);
            awaitAsleep(take);
            assertNull(queue.poll());
            kill(child);
            assertEquals("b", take.get());
            report("a consumer that waited has taken");
            assertLeft();
        }

        @Test
        void asleepInTakeLeavesTheNextMessageToAnotherSleeper() throws InterruptedException {
            ChildJvm child = child();
            child.ask("alone-consume", "alone");
            child.send("alone-take");
            QueueView.awaitConsumers(segment, queue, 1);
            Async<String> take = Async.of(queue::take);
            awaitAsleep(take);
            kill(child);
            child.waitForExit();
            queue.put("a");
            assertEquals("a", take.get());
            report("a consumer that waited has taken");
        }

        @Test
        void asleepInTakeAfterTheMessageCameLeavesItToAnotherSleeper() throws InterruptedException {
            ChildJvm child = child();
            child.ask("alone-consume", "alone");
            child.send("alone-take");
            QueueView.awaitConsumers(segment, queue, 1);
            Async<String> take = Async.of(queue::take);
            awaitAsleep(take);
            child.stop();
            queue.put("a");
            assertFalse(take.isDone());
            assertEquals(1, queue.size());
            kill(child);
            assertEquals("a", take.get());
            report("a consumer that waited has taken");
            assertLeft();
        }

        @Test
        void asleepInPutLeavesTheRoomToAnotherSleeper() throws InterruptedException {
            ChildJvm child = child();
            child.ask("alone-produce", "alone");
            fillAlone(child);
            child.send("alone-put doomed");
            QueueView.awaitProducers(segment, queue, 1);
            Async<Void> put = Async.run(() -> queue.put("after"));
            awaitAsleep(put);
            kill(child);
            child.waitForExit();
            assertEquals("x0", queue.take());
            put.get();
            report("a producer that waited has put");
            assertLeft("x1", "x2", "x3", "after");
        }

        private void fillAlone(ChildJvm child) {
            child.ask("alone-put-many x 4", "put");
        }

        @Test
        void isSucceededByARoleThatDoesNotWait() throws InterruptedException {
            fill("a");
            ChildJvm child = child();
            child.ask("alone-produce", "alone");
            child.ask("alone-consume", "alone");
            assertNull(queue.exclusiveConsumer(1, TimeUnit.MILLISECONDS));
            assertNull(queue.exclusiveProducer(1, TimeUnit.MILLISECONDS));
            child.kill9();
            try (ExclusiveConsumer<String> consumer = queue.exclusiveConsumer(0, TimeUnit.SECONDS);
                    ExclusiveProducer<String> producer = queue.exclusiveProducer(0, TimeUnit.SECONDS)) {
                assertNotNull(producer);
                assertNotNull(consumer);
                assertTrue(producer.offer("b"));
                assertEquals("a", consumer.poll());
                assertEquals("b", consumer.poll());
                assertNull(consumer.poll());
            }
        }
    }

    /** In a codec or another place outside of the locks: nobody has to wait, not even while it is alive. */
    @Nested
    class KilledOutsideOfTheLocks {

        @ParameterizedTest
        @CsvSource({"encode-stays doomed, doomed", "encode-batch-stays, last"})
        void beforeAPutHasAddedNothing(String command, String place) throws InterruptedException {
            fill("before");
            ChildJvm child = child();
            child.send(command).expectLine("in " + place);
            fill("meanwhile");
            child.kill9();
            fill("after");
            assertLeft("before", "meanwhile", "after");
        }

        @ParameterizedTest
        @CsvSource({"decode-stays a, a, 1", "decode-batch-stays c, c, 4",
            "drain-stays, a, 4"})
        void afterATakeTakesWithItWhatItHadTaken(String command, String place, int taken) {
            fill("a", "b", "c", "d");
            ChildJvm child = child();
            child.send(command).expectLine("in " + place);
            assertEquals(4 - taken, queue.size());
            fill("meanwhile");
            child.kill9();
            List<String> left = new ArrayList<>(List.of("a", "b", "c", "d").subList(taken, 4));
            left.add("meanwhile");
            assertLeft(left.toArray(new String[0]));
        }

        @ParameterizedTest
        @CsvSource({"peek-stays a, a", "iterator-stays c, c"})
        void whileLookingTakesNothing(String command, String place) {
            fill("a", "b", "c", "d");
            ChildJvm child = child();
            child.send(command).expectLine("in " + place);
            assertEquals("a", queue.poll());
            child.kill9();
            assertLeft("b", "c", "d");
        }
    }

    @Nested
    class SleeperKilled {

        @Test
        void inTakeLeavesTheMessageToTheOthers() {
            ChildJvm child = child();
            child.send("take");
            QueueView.awaitConsumers(segment, queue, 1);
            Async<String> take = Async.of(queue::take);
            awaitAsleep(take);
            kill(child);
            child.waitForExit();
            fill("a");
            assertEquals("a", take.get());
            report("another consumer has taken");
            assertLeft();
        }

        /** The one wake-up goes to the stopped one; the other looks again by itself. */
        @Test
        void inTakeAfterItsWakeUpLeavesTheMessageToTheOthers() {
            ChildJvm child = child();
            child.send("take");
            QueueView.awaitConsumers(segment, queue, 1);
            child.stop();
            Async<String> take = Async.of(queue::take);
            awaitAsleep(take);
            fill("a");
            assertEquals("a", take.get());
            kill(child);
            assertLeft();
        }

        @Test
        void inPutLeavesTheRoomToTheOthers() throws InterruptedException {
            fill("a", "b", "c", "d");
            ChildJvm child = child();
            child.send("put doomed");
            QueueView.awaitProducers(segment, queue, 1);
            Async<Void> put = Async.run(() -> queue.put("after"));
            awaitAsleep(put);
            kill(child);
            child.waitForExit();
            assertEquals("a", queue.take());
            put.get();
            report("another producer has put");
            assertLeft("b", "c", "d", "after");
        }
    }

    @Nested
    class ProducerKilledWhileAConsumerSleeps {

        @Test
        void leavesTheConsumerToTheNextProducer() {
            Async<String> take = Async.of(queue::take);
            awaitAsleep(take);
            List<ChildJvm> children = List.of(child(), child());
            children.get(0).ask("claim doomed", "claimed");
            children.get(1).send("put after");
            assertFalse(take.isDone());
            kill(children.get(0));
            assertEquals("after", take.get());
            report("the message of another producer was taken");
            children.get(1).expectLine("put");
            assertLeft();
        }
    }

    @Nested
    class Stopped {

        @Test
        void withAClaimIsNotRobbed() throws InterruptedException {
            ChildJvm child = child();
            child.ask("claim slow", "claimed");
            child.stop();
            Async<Void> put = Async.run(() -> queue.put("after"));
            awaitAsleep(put);
            assertFalse(queue.offer("refused", 300, TimeUnit.MILLISECONDS));
            assertFalse(queue.offer("refused"));
            assertNull(queue.tryClaim(1));
            assertNull(queue.claim(1, 10, TimeUnit.MILLISECONDS));
            assertNull(queue.exclusiveProducer(10, TimeUnit.MILLISECONDS));
            assertFalse(put.isDone());
            assertTrue(queue.isEmpty());
            child.cont();
            child.ask("commit", "committed");
            put.get();
            assertLeft("slow", "after");
            assertEquals(0L, QueueView.of(segment, queue).get("producersOwnerDeaths"));
        }

        @Test
        void inAHandlerIsNotRobbed() throws InterruptedException {
            fill("a", "b");
            ChildJvm child = child();
            child.send("read-stays 2").expectLine("in b");
            child.stop();
            assertNull(queue.poll(300, TimeUnit.MILLISECONDS));
            assertNull(queue.poll());
            assertNull(queue.exclusiveConsumer(10, TimeUnit.MILLISECONDS));
            assertEquals(1, queue.size());
            child.cont();
            assertNull(queue.poll(10, TimeUnit.MILLISECONDS));
            assertEquals(0L, QueueView.of(segment, queue).get("consumersOwnerDeaths"));
            kill(child);
            assertEquals("b", queue.poll(1, TimeUnit.DAYS));
        }

        @Test
        void inARoleIsNotRobbed() throws InterruptedException {
            ChildJvm child = child();
            child.ask("alone-produce", "alone");
            child.stop();
            assertFalse(queue.offer("refused", 300, TimeUnit.MILLISECONDS));
            child.cont();
            child.ask("alone-put a", "put");
            child.ask("alone-close", "closed");
            fill("b");
            assertLeft("a", "b");
        }
    }

    @Nested
    class ShutDown {

        @ParameterizedTest
        @ValueSource(strings = {"alone-produce", "claim x"})
        void whileTheProducersSideIsHeldComesWhenTheHolderIsKilled(String hold) {
            Async<String> take = Async.of(queue::take);
            Async<List<String>> batch = Async.of(() -> queue.takeUpTo(3));
            awaitAsleep(take);
            awaitAsleep(batch);
            ChildJvm child = child();
            child.send(hold).nextLine();
            Async<Void> put = Async.run(() -> queue.put("late"));
            awaitAsleep(put);
            queue.shutdown();
            assertInstanceOf(QueueShutDownException.class, put.failure());
            assertFalse(queue.isShutDown());
            assertFalse(take.isDone());
            assertFalse(batch.isDone());
            kill(child);
            assertInstanceOf(QueueShutDownException.class, take.failure());
            assertInstanceOf(QueueShutDownException.class, batch.failure());
            report(hold + ": the consumers that waited saw the end");
            assertTrue(queue.isShutDown());
            assertLeft();
        }

        @Test
        void afterTheHolderWasKilledComesAtOnce() {
            fill("a");
            ChildJvm child = child();
            child.ask("alone-produce", "alone");
            child.kill9();
            queue.shutdown();
            assertTrue(queue.isShutDown());
            assertLeft("a");
        }

        @Test
        void ofOneWhoIsKilledThenStands() throws InterruptedException {
            fill("a");
            ChildJvm child = child();
            ExclusiveProducer<String> role = queue.exclusiveProducer();
            child.ask("shutdown", "shut down");
            child.kill9();
            assertFalse(queue.isShutDown());
            assertInstanceOf(QueueShutDownException.class, Async.run(() -> role.put("late")).failure());
            assertTrue(queue.isShutDown());
            role.close();
            assertLeft("a");
            assertInstanceOf(QueueShutDownException.class, Async.of(queue::take).failure());
        }

        @Test
        void atOnceDropsWhatADeadConsumerHasLeft() {
            fill("a", "b");
            ChildJvm child = child();
            child.ask("alone-consume", "alone");
            child.kill9();
            assertEquals(2, queue.shutdownNow());
            assertLeft();
        }

        @ParameterizedTest
        @ValueSource(strings = {"alone-consume", "read-stays 1"})
        void atOnceWhileTheConsumersSideIsHeldDropsWhatIsLeftWhenTheHolderIsKilled(String hold) {
            fill("a", "b");
            ChildJvm child = child();
            child.send(hold).nextLine();
            Async<String> take = Async.of(queue::take);
            awaitAsleep(take);
            assertEquals(0, queue.shutdownNow());
            assertEquals(2, queue.size());
            kill(child);
            assertInstanceOf(QueueShutDownException.class, take.failure());
            report(hold + ": a consumer that waited saw the end");
            assertLeft();
        }
    }

    /** There is one place besides this process's: the next process gets that of the dead, and cleans it up. */
    @Nested
    class PlaceOfTheDeadTakenByAnother {

        @BeforeEach
        void createForTwo() {
            segment = dirs.closeLater(
                    Segment.create(dirs.path("two"), SegmentOptions.defaults().withMaxParticipants(2)));
            queue = IpcQueue.create(segment, "q", Codec.utf8(), Capacity.items(4));
        }

        @ParameterizedTest
        @ValueSource(strings = {"claim doomed", "alone-produce", "read-stays 1", "alone-consume"})
        void leavesTheSideToAll(String hold) throws InterruptedException {
            fill("a");
            ChildJvm child = child();
            child.send(hold).nextLine();
            child.kill9();
            ChildJvm another = child();
            assertEquals("put", another.ask("put b"));
            assertEquals("took a", another.ask("take"));
            assertTrue(queue.offer("c"));
            assertEquals("b", queue.poll());
            assertEquals("alone", another.ask("alone-produce"));
            assertFalse(queue.offer("refused"));
            assertLeft("c");
        }
    }

    @Nested
    class InAnotherPidNamespace {

        @Test
        void theHolderOfAClaimIsNotRobbedAliveAndSucceededDead() throws InterruptedException {
            Commands.assume("unshare", "--pid", "--fork", "true");
            ChildJvm child = QueuePuppet.start(dirs,
                    ChildJvm.of(QueuePuppet.class).under("unshare", "--pid", "--fork"), segment, queue);
            child.ask("claim doomed", "claimed");
            assertFalse(queue.offer("refused", 300, TimeUnit.MILLISECONDS));
            Async<Void> put = Async.run(() -> queue.put("after"));
            awaitAsleep(put);
            kill(child);
            put.get();
            report("put from another PID namespace");
            assertLeft("after");
        }

        @Test
        void theReaderOfAMessageIsNotRobbedAliveAndSucceededDead() throws InterruptedException {
            Commands.assume("unshare", "--pid", "--fork", "true");
            fill("a");
            ChildJvm child = QueuePuppet.start(dirs,
                    ChildJvm.of(QueuePuppet.class).under("unshare", "--pid", "--fork"), segment, queue);
            child.send("read-stays 1").expectLine("in a");
            assertNull(queue.poll(300, TimeUnit.MILLISECONDS));
            kill(child);
            assertEquals("a", queue.take());
            report("taken from another PID namespace");
        }
    }
}
