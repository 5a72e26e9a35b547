package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcInt;
import io.interlock.memory.IpcIntArray;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcLock;
import java.util.function.IntConsumer;

/**
 * A consumer waits until there are at least so many items, a producer until at least so many places are free, and each
 * moves as many at once. When the producers are done, consumers take the rest.
 */
final class ConditionBuffer implements SharedBuffer {

    private final IpcIntArray buffer;
    private final IpcLock lock;
    private final IpcCondition canTake;
    private final IpcCondition canPut;
    private final IpcInt head;
    private final IpcInt tail;
    private final int items;
    private final int takeAtLeast;
    private final int putAtLeast;

    private ConditionBuffer(Segment segment, int items, int takeAtLeast, int putAtLeast) {
        buffer = IpcIntArray.open(segment, "buffer");
        lock = IpcLock.open(segment, "mutex");
        canTake = lock.condition("can-take");
        canPut = lock.condition("can-put");
        head = IpcInt.open(segment, "head");
        tail = IpcInt.open(segment, "tail");
        this.items = items;
        this.takeAtLeast = takeAtLeast;
        this.putAtLeast = putAtLeast;
    }

    static void create(Segment segment, int capacity) {
        IpcIntArray.create(segment, "buffer", capacity);
        IpcLock.create(segment, "mutex");
        IpcInt.create(segment, "head", 0);
        IpcInt.create(segment, "tail", 0);
    }

    static ConditionBuffer open(Segment segment, int items, int takeAtLeast, int putAtLeast) {
        return new ConditionBuffer(segment, items, takeAtLeast, putAtLeast);
    }

    @Override
    public int put(int first, int end, IntConsumer onPut) throws InterruptedException {
        int count = Math.min(putAtLeast, end - first);
        try (var held = lock.hold()) {
            canPut.waitFor(() -> buffer.length() - stored() >= count);
            for (int i = 0; i < count; i++) {
                buffer.set((tail.get() + i) % buffer.length(), first + i);
                onPut.accept(first + i);
            }
            tail.set(tail.get() + count);
            canTake.signalAll();
        }
        return count;
    }

    @Override
    public boolean take(IntConsumer onTaken) throws InterruptedException {
        try (var held = lock.hold()) {
            canTake.waitFor(() -> stored() >= takeAtLeast || everythingIsPut());
            int count = Math.min(takeAtLeast, stored());
            for (int i = 0; i < count; i++) {
                onTaken.accept(buffer.get((head.get() + i) % buffer.length()));
            }
            head.set(head.get() + count);
            canPut.signalAll();
            return count > 0;
        }
    }

    private int stored() {
        return tail.get() - head.get();
    }

    private boolean everythingIsPut() {
        return tail.get() == items;
    }
}
