package io.interlock.memory;

import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.RingLayout;
import io.interlock.memory.ring.RingWord;

/**
 * How much a queue holds: a number of items, or a number of bytes.
 *
 * <pre>{@code
 * Capacity.items(100)                      // at most 100 items; room for 256 bytes each
 * Capacity.items(100).bytesEach(4000)      // at most 100 items; room for 4000 bytes each
 * Capacity.bytes(1 << 20)                  // as many items as fit into a ring of 1 MiB
 * }</pre>
 *
 * <p>A message takes its length, 8 bytes more, and what is missing to a multiple of 8. The ring's length in bytes is a
 * power of two: what was asked for is rounded up. No message or atomic batch can have more than half the ring, 8 bytes
 * for each message included.
 */
public abstract sealed class Capacity {

    /** Bytes for each item unless others are given. */
    public static final int DEFAULT_BYTES_EACH = 256;
    /** What a queue gets without a capacity: 256 KiB, any number of items. */
    static final Capacity DEFAULT = bytes(256 << 10);

    /** Most items. */
    final int maxItems;
    private final long neededBytes;

    private Capacity(int maxItems, long neededBytes) {
        this.maxItems = maxItems;
        this.neededBytes = neededBytes;
    }

    /**
     * At most so many items, exactly as {@link java.util.concurrent.ArrayBlockingQueue} counts them.
     *
     * @param items at least 1
     */
    public static Items items(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("items must be at least 1, items=" + items);
        }
        return new Items(items, DEFAULT_BYTES_EACH);
    }

    /**
     * A ring of so many bytes at least, for any number of items.
     *
     * @param bytes 1 to 2^30
     */
    public static Capacity bytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes must be at least 1, bytes=" + bytes);
        }
        return new Bytes(bytes);
    }

    /**
     * Bytes of the ring, a power of two.
     *
     * @throws IllegalArgumentException if no ring is as large
     */
    public int ringBytes() {
        if (neededBytes > RingLayout.MAX_BYTES) {
            throw new IllegalArgumentException("a capacity of " + asked() + " needs a ring of " + neededBytes
                    + " bytes, the largest has " + RingLayout.MAX_BYTES);
        }
        return (int) Math.max(RingLayout.MIN_BYTES, Long.highestOneBit(2 * neededBytes - 1));
    }

    /** What was asked for, in words. */
    abstract String asked();

    /** A number of items. */
    public static final class Items extends Capacity {

        private final int bytesEach;

        private Items(int items, int bytesEach) {
            super(items, (items + 1L) * RecordHeader.units(bytesEach) * RingWord.UNIT);
            this.bytesEach = bytesEach;
        }

        @Override
        String asked() {
            return maxItems + " items of " + bytesEach + " bytes";
        }

        /**
         * The same with room for all items if none has more bytes. Longer ones are possible, too; then it may be the
         * bytes that make the queue full.
         *
         * @param bytes 0 or more
         */
        public Items bytesEach(int bytes) {
            if (bytes < 0 || bytes > RingLayout.MAX_BYTES) {
                throw new IllegalArgumentException(
                        "bytesEach must be in [0, " + RingLayout.MAX_BYTES + "], bytesEach=" + bytes);
            }
            return new Items(maxItems, bytes);
        }
    }

    /** A number of bytes. */
    private static final class Bytes extends Capacity {

        private final int asked;

        private Bytes(int bytes) {
            super(Integer.MAX_VALUE, bytes);
            this.asked = bytes;
        }

        @Override
        String asked() {
            return asked + " bytes";
        }
    }

    /** The capacity in words. */
    static String describe(long items, long bytes) {
        return items == Integer.MAX_VALUE ? bytes + " bytes" : items + " items in " + bytes + " bytes";
    }

    @Override
    public String toString() {
        return "Capacity[" + asked() + "]";
    }
}
