package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcQueue;

/** Creates objects in a segment in which others create theirs. */
final class ObjectCreatingDeed extends ObjectDeed {

    private Segment segment;
    private Survivor<IpcLong> survivor;

    @Override
    void prepare(Segment made) {
        segment = made;
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        stage.is("object-creating");
        IpcLong.openOrCreate(opened, "number", 5);
        IpcQueue.openOrCreate(opened, "queue", Codec.int64()).put(6L);
    }

    @Override
    void look(Where where) {
        if (where.early()) {
            survivor = Survivor.begin(() -> IpcLong.create(segment, "another", 1));
        }
    }

    @Override
    Finding after(Fate fate) throws Exception {
        boolean early = survivor != null;
        if (!early) {
            survivor = Survivor.begin(() -> IpcLong.create(segment, "another", 1));
        }
        check(survivor.result().get() == 1, "another object is not what it was made as");
        check(IpcLong.openOrCreate(segment, "number", 5).get() == 5, "the number is half made");
        IpcQueue<Long> queue = IpcQueue.openOrCreate(segment, "queue", Codec.int64());
        queue.clear();
        must("room", (time, unit) -> queue.offer(9L, time, unit));
        check(Long.valueOf(9).equals(queue.poll()), "the queue is half made");
        return new Finding("it exists or does not; others create theirs", early ? survivor : null);
    }
}
