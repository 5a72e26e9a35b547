package io.interlock.core.object;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.format.WaiterTableLayout;

/**
 * Blocks inside an object whose words carry their owner.
 *
 * @param offset offset of the first block from the start of the object
 * @param stride distance between blocks
 * @param count  how many there are
 * @param kind   what they are
 */
public record OwnerRegion(int offset, int stride, int count, Kind kind) {

    /** What kind of block; the number is stored. */
    public enum Kind {
        /** A {@link RobustLockLayout}. */
        ROBUST_LOCK(1, RobustLockLayout.USED_BYTES),
        /** A {@link WaiterTableLayout}. */
        WAITER_TABLE(2, WaiterTableLayout.LAYOUT.lengthBytes());

        /** Number in the file. */
        public final int code;
        /** Bytes of a block that are used. */
        final int usedBytes;

        Kind(int code, int usedBytes) {
            this.code = code;
            this.usedBytes = usedBytes;
        }

        /** Bytes that a block of the kind with this number uses; 0 if this library does not know it. */
        static int usedBytes(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind.usedBytes;
                }
            }
            return 0;
        }
    }

    /** One robust lock. */
    public static OwnerRegion robustLock(int offset) {
        return new OwnerRegion(offset, RobustLockLayout.LAYOUT.lengthBytes(), 1, Kind.ROBUST_LOCK);
    }

    /** One table of waiters. */
    public static OwnerRegion waiterTable(int offset) {
        return new OwnerRegion(offset, WaiterTableLayout.LAYOUT.lengthBytes(), 1, Kind.WAITER_TABLE);
    }
}
