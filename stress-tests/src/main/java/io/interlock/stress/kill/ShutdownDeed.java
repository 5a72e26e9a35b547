package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.QueueShutDownException;

/** Ends a stream for which a survivor waits. */
final class ShutdownDeed extends ObjectDeed {

    private final boolean now;
    private IpcQueue<Long> queue;
    private Survivor<Boolean> survivor;

    ShutdownDeed(boolean now) {
        this.now = now;
    }

    @Override
    void prepare(Segment made) {
        queue = IpcQueue.create(made, "queue", Codec.int64());
        survivor = Survivor.begin(this::awaitEnd);
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

    @Override
    Finding after(Fate fate) throws Exception {
        boolean ended = queue.isShutDown();
        check(ended || fate == Fate.DIED, "the stream has not ended");
        if (!ended) {
            check(!survivor.isDone(), "the stream ended for one only");
            queue.shutdown();
        }
        check(survivor.result(), "the stream has ended, and a consumer sleeps: " + queue);
        check(!canPut(), "something was put after the end");
        return new Finding(ended ? "the stream has ended; a waiting consumer is told"
                : "nothing has happened; another may shut it down", survivor.doneNanos());
    }

    private boolean canPut() {
        try {
            return queue.offer(1L);
        } catch (QueueShutDownException e) {
            return false;
        }
    }
}
