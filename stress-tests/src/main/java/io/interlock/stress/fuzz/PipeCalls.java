package io.interlock.stress.fuzz;

import static io.interlock.stress.fuzz.Calls.SHORT_NANOS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.interlock.core.Segment;
import io.interlock.memory.Codec;
import io.interlock.memory.Connection;
import io.interlock.memory.IpcPipe;
import io.interlock.stress.fuzz.CallJudge.Documented;

/** Everything that the ends of a pipe can be asked for. */
final class PipeCalls {

    /**
     * Length of a message that each codec of the specimen's pipes can read if all bytes are zero: on a busy machine the
     * alarm may end {@code send} before it begins, and then {@code receive} gets what {@code sendBytes} has sent.
     */
    private static final int READABLE_BYTES = Long.BYTES;

    private static final Documented NOT_OURS = Documented.of(IllegalStateException.class,
            "end of pipe .* (was closed|belonged to a process that has died|belongs to another process)");
    private static final Documented SIMPLEX = Documented.of(UnsupportedOperationException.class, "is simplex$");

    private PipeCalls() {
    }

    /** Uses all pipes of the specimen. */
    static void all(Segment segment, Calls calls) {
        calls.on("tube");
        IpcPipe<Long> tube =
                calls.get("open", () -> IpcPipe.simplex(segment, "tube", Codec.int64(), Specimen.SMALL_RING));
        if (tube != null) {
            send(calls, tube.first(), 9L);
            receive(calls, tube.second());
            close(calls, tube.first());
            receive(calls, tube.second());
            close(calls, tube.second());
        }
        calls.on("pipe");
        IpcPipe<String> pipe = calls.get("open", () -> IpcPipe.duplex(segment, "pipe", Codec.utf8()));
        if (pipe != null) {
            receive(calls, pipe.second());
            send(calls, pipe.second(), "back");
            receive(calls, pipe.first());
            close(calls, pipe.second());
            close(calls, pipe.first());
        }
    }

    private static <E> void send(Calls calls, Connection<E> end, E item) {
        calls.run("toString", end::toString);
        calls.untimed("send", () -> end.send(item), NOT_OURS, SIMPLEX);
        calls.untimed("sendBytes", () -> end.sendBytes(new byte[READABLE_BYTES]), NOT_OURS, SIMPLEX);
    }

    private static void receive(Calls calls, Connection<?> end) {
        calls.waiting("poll", () -> end.poll(SHORT_NANOS, NANOSECONDS), NOT_OURS, SIMPLEX);
        calls.untimed("receive", end::receive, NOT_OURS, SIMPLEX);
        calls.untimed("receiveInto", () -> end.receiveInto(new byte[16], 0), NOT_OURS, SIMPLEX);
        calls.untimed("receiveBytes", end::receiveBytes, NOT_OURS, SIMPLEX);
    }

    private static void close(Calls calls, Connection<?> end) {
        calls.run("close", end::close);
        calls.test("isClosed", end::isClosed);
    }
}
