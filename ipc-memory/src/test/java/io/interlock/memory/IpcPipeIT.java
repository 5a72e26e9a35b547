package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.ChildJvm;
import io.interlock.core.testing.TestDirs;
import io.interlock.memory.error.BrokenPipeException;
import io.interlock.memory.error.EndOfStreamException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pipes between two JVMs. */
class IpcPipeIT {

    private static final Spares SPARES = new Spares(PipePuppet.class);

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private Segment segment;

    @AfterAll
    static void endSpares() {
        SPARES.close();
    }

    @BeforeEach
    void create() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
    }

    @Nested
    class Duplex {

        @Test
        void carriesQuestionsAndAnswersToTheEndOfTheStream() throws InterruptedException {
            IpcPipe<String> pipe = IpcPipe.duplex(segment, "p", Codec.utf8(), Capacity.bytes(1024));
            ChildJvm child = PipePuppet.opened(SPARES.next(dirs), segment, pipe, "second");
            child.send("echo");
            try (Connection<String> end = pipe.first()) {
                for (int i = 0; i < 2_000; i++) {
                    end.send("question " + i);
                    assertEquals("question " + i, end.receive());
                }
            }
            child.expectLine("EndOfStreamException");
            assertEquals("BrokenPipeException", child.ask("send late"));
            assertEquals("EndOfStreamException", child.ask("receive"));
            assertEquals("polled true", child.ask("poll 0"));
        }

        @Test
        void carriesMessagesOfAnyLengthBothWaysAtOnce() throws InterruptedException {
            int count = 20_000;
            IpcPipe<String> pipe = IpcPipe.duplex(segment, "p", Codec.utf8(), Capacity.bytes(1 << 14));
            ChildJvm child = PipePuppet.opened(SPARES.next(dirs), segment, pipe, "second");
            child.send("send-parcels " + count).send("receive-parcels " + count);
            Connection<String> end = pipe.first();
            child.expectLine("sending");
            for (int i = 1; i <= count; i++) {
                assertEquals(new Parcel(1, i), Parcel.read(ByteBuffer.wrap(end.receiveBytes())));
            }
            child.expectLine("sent");
            for (int i = 1; i <= count; i++) {
                end.sendBytes(new Parcel(1, i).bytes());
            }
            child.expectLine("received all");
            assertFalse(end.poll(0, TimeUnit.SECONDS));
        }
    }

    @Nested
    class Simplex {

        @Test
        void carriesOneWayOnly() throws InterruptedException {
            IpcPipe<String> pipe = IpcPipe.simplex(segment, "p", Codec.utf8(), Capacity.bytes(256));
            ChildJvm child = PipePuppet.opened(SPARES.next(dirs), segment, pipe, "second");
            assertEquals("UnsupportedOperationException", child.ask("send x"));
            assertEquals("polled false", child.ask("poll 120"));
            child.send("receive");
            Connection<String> end = pipe.first();
            end.send("a");
            child.expectLine("received a");
            assertThrows(UnsupportedOperationException.class, end::receive);
            end.send("b");
            end.close();
            assertEquals("polled true", child.ask("poll 0"));
            assertEquals("received b", child.ask("receive"));
            assertEquals("polled true", child.ask("poll 60000"));
            assertEquals("EndOfStreamException", child.ask("receive"));
        }
    }

    @Nested
    class End {

        @Test
        void thatBelongsToAnotherProcessIsRefusedAndStaysItsOwn() throws InterruptedException {
            IpcPipe<String> pipe = IpcPipe.duplex(segment, "p", Codec.utf8());
            ChildJvm child = PipePuppet.opened(SPARES.next(dirs), segment, pipe, "second");
            assertEquals("sent", child.ask("send hello"));
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> pipe.second().send("x"));
            assertTrue(e.getMessage().contains("another process"), e.getMessage());
            assertThrows(IllegalStateException.class, () -> pipe.second().receive());
            assertThrows(IllegalStateException.class, () -> pipe.second().poll(0, TimeUnit.SECONDS));
            assertEquals("hello", pipe.first().receive());
            child.ask("first", "first");
            assertEquals("IllegalStateException", child.ask("send x"));
            assertEquals("IllegalStateException", child.ask("receive"));
            pipe.second().close();
            child.ask("second", "second");
            assertEquals("sent", child.ask("send still"));
            assertEquals("still", pipe.first().receive());
        }

        @Test
        void thatNobodyHasYetIsWaitedFor() throws InterruptedException {
            IpcPipe<String> pipe = IpcPipe.duplex(segment, "p", Codec.utf8());
            pipe.first().send("early");
            Async<String> receiver = Async.of(pipe.first()::receive);
            ChildJvm child = PipePuppet.opened(SPARES.next(dirs), segment, pipe, "second");
            assertFalse(receiver.isDone());
            assertEquals("received early", child.ask("receive"));
            assertEquals("sent", child.ask("send answer"));
            assertEquals("answer", receiver.get());
        }

        @Test
        void thatIsClosedInAnotherProcessEndsTheCallsOfThisOne() {
            IpcPipe<String> pipe = IpcPipe.duplex(segment, "p", Codec.utf8(), Capacity.bytes(128));
            ChildJvm child = PipePuppet.opened(SPARES.next(dirs), segment, pipe, "second");
            Async<String> receiver = Async.of(pipe.first()::receive);
            Async<Void> sender = Async.run(() -> {
                while (true) {
                    pipe.first().send("message");
                }
            });
            assertEquals("received message", child.ask("receive"));
            assertEquals("closed", child.ask("close"));
            assertInstanceOf(EndOfStreamException.class, receiver.failure());
            assertInstanceOf(BrokenPipeException.class, sender.failure());
            assertEquals("IllegalStateException", child.ask("send x"));
        }
    }
}
