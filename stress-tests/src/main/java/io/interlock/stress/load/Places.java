package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcLongArray;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.HistoryLog;

/** A buffer of a few places, to be used under a lock. One store makes an item be there, and one makes it be gone. */
final class Places {

    static final int COUNT = 4;

    private final IpcLongArray items;
    private final IpcLong put;
    private final IpcLong taken;

    private Places(Segment segment) {
        items = IpcLongArray.open(segment, "items");
        put = IpcLong.open(segment, "put");
        taken = IpcLong.open(segment, "taken");
    }

    static void create(Segment segment) {
        IpcLongArray.create(segment, "items", COUNT);
        IpcLong.create(segment, "put");
        IpcLong.create(segment, "taken");
    }

    static Places open(Segment segment) {
        return new Places(segment);
    }

    boolean isFull() {
        return put.get() - taken.get() == COUNT;
    }

    boolean isEmpty() {
        return put.get() == taken.get();
    }

    void put(long item) {
        long position = put.get();
        items.set((int) (position % COUNT), item);
        put.set(position + 1);
    }

    long take() {
        long position = taken.get();
        long item = items.get((int) (position % COUNT));
        taken.set(position + 1);
        return item;
    }

    /** Takes everything that is left, when nobody else is there. */
    void drain(HistoryLog log, int object) {
        while (!isEmpty()) {
            int operation = log.begin(Action.TAKE, object);
            log.end(operation, take());
        }
    }
}
