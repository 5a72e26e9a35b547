package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.memory.Capacity;
import io.interlock.memory.Connection;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcPipe;
import io.interlock.memory.error.BrokenPipeException;
import io.interlock.memory.error.EndOfStreamException;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.History;
import io.interlock.stress.history.Operation;
import io.interlock.stress.history.QueueHistory;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Pairs of workers that send to each other. A pipe is used up when one of them was killed: the other one receives what
 * the dead had sent, then the end of the stream, and both go on with the next pipe of the pair.
 */
public final class Pipes implements Workload {

    private static final int LINKS = 2;
    private static final int MOST_PIPES = 256;
    private static final int CAPACITY_BYTES = 4096;

    @Override
    public String name() {
        return "pipe";
    }

    /** Whole pairs. */
    @Override
    public int seats(SplittableRandom random) {
        return 2 * (1 + random.nextInt(LINKS));
    }

    @Override
    public void create(Segment segment) {
        for (int link = 0; link < LINKS; link++) {
            IpcLong.create(segment, "pipe-of-" + link);
        }
    }

    @Override
    public Work open(Seat seat) {
        return new Talk(seat);
    }

    /** Each direction of each pipe is an object of its own. */
    private static int object(int link, long pipe, int direction) {
        return (link * MOST_PIPES + (int) pipe) * 2 + direction;
    }

    @Override
    public Stream<String> judge(Segment segment, History history) {
        return IntStream.range(0, LINKS).boxed().flatMap(link -> pipesOf(segment, link)
                .flatMap(pipe -> Stream.of(0, 1).flatMap(direction -> judge(history, link, pipe, direction))));
    }

    private static Stream<String> judge(History history, int link, long pipe, int direction) {
        History there = history.of(object(link, pipe, direction));
        History back = history.of(object(link, pipe, 1 - direction));
        Optional<Operation> end =
                there.operations().stream().filter(o -> o.action() == Action.END && !o.isPending()).findFirst();
        String name = "pipe " + pipe + " of pair " + link + ", direction " + direction;
        // Who saw the end has seen everything; whatever else is missing was given up with the pipe.
        return Stream.concat(Workload.about(name, QueueHistory.check(there, end.isEmpty())),
                end.stream().filter(operation -> isRobbed(operation, there, back)).map(operation -> name
                        + ": process " + operation.process() + " was told of an end, though the other side lives"));
    }

    /** Whether the other side is known, and was not killed before the end was told. */
    private static boolean isRobbed(Operation end, History there, History back) {
        return Stream.concat(there.operations().stream(), back.operations().stream())
                .filter(o -> o.process() != end.process()).findFirst()
                .filter(o -> !there.wasKilledBefore(o.process(), end.returnedNanos())).isPresent();
    }

    /** The pipes that a pair has used. */
    private static Stream<Long> pipesOf(Segment segment, int link) {
        return LongStream.rangeClosed(0, IpcLong.open(segment, "pipe-of-" + link).get()).boxed();
    }

    /** One of a pair. */
    private static final class Talk implements Work {

        private final Seat seat;
        private final int link;
        private final IpcLong next;
        private Connection<Long> here;
        private long pipe;
        private int count;

        Talk(Seat seat) {
            this.seat = seat;
            this.link = seat.number() / 2;
            this.next = IpcLong.open(seat.segment(), "pipe-of-" + link);
        }

        private int out() {
            return object(link, pipe, seat.produces() ? 0 : 1);
        }

        private int in() {
            return object(link, pipe, seat.produces() ? 1 : 0);
        }

        /** Sends before it waits for something, so that two who do so never wait for each other. */
        @Override
        public boolean turn() throws InterruptedException {
            if (here == null && !join()) {
                return false;
            }
            while (here != null && here.poll(0, TimeUnit.NANOSECONDS)) {
                receive();
            }
            if (here != null && send()) {
                receive();
            } else if (here != null) {
                receiveRest();
            }
            return here != null;
        }

        /** Takes an end of the present pipe; if that is used up, of the next one. */
        private boolean join() throws InterruptedException {
            pipe = next.get();
            IpcPipe<Long> opened = IpcPipe.duplex(
                    seat.segment(), link + "-" + pipe, Parcels.CODEC, Capacity.bytes(CAPACITY_BYTES));
            Connection<Long> end = seat.produces() ? opened.first() : opened.second();
            try {
                end.poll(0, TimeUnit.NANOSECONDS);
            } catch (IllegalStateException e) {
                if (!e.getMessage().contains("belonged to a process that has died")) {
                    throw e;
                }
                leave();
                return false;
            }
            here = end;
            return true;
        }

        private void leave() {
            here = null;
            next.compareAndSet(pipe, pipe + 1);
        }

        private boolean send() throws InterruptedException {
            long value = seat.value(++count);
            return seat.note(Action.PUT, out(), value, () -> {
                try {
                    here.send(value);
                    return 0;
                } catch (BrokenPipeException e) {
                    return Seat.WITHOUT_EFFECT;
                }
            }) == 0;
        }

        private void receiveRest() throws InterruptedException {
            while (here != null) {
                receive();
            }
        }

        private void receive() throws InterruptedException {
            long value = seat.note(Action.TAKE, in(), () -> {
                try {
                    return here.receive();
                } catch (EndOfStreamException e) {
                    return Seat.WITHOUT_EFFECT;
                }
            });
            if (value == Seat.WITHOUT_EFFECT) {
                seat.note(Action.END, in(), () -> 0);
                leave();
            }
        }
    }
}
