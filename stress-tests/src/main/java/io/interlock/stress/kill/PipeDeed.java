package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Codec;
import io.interlock.memory.Connection;
import io.interlock.memory.IpcPipe;
import io.interlock.memory.error.BrokenPipeException;
import io.interlock.memory.error.EndOfStreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends two messages through a pipe, or receives them. */
final class PipeDeed extends ObjectDeed {

    private static final long LONGER_THAN_TWO_SLICES_MILLIS = 2 * LONGER_THAN_A_SLICE_MILLIS;

    private final boolean sends;
    private Connection<Long> here;
    private Connection<Long> there;
    private boolean free;
    private Survivor<List<Long>> receiver;

    PipeDeed(boolean sends) {
        this.sends = sends;
    }

    @Override
    void prepare(Segment made) {
        IpcPipe<Long> pipe = IpcPipe.duplex(made, "pipe", Codec.int64());
        here = pipe.first();
        there = pipe.second();
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        Connection<Long> mine = IpcPipe.duplex(opened, "pipe", Codec.int64()).second();
        stage.is("pipe-claiming");
        mine.poll(0, TimeUnit.NANOSECONDS);
        stage.is(sends ? "pipe-sending" : "pipe-receiving");
        if (sends) {
            mine.send(1L);
            mine.send(2L);
        } else {
            mine.receive();
            mine.receive();
        }
        stage.is("pipe-closing");
        mine.close();
    }

    @Override
    void meanwhile() throws InterruptedException {
        here.send(1L);
        here.send(2L);
    }

    @Override
    void look(String stage, boolean early) {
        free = stage.equals("pipe-claiming");
        if (early) {
            receiver = Survivor.begin(this::receiveAll);
        }
    }

    /** What the other end has sent, to the end of its stream. */
    private List<Long> receiveAll() throws InterruptedException {
        List<Long> received = new ArrayList<>();
        try {
            while (true) {
                received.add(here.receive());
            }
        } catch (EndOfStreamException e) {
            return received;
        }
    }

    @Override
    Finding after(Fate fate) throws Exception {
        Survivor<List<Long>> all = receiver != null ? receiver : Survivor.begin(this::receiveAll);
        if (free && fate == Fate.DIED && !all.isDoneWithin(LONGER_THAN_TWO_SLICES_MILLIS, TimeUnit.MILLISECONDS)) {
            there.poll(0, TimeUnit.NANOSECONDS); // it had not become the owner of its end: this process does
            there.close();
            all.result();
            return new Finding("an end that nobody has used waits for somebody who uses it", 0);
        }
        if (!sends && fate == Fate.DIED) {
            check(refusesToSend(), "the other end is dead, and send goes on for ever");
        }
        List<Long> received = all.result();
        check(List.of(1L, 2L).subList(0, received.size()).equals(received), "received " + received);
        check(!sends || fate == Fate.DIED || received.size() == 2, "of two messages came " + received);
        return new Finding("the other end receives what was sent, then the end of the stream", all.doneNanos());
    }

    /** Nobody receives: at the latest when the pipe is full it is noticed. */
    private boolean refusesToSend() throws Exception {
        return Survivor.begin(() -> {
            try {
                while (true) {
                    here.send(3L);
                }
            } catch (BrokenPipeException e) {
                return true;
            }
        }).result();
    }
}
