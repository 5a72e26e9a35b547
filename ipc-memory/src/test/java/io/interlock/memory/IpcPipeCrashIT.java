package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.Commands;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.error.BrokenPipeException;
import io.interlock.memory.error.EndOfStreamException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process at one end of a pipe is killed, or stopped. */
class IpcPipeCrashIT {

    private static final Spares SPARES = new Spares(PipePuppet.class);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private Segment segment;
    private IpcPipe<String> pipe;
    private long killedAt;

    @AfterAll
    static void endSpares() {
        SPARES.close();
    }

    @BeforeEach
    void create() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
        pipe = IpcPipe.duplex(segment, "p", Codec.utf8(), Capacity.bytes(1 << 14));
    }

    private ChildJvm second() {
        return PipePuppet.opened(SPARES.next(dirs), segment, pipe, "second");
    }

    /** SIGKILL; does not wait for the end. */
    private void kill(ChildJvm child) {
        killedAt = System.nanoTime();
        child.kill9Soon();
    }

    private void report(String what) {
        System.out.println(what + " " + (System.nanoTime() - killedAt) / 1_000_000 + " ms after the kill");
    }

    /** Waits until the thread sleeps on a word of the segment. */
    private void awaitAsleep(Async<?> call) {
        QueueView.awaitAsleep(segment, call);
        assertFalse(call.isDone());
    }

    @Nested
    class SenderKilled {

        @RepeatedTest(2)
        void inTheMiddleOfTheStreamLeavesWholeMessagesInOrderAndThenTheEnd() throws InterruptedException {
            ChildJvm child = second();
            child.send("send-parcels " + Integer.MAX_VALUE).expectLine("sending");
            Connection<String> end = pipe.first();
            for (int i = 1; i <= 1_000; i++) {
                assertEquals(new Parcel(1, i), Parcel.read(ByteBuffer.wrap(end.receiveBytes())));
            }
            kill(child);
            int next = 1_001;
            try {
                while (true) {
                    assertEquals(new Parcel(1, next), Parcel.read(ByteBuffer.wrap(end.receiveBytes())));
                    next++;
                }
            } catch (EndOfStreamException e) {
                report("end of the stream after message " + (next - 1));
            }
            assertTrue(end.poll(0, TimeUnit.SECONDS));
            assertThrows(EndOfStreamException.class, end::receive);
        }

        @Test
        void endsAReceiveAndAPollThatWait() {
            ChildJvm child = second();
            child.ask("send hello", "sent");
            Connection<String> end = pipe.first();
            assertEquals("hello", Async.of(end::receive).get());
            Async<String> receiver = Async.of(end::receive);
            Async<Boolean> poll = Async.of(() -> end.poll(1, TimeUnit.DAYS));
            awaitAsleep(receiver);
            awaitAsleep(poll);
            kill(child);
            assertInstanceOf(EndOfStreamException.class, receiver.failure());
            assertTrue(poll.get());
            report("a receiver that waited saw the end");
        }
    }

    @Nested
    class ReceiverKilled {

        @Test
        void breaksASendOnceThePipeIsFull() throws InterruptedException {
            ChildJvm child = second();
            Connection<String> end = pipe.first();
            end.send("a");
            child.ask("receive", "received a");
            Async<Void> sender = Async.run(() -> {
                while (true) {
                    end.send("message");
                }
            });
            awaitAsleep(sender);
            kill(child);
            assertInstanceOf(BrokenPipeException.class, sender.failure());
            report("a sender that waited was told");
            assertThrows(BrokenPipeException.class, () -> end.send("message"));
            assertThrows(EndOfStreamException.class, end::receive);
        }
    }

    @Nested
    class DeadEnd {

        /** There is one place besides this process's: the next process gets that of the dead, and cleans it up. */
        @BeforeEach
        void createForTwo() {
            segment = dirs.closeLater(
                    Segment.create(dirs.path("two"), SegmentOptions.defaults().withMaxParticipants(2)));
            pipe = IpcPipe.duplex(segment, "p", Codec.utf8(), Capacity.bytes(1 << 14));
        }

        @Test
        void isTakenOverByNobody() throws InterruptedException {
            ChildJvm child = second();
            child.ask("send last", "sent");
            child.kill9();
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> pipe.second().send("x"));
            assertTrue(e.getMessage().contains("died"), e.getMessage());
            assertThrows(IllegalStateException.class, () -> pipe.second().receive());
            ChildJvm another = second();
            assertEquals("IllegalStateException", another.ask("send x"));
            assertEquals("IllegalStateException", another.ask("receive"));
            assertThrows(IllegalStateException.class, () -> pipe.second().send("x"));
            assertEquals("last", pipe.first().receive());
            assertThrows(EndOfStreamException.class, () -> pipe.first().receive());
            assertEquals("IllegalStateException", another.ask("send x"));
        }

        @Test
        void isNotClosedByAnotherProcessAndEndsTheStreamStill() throws InterruptedException {
            ChildJvm child = second();
            child.ask("send last", "sent");
            child.kill9();
            ChildJvm another = second();
            assertEquals("closed", another.ask("close"));
            assertEquals("last", pipe.first().receive());
            assertThrows(EndOfStreamException.class, () -> pipe.first().receive());
        }
    }

    @Nested
    class Stopped {

        @Test
        void isNotGone() throws InterruptedException {
            ChildJvm child = second();
            child.ask("send hello", "sent");
            Connection<String> end = pipe.first();
            assertEquals("hello", end.receive());
            child.stop();
            assertFalse(end.poll(300, TimeUnit.MILLISECONDS));
            end.send("a");
            child.cont();
            assertEquals("received a", child.ask("receive"));
            assertEquals("sent", child.ask("send b"));
            assertEquals("b", end.receive());
        }
    }

    @Nested
    class InAnotherPidNamespace {

        @Test
        void theOtherEndIsSeenAliveAndDead() throws InterruptedException {
            Commands.assume("unshare", "--pid", "--fork", "true");
            ChildJvm child = dirs.closeLater(
                    ChildJvm.of(PipePuppet.class).under("unshare", "--pid", "--fork").start());
            child.expectLine("ready");
            PipePuppet.opened(child, segment, pipe, "second");
            child.ask("send hello", "sent");
            Connection<String> end = pipe.first();
            assertEquals("hello", end.receive());
            assertFalse(end.poll(300, TimeUnit.MILLISECONDS));
            Async<String> receiver = Async.of(end::receive);
            kill(child);
            assertInstanceOf(EndOfStreamException.class, receiver.failure());
            report("a receiver saw the end from another PID namespace");
        }
    }
}
