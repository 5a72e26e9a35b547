package io.interlock.journal;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import io.interlock.journal.error.TailerInUseException;

/** Where a named tailer stands: kept in the segment, and one handle's at a time. */
final class NamedPosition implements Position {

    /* Design.
     *
     * Who has it holds a robust lock, from opening to closing; the kernel tells whether that process lives. The
     * position itself is one word, stored by the holder, so it is right whenever the holder dies. Retention reads it
     * under the append lock. Forwards it may move meanwhile: less is needed then than was read. Backwards it moves only
     * under the append lock.                                                             SYNC journal.position
     */

    private static final int OWNER_TAG = -1;

    private final SharedBlock block;
    private final Mem mem;
    private final long place;
    private final RobustLock lock;
    private boolean ours;

    NamedPosition(SharedBlock block) {
        Context context = block.context();
        this.block = block;
        this.mem = context.mem;
        this.place = mem.place(block.offset() + TailerLayout.POSITION_OFFSET, Long.BYTES);
        this.lock = RobustLock.tagged(context, block.offset() + TailerLayout.LOCK_OFFSET, OWNER_TAG);
    }

    String name() {
        return block.name();
    }

    /**
     * Makes it this handle's, if it is free or its owner dead.
     *
     * @throws TailerInUseException if somebody has it
     */
    void claim() {
        if (!lock.tryAcquireOrTakeOver(block.context().self.current())) {
            throw new TailerInUseException("tailer \"" + name() + "\" is in use (" + lock
                    + "); a name belongs to one tailer at a time, close that one first, or take another name");
        }
        ours = true;
    }

    /** Whether somebody has it who is not dead. */
    boolean isInUse() {
        return !RobustWord.isFree(lock.word()) && !lock.isOwnerDead();
    }

    /** Whether it has a position at all. */
    boolean isPlaced() {
        return get() != TailerLayout.NOWHERE;
    }

    @Override
    public long get() {
        return mem.getLongVolatile(place); // SYNC journal.position: acquire; pairs with set
    }

    @Override
    public void set(long index) {
        mem.putLongRelease(place, index); // SYNC journal.position: release; pairs with get
    }

    @Override
    public boolean isKept() {
        return true;
    }

    @Override
    public void close() {
        if (ours) {
            ours = false;
            lock.release();
        }
    }

    @Override
    public String toString() {
        return "\"" + name() + "\"";
    }
}
