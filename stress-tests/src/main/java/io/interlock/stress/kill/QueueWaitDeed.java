package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.util.concurrent.TimeUnit;

/** Waits for room in a full queue, or for an item in an empty one, beside a survivor. */
final class QueueWaitDeed extends ObjectDeed {

    private final boolean puts;
    private IpcQueue<Long> queue;
    private Survivor<Boolean> survivor;
    private boolean given;

    QueueWaitDeed(boolean puts) {
        this.puts = puts;
    }

    @Override
    void prepare(Segment made) throws InterruptedException {
        queue = IpcQueue.create(made, "queue", Codec.int64(), Capacity.items(1));
        if (puts) {
            queue.put(0L);
        }
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        IpcQueue<Long> mine = IpcQueue.open(opened, "queue", Codec.int64());
        stage.is(puts ? "queue-put-waiting" : "queue-get-waiting");
        if (puts) {
            mine.put(1L);
        } else {
            mine.take();
        }
    }

    @Override
    void meanwhile() throws InterruptedException {
        survive();
        give();
        given = true;
    }

    @Override
    void look(String stage, boolean early) {
        survive();
    }

    private void survive() {
        if (survivor == null) {
            survivor = Survivor.begin(this::passOn);
        }
    }

    /** Gets what both wait for, and gives it back. */
    private boolean passOn() throws InterruptedException {
        if (puts) {
            must("room", (time, unit) -> queue.offer(7L, time, unit));
            return queue.poll() != null;
        }
        must("an item", (time, unit) -> queue.poll(time, unit) != null);
        return queue.offer(7L);
    }

    /** Room for one, or one item. */
    private void give() throws InterruptedException {
        boolean gave = puts ? queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) != null
                : queue.offer(5L, PATIENCE_SECONDS, TimeUnit.SECONDS);
        check(gave, "the other side does not go on");
    }

    /** Whether what was given lies there. */
    private boolean isThere() {
        return puts ? queue.isEmpty() : !queue.isEmpty();
    }

    @Override
    Finding after(Fate fate) throws Exception {
        survive();
        boolean came = given && comesTo(survivor, this::isThere);
        if (!came) {
            give();
        }
        check(survivor.result(), "what was there is gone: " + queue);
        String had = puts ? "what it put is there, whole; others go on" : "what it took is gone; others go on";
        return new Finding(came || !given ? puts ? "others get the room" : "others get the item" : had, survivor
                .doneNanos());
    }
}
