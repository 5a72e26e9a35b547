package io.interlock.core.attach;

import io.interlock.core.error.LayoutMismatchException;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.object.Directory;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.port.Context;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import io.interlock.core.robust.WaiterTable;

/** Removes what the dead participants of a slot left in shared words, before the slot is used again. */
final class Reaper {

    private final Context context;

    Reaper(Context context) {
        this.context = context;
    }

    /** Cleans the slot, whose lock byte this process holds; may be repeated any number of times. */
    void reap(int slot) {
        new Directory(context).forEachOwnerRegion((offset, stride, count, kind) -> {
            for (int i = 0; i < count; i++) {
                reap(slot, offset + i * stride, kind);
            }
        });
        reapLock(slot, HeaderLayout.DIRECTORY_LOCK_OFFSET, true);
    }

    private void reap(int slot, int block, int kind) {
        if (kind == OwnerRegion.Kind.ROBUST_LOCK.code) {
            boolean recursive = (context.mem.getInt(block + RobustLockLayout.FLAGS_OFFSET) & RobustLock.RECURSIVE) != 0;
            reapLock(slot, block, recursive);
        } else if (kind == OwnerRegion.Kind.WAITER_TABLE.code) {
            new WaiterTable(context, block).reap(slot);
        } else {
            throw new LayoutMismatchException("the segment has words with owners of kind " + kind
                    + ", which this library does not know; use the newer library that made them");
        }
    }

    private void reapLock(int slot, int block, boolean recursive) {
        RobustLock lock = new RobustLock(context, block, recursive);
        long seen = lock.word();
        while (!RobustWord.isFree(seen) && RobustWord.slotOf(RobustWord.participantOf(seen)) == slot
                && !lock.abandon(seen)) {
            seen = lock.word();
        }
    }
}
