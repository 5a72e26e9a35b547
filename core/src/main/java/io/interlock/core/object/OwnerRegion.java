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
        ROBUST_LOCK(1),
        /** A {@link WaiterTableLayout}. */
        WAITER_TABLE(2);

        /** Number in the file. */
        public final int code;

        Kind(int code) {
            this.code = code;
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
