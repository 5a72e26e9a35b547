package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.Capacity;
import io.interlock.memory.Claim;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcInt;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.sync.IpcLock;
import java.util.function.IntConsumer;

/**
 * A queue is such a buffer, with everything that it needs. The producer that puts the last item shuts it down, and the
 * consumers come to its end.
 */
final class QueueBuffer implements SharedBuffer {

    private final IpcQueue<Integer> queue;
    private final IpcInt unput;
    private final IpcLock order;

    private QueueBuffer(Segment segment) {
        queue = IpcQueue.open(segment, "buffer", Codec.int32());
        unput = IpcInt.open(segment, "unput");
        order = IpcLock.open(segment, "order");
    }

    static void create(Segment segment, int capacity, int items) {
        IpcQueue.create(segment, "buffer", Codec.int32(), places(capacity));
        IpcInt.create(segment, "unput", items);
        IpcLock.create(segment, "order");
    }

    static QueueBuffer open(Segment segment) {
        return new QueueBuffer(segment);
    }

    static long bytesFor(int capacity) {
        return IpcQueue.bytesFor(places(capacity));
    }

    private static Capacity places(int capacity) {
        return Capacity.items(capacity).bytesEach(Integer.BYTES);
    }

    /** A place is claimed first, so that an item is told when there is room for it, and before anybody can take it. */
    @Override
    public int put(int first, int end, IntConsumer onPut) throws InterruptedException {
        try (Claim place = queue.claim(Integer.BYTES)) {
            place.buffer().putInt(first);
            onPut.accept(first);
            place.commit();
        }
        if (unput.decrementAndGet() == 0) {
            queue.shutdown();
        }
        return 1;
    }

    /** The queue needs no lock; but what one consumer takes must be in the log before another takes the next. */
    @Override
    public boolean take(IntConsumer onTaken) throws InterruptedException {
        try (var held = order.hold()) {
            onTaken.accept(queue.take());
            return true;
        } catch (QueueShutDownException e) {
            return false;
        }
    }
}
