package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.error.ObjectMismatchException;
import io.interlock.core.error.SegmentClosedException;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.error.BrokenPipeException;
import io.interlock.memory.error.BufferTooShortException;
import io.interlock.memory.error.CodecException;
import io.interlock.memory.error.EndOfStreamException;
import io.interlock.sync.Until;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** Both ends of a pipe in one process, through two handles. */
class IpcPipeTest {

    private static final Capacity SMALL = Capacity.bytes(256);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private Segment segment;
    private Segment other;
    private Connection<String> first;
    private Connection<String> second;

    @BeforeEach
    void create() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
        other = dirs.closeLater(Segment.open(dirs.path("s")));
    }

    private void duplex() {
        first = IpcPipe.duplex(segment, "p", Codec.utf8(), SMALL).first();
        second = IpcPipe.duplex(other, "p", Codec.utf8(), SMALL).second();
    }

    private void simplex() {
        first = IpcPipe.simplex(segment, "p", Codec.utf8(), SMALL).first();
        second = IpcPipe.simplex(other, "p", Codec.utf8(), SMALL).second();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends until there is no room; the thread then sleeps in the last send. */
    private Async<Void> sendUntilFull(Connection<String> end) {
        Async<Void> sender = Async.run(() -> {
            while (true) {
                end.send("message");
            }
        });
        awaitAsleep(sender);
        return sender;
    }

    private void awaitAsleep(Async<?> call) {
        Until.isTrue("the thread sleeps", () -> isAsleep(segment, call.thread()) || isAsleep(other, call.thread()));
        assertFalse(call.isDone());
    }

    private static boolean isAsleep(Segment in, Thread thread) {
        AtomicBoolean asleep = new AtomicBoolean();
        in.context().self.forEach(record -> {
            if (record.thread == thread && record.parkedOffset() != ThreadRecord.NOT_PARKED) {
                asleep.set(true);
            }
        });
        return asleep.get();
    }

    @Nested
    class Open {

        @Test
        void givesTheSameEndsForOneHandle() {
            IpcPipe<String> pipe = IpcPipe.duplex(segment, "p", Codec.utf8());
            assertSame(pipe.first(), pipe.first());
            assertSame(pipe.second(), pipe.second());
            assertTrue(pipe.isDuplex());
            assertEquals("p", pipe.name());
            assertTrue(pipe.toString().contains("p"));
            assertFalse(IpcPipe.simplex(segment, "s", Codec.utf8()).isDuplex());
        }

        @Test
        void takesAnExistingPipeAsItIsIfNoCapacityIsAskedFor() throws InterruptedException {
            duplex();
            first.send("a");
            assertEquals("a", IpcPipe.duplex(segment, "p", Codec.utf8()).second().receive());
        }

        @Test
        void refusesAPipeOfTheOtherKind() {
            IpcPipe.duplex(segment, "d", Codec.utf8());
            IpcPipe.simplex(segment, "s", Codec.utf8());
            assertThrows(ObjectMismatchException.class, () -> IpcPipe.simplex(other, "d", Codec.utf8()));
            assertThrows(ObjectMismatchException.class, () -> IpcPipe.duplex(other, "s", Codec.utf8()));
        }

        @Test
        void refusesAPipeOfAnotherCodecOrCapacity() {
            IpcPipe.duplex(segment, "d", Codec.utf8(), SMALL);
            IpcPipe.simplex(segment, "s", Codec.utf8(), SMALL);
            assertThrows(ObjectMismatchException.class, () -> IpcPipe.duplex(other, "d", Codec.bytes(), SMALL));
            assertThrows(ObjectMismatchException.class, () -> IpcPipe.simplex(other, "s", Codec.bytes()));
            Capacity larger = Capacity.bytes(512);
            Capacity items = Capacity.items(3).bytesEach(24);
            assertThrows(ObjectMismatchException.class, () -> IpcPipe.duplex(other, "d", Codec.utf8(), larger));
            assertThrows(ObjectMismatchException.class, () -> IpcPipe.duplex(other, "d", Codec.utf8(), items));
            assertThrows(ObjectMismatchException.class, () -> IpcPipe.simplex(other, "s", Codec.utf8(), larger));
            IpcPipe.duplex(other, "d", Codec.utf8(), SMALL);
        }

        @Test
        void refusesWhatIsNoPipe() {
            IpcQueue.create(segment, "q", Codec.utf8());
            assertThrows(ObjectMismatchException.class, () -> IpcPipe.duplex(segment, "q", Codec.utf8()));
            IpcPipe.duplex(segment, "p", Codec.utf8());
            assertThrows(ObjectMismatchException.class, () -> IpcQueue.open(segment, "p", Codec.utf8()));
        }

        @Test
        void refusesBadArguments() {
            assertThrows(IllegalArgumentException.class, () -> IpcPipe.duplex(segment, "", Codec.utf8()));
            assertThrows(IllegalArgumentException.class, () -> IpcPipe.simplex(segment, "a/b", Codec.utf8()));
            assertThrows(NullPointerException.class, () -> IpcPipe.duplex(segment, "p", Codec.utf8(), null));
            assertThrows(NullPointerException.class, () -> IpcPipe.simplex(segment, "p", null));
        }
    }

    @Nested
    class SendAndReceive {

        @Test
        void goBothWaysInADuplexPipe() throws InterruptedException {
            duplex();
            first.send("a");
            first.send("b");
            second.send("c");
            assertEquals("a", second.receive());
            second.send("d");
            assertEquals("b", second.receive());
            assertEquals("c", first.receive());
            assertEquals("d", first.receive());
        }

        @Test
        void goFromTheFirstToTheSecondInASimplexPipe() throws InterruptedException {
            simplex();
            first.send("a");
            assertEquals("a", second.receive());
            assertThrows(UnsupportedOperationException.class, () -> second.send("b"));
            assertThrows(UnsupportedOperationException.class, () -> second.sendBytes(new byte[1]));
            assertThrows(UnsupportedOperationException.class, () -> first.receive());
            assertThrows(UnsupportedOperationException.class, () -> first.receiveBytes());
            assertThrows(UnsupportedOperationException.class, () -> first.receiveInto(new byte[1], 0));
            assertThrows(UnsupportedOperationException.class, () -> first.poll(0, TimeUnit.SECONDS));
        }

        @Test
        void waitForAMessageAndForRoom() throws InterruptedException {
            duplex();
            Async<String> receiver = Async.of(second::receive);
            awaitAsleep(receiver);
            first.send("a");
            assertEquals("a", receiver.get());
            Async<Void> sender = Async.run(() -> {
                for (int i = 0; i < 100; i++) {
                    first.send("message " + i);
                }
            });
            awaitAsleep(sender);
            for (int i = 0; i < 100; i++) {
                assertEquals("message " + i, second.receive());
            }
            sender.get();
        }

        @Test
        void takeAnEmptyMessage() throws InterruptedException {
            duplex();
            first.send("");
            first.sendBytes(new byte[0]);
            first.send("");
            first.sendBytes(new byte[]{1}, 1, 0);
            assertEquals("", second.receive());
            assertEquals("", second.receive());
            assertArrayEquals(new byte[0], second.receiveBytes());
            assertEquals(0, second.receiveInto(new byte[0], 0));
            assertFalse(second.poll(0, TimeUnit.SECONDS));
        }

        @Test
        void refuseWhatIsTooLargeAndSendNothing() throws InterruptedException {
            duplex();
            int largest = SMALL.ringBytes() / 2 - 8;
            assertThrows(IllegalArgumentException.class, () -> first.send("x".repeat(largest + 1)));
            assertThrows(IllegalArgumentException.class, () -> first.sendBytes(new byte[largest + 1]));
            assertThrows(NullPointerException.class, () -> first.send(null));
            assertFalse(second.poll(0, TimeUnit.SECONDS));
            first.send("x".repeat(largest));
            assertEquals(largest, second.receive().length());
        }
    }

    @Nested
    class Bytes {

        @Test
        void areTheSameMessagesAsItems() throws InterruptedException {
            duplex();
            first.sendBytes(utf8("äa"));
            first.send("öb");
            first.sendBytes(utf8("xyüz"), 2, 2);
            assertEquals("äa", second.receive());
            assertArrayEquals(utf8("öb"), second.receiveBytes());
            assertEquals("ü", second.receive());
        }

        @Test
        void areReceivedIntoAnArrayFromAnIndexOn() throws InterruptedException {
            duplex();
            byte[] target = {9, 9, 9, 9, 9};
            first.sendBytes(new byte[]{1, 2, 3});
            assertEquals(3, second.receiveInto(target, 1));
            assertArrayEquals(new byte[]{9, 1, 2, 3, 9}, target);
            first.sendBytes(new byte[]{4, 5, 6});
            assertEquals(3, second.receiveInto(target, 2));
            assertArrayEquals(new byte[]{9, 1, 4, 5, 6}, target);
        }

        @Test
        void thatDoNotFitAreInTheException() throws InterruptedException {
            duplex();
            byte[] target = {9, 9, 9};
            first.sendBytes(new byte[]{1, 2, 3});
            first.send("next");
            BufferTooShortException e =
                    assertThrows(BufferTooShortException.class, () -> second.receiveInto(target, 1));
            assertArrayEquals(new byte[]{1, 2, 3}, e.message());
            assertArrayEquals(new byte[]{9, 9, 9}, target);
            assertEquals("next", second.receive());
        }

        @Test
        void ofAPartThatIsNotThereAreRefusedAndNothingIsReceived() throws InterruptedException {
            duplex();
            assertThrows(IndexOutOfBoundsException.class, () -> first.sendBytes(new byte[2], 1, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> first.sendBytes(new byte[2], -1, 1));
            first.send("a");
            assertThrows(IndexOutOfBoundsException.class, () -> second.receiveInto(new byte[2], 3));
            assertThrows(IndexOutOfBoundsException.class, () -> second.receiveInto(new byte[2], -1));
            assertEquals("a", second.receive());
        }

        @Test
        void thatTheCodecCannotReadAreReceivedAndInTheException() throws InterruptedException {
            Connection<Long> from = IpcPipe.duplex(segment, "longs", Codec.int64()).first();
            Connection<Long> to = IpcPipe.duplex(segment, "longs", Codec.int64()).second();
            from.sendBytes(new byte[]{1, 2, 3});
            from.send(7L);
            CodecException e = assertThrows(CodecException.class, to::receive);
            assertArrayEquals(new byte[]{1, 2, 3}, e.message());
            assertEquals(7L, to.receive());
        }
    }

    @Nested
    class Poll {

        @Test
        void tellsWhetherThereIsAMessageAndReceivesNothing() throws InterruptedException {
            duplex();
            assertFalse(second.poll(0, TimeUnit.SECONDS));
            assertFalse(second.poll(-1, TimeUnit.DAYS));
            assertFalse(second.poll(120, TimeUnit.MILLISECONDS));
            first.send("a");
            assertTrue(second.poll(0, TimeUnit.SECONDS));
            assertTrue(second.poll(Long.MAX_VALUE, TimeUnit.DAYS));
            assertTrue(second.poll(-1, TimeUnit.DAYS));
            assertEquals("a", second.receive());
            assertFalse(second.poll(0, TimeUnit.SECONDS));
        }

        @Test
        void waitsForAMessage() throws InterruptedException {
            duplex();
            Async<Boolean> poll = Async.of(() -> second.poll(1, TimeUnit.DAYS));
            awaitAsleep(poll);
            first.send("a");
            assertTrue(poll.get());
            assertEquals("a", second.receive());
        }

        @Test
        void isTrueAtTheEndOfTheStream() throws InterruptedException {
            duplex();
            Async<Boolean> poll = Async.of(() -> second.poll(1, TimeUnit.DAYS));
            awaitAsleep(poll);
            first.close();
            assertTrue(poll.get());
            assertTrue(second.poll(0, TimeUnit.SECONDS));
            assertThrows(EndOfStreamException.class, second::receive);
            assertTrue(second.poll(0, TimeUnit.SECONDS));
        }
    }

    @Nested
    class Close {

        @Test
        void leavesToTheOtherWhatWasSentAndThenTheEnd() throws InterruptedException {
            duplex();
            first.send("a");
            first.send("b");
            first.close();
            assertTrue(first.isClosed());
            assertEquals("a", second.receive());
            assertArrayEquals(utf8("b"), second.receiveBytes());
            assertThrows(EndOfStreamException.class, second::receive);
            assertThrows(EndOfStreamException.class, second::receiveBytes);
            assertThrows(EndOfStreamException.class, () -> second.receiveInto(new byte[1], 0));
            assertThrows(BrokenPipeException.class, () -> second.send("c"));
            assertThrows(BrokenPipeException.class, () -> second.sendBytes(new byte[1]));
            assertFalse(second.isClosed());
        }

        @Test
        void ofTheReceiverBreaksTheSender() throws InterruptedException {
            simplex();
            first.send("dropped");
            Async<Void> sender = sendUntilFull(first);
            second.close();
            assertInstanceOf(BrokenPipeException.class, sender.failure());
            assertThrows(BrokenPipeException.class, () -> first.send("a"));
        }

        @Test
        void ofTheSenderEndsAReceiverThatWaits() {
            simplex();
            Async<String> receiver = Async.of(second::receive);
            awaitAsleep(receiver);
            first.close();
            assertInstanceOf(EndOfStreamException.class, receiver.failure());
        }

        @Test
        void isFinalForAllHandlesOfTheProcess() throws InterruptedException {
            duplex();
            Connection<String> sameEnd = IpcPipe.duplex(segment, "p", Codec.utf8(), SMALL).first();
            sameEnd.send("a");
            first.close();
            first.close();
            assertThrows(IllegalStateException.class, () -> first.send("x"));
            assertThrows(IllegalStateException.class, first::receive);
            assertThrows(IllegalStateException.class, () -> first.poll(0, TimeUnit.SECONDS));
            assertThrows(IllegalStateException.class, () -> sameEnd.send("x"));
            assertThrows(IllegalStateException.class, sameEnd::receive);
            Connection<String> later = IpcPipe.duplex(segment, "p", Codec.utf8(), SMALL).first();
            assertThrows(IllegalStateException.class, () -> later.send("x"));
            assertEquals("a", second.receive());
            assertThrows(EndOfStreamException.class, second::receive);
        }

        @Test
        void endsTheOwnCallsThatWait() {
            duplex();
            Async<String> receiver = Async.of(first::receive);
            awaitAsleep(receiver);
            Async<Void> sender = sendUntilFull(first);
            first.close();
            assertInstanceOf(IllegalStateException.class, receiver.failure());
            assertInstanceOf(IllegalStateException.class, sender.failure());
        }

        @Test
        void ofAnEndThatNobodyHasUsedIsTheEndOfTheStream() {
            duplex();
            first.close();
            assertThrows(EndOfStreamException.class, second::receive);
            assertThrows(BrokenPipeException.class, () -> second.send("a"));
            second.close();
        }

        @Test
        void ofBothEndsLeavesNothing() throws InterruptedException {
            duplex();
            first.send("a");
            second.send("b");
            first.close();
            second.close();
            assertThrows(IllegalStateException.class, () -> second.send("c"));
            assertThrows(IllegalStateException.class, second::receive);
        }
    }

    @Nested
    class Interrupt {

        @Test
        void endsAReceiveAndNothingWasReceived() throws InterruptedException {
            duplex();
            Async<String> receive = Async.of(second::receive);
            Async<byte[]> bytes = Async.of(second::receiveBytes);
            Async<Integer> into = Async.of(() -> second.receiveInto(new byte[9], 0));
            Async<Boolean> poll = Async.of(() -> second.poll(1, TimeUnit.DAYS));
            for (Async<?> call : Arrays.asList(receive, bytes, into, poll)) {
                awaitAsleep(call);
                call.thread().interrupt();
                assertInstanceOf(InterruptedException.class, call.failure());
            }
            first.send("a");
            assertEquals("a", second.receive());
        }

        @Test
        void endsASendAndNothingWasSent() throws InterruptedException {
            duplex();
            Async<Void> sender = sendUntilFull(first);
            sender.thread().interrupt();
            assertInstanceOf(InterruptedException.class, sender.failure());
            int received = 0;
            while (second.poll(0, TimeUnit.SECONDS)) {
                assertEquals("message", second.receive());
                received++;
            }
            assertEquals(SMALL.ringBytes() / 16, received);
        }

        @Test
        void beforeTheCallEndsItAtOnce() throws InterruptedException {
            duplex();
            first.send("a");
            assertInterrupted(() -> first.send("b"));
            assertInterrupted(() -> first.sendBytes(new byte[1]));
            assertInterrupted(() -> second.receive());
            assertInterrupted(() -> second.receiveBytes());
            assertInterrupted(() -> second.receiveInto(new byte[1], 0));
            assertInterrupted(() -> second.poll(0, TimeUnit.SECONDS));
            assertEquals("a", second.receive());
            assertFalse(second.poll(0, TimeUnit.SECONDS));
        }

        private void assertInterrupted(Executable call) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, call);
            assertFalse(Thread.interrupted());
        }
    }

    @Nested
    class SegmentClosed {

        @Test
        void endsCallsThatWaitAndRefusesNewOnes() throws InterruptedException {
            duplex();
            first.send("a");
            Async<String> receiver = Async.of(first::receive);
            Async<Boolean> poll = Async.of(() -> first.poll(1, TimeUnit.DAYS));
            Async<Void> sender = sendUntilFull(first);
            awaitAsleep(receiver);
            awaitAsleep(poll);
            segment.close();
            assertInstanceOf(SegmentClosedException.class, receiver.failure());
            assertInstanceOf(SegmentClosedException.class, poll.failure());
            assertInstanceOf(SegmentClosedException.class, sender.failure());
            assertThrows(SegmentClosedException.class, () -> first.send("x"));
            assertThrows(SegmentClosedException.class, first::receive);
            assertThrows(SegmentClosedException.class, () -> first.poll(0, TimeUnit.SECONDS));
            assertEquals("a", second.receive());
        }
    }
}
