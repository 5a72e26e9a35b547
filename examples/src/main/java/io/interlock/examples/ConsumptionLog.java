package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcInt;
import io.interlock.memory.IpcIntArray;

/**
 * What was taken from a buffer, in the order in which it was taken, and by whom. Written by the consumers while they
 * hold the buffer's lock; read by the judge afterwards. The next place is found by an atomic operation, so that the log
 * stays right if the lock is wrong.
 */
final class ConsumptionLog {

    static final int MAX_ITEMS = 10_000_000;

    /** Bits of an item in an entry; the consumer stands above them. */
    private static final int ITEM_BITS = 24;
    private static final int ITEM_MASK = (1 << ITEM_BITS) - 1;

    private final IpcIntArray entries;
    private final IpcInt length;
    private final int consumer;

    private ConsumptionLog(IpcIntArray entries, IpcInt length, int consumer) {
        this.entries = entries;
        this.length = length;
        this.consumer = consumer;
    }

    static ConsumptionLog create(Segment segment, int items) {
        return new ConsumptionLog(IpcIntArray.create(segment, "log", items), IpcInt.create(segment, "log-length", 0),
                0);
    }

    static ConsumptionLog open(Segment segment, int consumer) {
        return new ConsumptionLog(IpcIntArray.open(segment, "log"), IpcInt.open(segment, "log-length"), consumer);
    }

    /** Notes that this consumer has just taken an item. */
    void add(int item) {
        int index = length.getAndIncrement();
        if (index < entries.length()) {
            entries.set(index, entry(consumer, item));
        }
    }

    /** How many items were taken, more than there are entries if some were taken twice. */
    int size() {
        return length.get();
    }

    /** All entries. */
    int[] entries() {
        int[] copy = new int[Math.min(size(), entries.length())];
        entries.get(0, copy, 0, copy.length);
        return copy;
    }

    static int entry(int consumer, int item) {
        return consumer << ITEM_BITS | item & ITEM_MASK;
    }

    static int itemOf(int entry) {
        return entry & ITEM_MASK;
    }

    static int consumerOf(int entry) {
        return entry >>> ITEM_BITS;
    }
}
