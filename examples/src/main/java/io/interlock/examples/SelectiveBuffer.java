package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcInt;
import io.interlock.memory.IpcIntArray;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcLock;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Each consumer takes items of its own kind only, from anywhere in the buffer, the oldest first. Items stand in the
 * order of their arrival, without gaps.
 */
final class SelectiveBuffer implements SharedBuffer {

    private final IpcIntArray buffer;
    private final IpcLock lock;
    private final IpcCondition canPut;
    private final IpcCondition[] canTake;
    private final IpcInt stored;
    private final BufferShape shape;
    private final int kind;
    private int untaken;

    private SelectiveBuffer(Segment segment, BufferShape shape, int kind) {
        buffer = IpcIntArray.open(segment, "buffer");
        lock = IpcLock.open(segment, "mutex");
        canPut = lock.condition("can-put");
        canTake = IntStream.range(0, shape.consumers()).mapToObj(k -> lock.condition("can-take-" + k))
                .toArray(IpcCondition[]::new);
        stored = IpcInt.open(segment, "stored");
        this.shape = shape;
        this.kind = kind;
        this.untaken = shape.itemsOfKind(kind);
    }

    static void create(Segment segment, int capacity) {
        IpcIntArray.create(segment, "buffer", capacity);
        IpcLock.create(segment, "mutex");
        IpcInt.create(segment, "stored", 0);
    }

    /** For the consumer of a kind; a producer may give any. */
    static SelectiveBuffer open(Segment segment, BufferShape shape, int kind) {
        return new SelectiveBuffer(segment, shape, kind);
    }

    @Override
    public int put(int first, int end, IntConsumer onPut) throws InterruptedException {
        try (var held = lock.hold()) {
            canPut.waitFor(() -> stored.get() < buffer.length());
            buffer.set(stored.get(), first);
            onPut.accept(first);
            stored.set(stored.get() + 1);
            canTake[shape.kindOf(first)].signal();
        }
        return 1;
    }

    @Override
    public boolean take(IntConsumer onTaken) throws InterruptedException {
        if (untaken == 0) {
            return false;
        }
        try (var held = lock.hold()) {
            canTake[kind].waitFor(() -> indexOfMine() < stored.get());
            int index = indexOfMine();
            onTaken.accept(buffer.get(index));
            closeGap(index);
            canPut.signal();
        }
        untaken--;
        return true;
    }

    /** Index of the oldest item of this consumer's kind; the number of items if there is none. */
    private int indexOfMine() {
        int index = 0;
        while (index < stored.get() && shape.kindOf(buffer.get(index)) != kind) {
            index++;
        }
        return index;
    }

    private void closeGap(int index) {
        stored.set(stored.get() - 1);
        for (int i = index; i < stored.get(); i++) {
            buffer.set(i, buffer.get(i + 1));
        }
    }
}
