package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.QueueShutDownException;
import java.util.concurrent.TimeUnit;

/** Ends a stream for which a survivor sleeps. */
final class ShutdownDeed extends ObjectDeed {

    /** Within a slice of 250 ms a waiting consumer looks whether the end was asked for. */
    private static final long SOON_MILLIS = 1500;

    private final boolean now;
    private IpcQueue<Long> queue;
    private Survivor<Boolean> survivor;

    ShutdownDeed(boolean now) {
        this.now = now;
    }

    @Override
    void prepare(Segment made) throws Exception {
        queue = IpcQueue.create(made, "queue", Codec.int64());
        survivor = Survivor.asleep(this::awaitEnd);
    }

    private boolean awaitEnd() throws InterruptedException {
        try {
            return queue.take() == null;
        } catch (QueueShutDownException e) {
            return true;
        }
    }

    @Override
    void act(Segment opened, Stage stage) {
        IpcQueue<Long> mine = IpcQueue.open(opened, "queue", Codec.int64());
        stage.is("queue-shutting-down");
        if (now) {
            mine.shutdownNow();
        } else {
            mine.shutdown();
        }
    }

    /** Whoever asks brings the end about, so nobody asks before the survivor had its time. */
    @Override
    Finding after(Fate fate) throws Exception {
        boolean told = survivor.isDoneWithin(SOON_MILLIS, TimeUnit.MILLISECONDS);
        boolean ended = queue.isShutDown();
        check(told == ended, ended ? "the stream has ended, and a consumer sleeps" : "the stream ended for one only");
        check(ended || fate == Fate.DIED, "the stream has not ended");
        queue.shutdown();
        check(survivor.result(), "something came out of an empty queue");
        check(!canPut(), "something was put after the end");
        return new Finding(ended ? "the stream has ended; a waiting consumer is told"
                : "nothing has happened; another may shut it down", ended ? survivor : null);
    }

    private boolean canPut() {
        try {
            return queue.offer(1L);
        } catch (QueueShutDownException e) {
            return false;
        }
    }
}
