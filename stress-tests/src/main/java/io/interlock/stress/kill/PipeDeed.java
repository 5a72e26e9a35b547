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

/** Sends two messages through a pipe, or receives them. What was sent arrives, and then the end of the stream. */
final class PipeDeed extends ObjectDeed {

    private static final long SOON_MILLIS = 1500;
    private static final String CLAIMING = "pipe-claiming";
    /** After a row's id: how many messages the calls that returned have sent. */
    private static final String SENT = "#";

    private final boolean sends;
    private Connection<Long> here;
    private Connection<Long> there;
    private Survivor<List<Long>> receiver;
    private boolean claiming;
    private int sent;

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
        stage.is(CLAIMING);
        mine.poll(0, TimeUnit.NANOSECONDS);
        if (sends) {
            stage.is("pipe-sending");
            mine.send(1L);
            stage.is("pipe-sending" + SENT + 1);
            mine.send(2L);
            stage.is("pipe-closing" + SENT + 2);
        } else {
            stage.is("pipe-receiving");
            check(mine.receive() == 1L && mine.receive() == 2L, "something else was received");
            stage.is("pipe-closing");
        }
        mine.close();
    }

    @Override
    void meanwhile() throws InterruptedException {
        here.send(1L);
        here.send(2L);
    }

    @Override
    void look(Where where) {
        claiming = where.isIn(CLAIMING);
        sent = where.stage().contains(SENT) ? Integer.parseInt(where.stage().replaceFirst(".*" + SENT, "")) : 0;
        if (where.early()) {
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
        boolean early = receiver != null;
        if (!early) {
            receiver = Survivor.begin(this::receiveAll);
        }
        if (claiming && fate == Fate.DIED && !receiver.isDoneWithin(SOON_MILLIS, TimeUnit.MILLISECONDS)) {
            return afterDeathBeforeUse();
        }
        if (!sends && fate == Fate.DIED) {
            check(refusesToSend(), "the other end is dead, and send goes on for ever");
        }
        List<Long> received = receiver.result();
        int least = fate == Fate.FINISHED && sends ? 2 : sent;
        check(received.size() >= least && List.of(1L, 2L).subList(0, received.size()).equals(received),
                "sent were " + least + " of 1 and 2, received " + received);
        return new Finding("the other end receives what was sent, then the end of the stream", early ? receiver : null);
    }

    /** It had not become the owner of its end: this process does, and closes it. */
    private Finding afterDeathBeforeUse() throws Exception {
        there.poll(0, TimeUnit.NANOSECONDS);
        there.close();
        check(receiver.result().isEmpty(), "something was received that nobody sent");
        return new Finding("an end that nobody has used waits for somebody who uses it", null);
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
