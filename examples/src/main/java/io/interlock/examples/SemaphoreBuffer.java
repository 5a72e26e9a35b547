package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcInt;
import io.interlock.memory.IpcIntArray;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcSemaphore;
import java.util.function.IntConsumer;

/** The classic: one semaphore counts the free places, another the items, and a lock guards the buffer. */
final class SemaphoreBuffer implements SharedBuffer {

    private final IpcIntArray buffer;
    private final IpcSemaphore empty;
    private final IpcSemaphore filled;
    private final IpcLock mutex;
    private final IpcInt head;
    private final IpcInt tail;
    private final IpcInt unclaimed;

    private SemaphoreBuffer(Segment segment) {
        buffer = IpcIntArray.open(segment, "buffer");
        empty = IpcSemaphore.open(segment, "empty");
        filled = IpcSemaphore.open(segment, "filled");
        mutex = IpcLock.open(segment, "mutex");
        head = IpcInt.open(segment, "head");
        tail = IpcInt.open(segment, "tail");
        unclaimed = IpcInt.open(segment, "unclaimed");
    }

    static void create(Segment segment, int capacity, int items) {
        IpcIntArray.create(segment, "buffer", capacity);
        IpcSemaphore.create(segment, "empty", capacity);
        IpcSemaphore.create(segment, "filled", 0);
        IpcLock.create(segment, "mutex");
        IpcInt.create(segment, "head", 0);
        IpcInt.create(segment, "tail", 0);
        IpcInt.create(segment, "unclaimed", items);
    }

    static SemaphoreBuffer open(Segment segment) {
        return new SemaphoreBuffer(segment);
    }

    @Override
    public int put(int first, int end, IntConsumer onPut) throws InterruptedException {
        empty.acquire();
        try (var held = mutex.hold()) {
            int position = tail.get();
            buffer.set(position % buffer.length(), first);
            onPut.accept(first);
            tail.set(position + 1);
        }
        filled.release();
        return 1;
    }

    /** A consumer claims an item before it waits for one, so that none waits for an item that will never come. */
    @Override
    public boolean take(IntConsumer onTaken) throws InterruptedException {
        if (unclaimed.getAndDecrement() <= 0) {
            return false;
        }
        filled.acquire();
        try (var held = mutex.hold()) {
            int position = head.get();
            onTaken.accept(buffer.get(position % buffer.length()));
            head.set(position + 1);
        }
        empty.release();
        return true;
    }
}
