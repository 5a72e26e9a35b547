package io.interlock.memory;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;

/** Who has one end of a pipe: nobody yet, a process, or nobody any more. */
final class PipeEnd {

    /* Design.
     *
     * The end is a robust lock that its process holds, and that nobody ever takes over: held by the dead, or freed from
     * a dead owner when its slot was used again (INCONSISTENT), it stays what it is, the end of the stream. A mark
     * tells that it was closed; it is written before the lock is freed, so that no one claims the end in between.
     */

    private static final int OWNER_TAG = -1;

    private final Context context;
    private final String pipe;
    private final String name;
    private final int closed;
    private final RobustLock lock;

    PipeEnd(SharedBlock block, String name, int lockOffset, int closedOffset) {
        this.context = block.context();
        this.pipe = block.label();
        this.name = name;
        this.closed = block.offset() + closedOffset;
        this.lock = RobustLock.tagged(context, block.offset() + lockOffset, OWNER_TAG);
    }

    /**
     * Makes the end this process's.
     *
     * @throws IllegalStateException if it is another one's, was closed, or has died
     */
    void claim() {
        context.checkOpen();
        if (isOurs()) {
            return;
        }
        if (!isGone() && lock.tryAcquireUnmarked()) {
            if (!isClosed() && !context.isClosed()) {
                return;
            }
            lock.releaseUntold();
        }
        boolean ours = isOurs();
        context.checkOpen();
        if (!ours) {
            throw new IllegalStateException("the " + name + " end of pipe \"" + pipe + "\" " + whyNot()
                    + "; make another pipe, or use the other end");
        }
    }

    private String whyNot() {
        return isClosed() ? "was closed" : hasDied() ? "belonged to a process that has died"
                : "belongs to another process (" + lock + ")";
    }

    private boolean isOurs() {
        long word = lock.word();
        return RobustWord.participantOf(word) == context.participant && !RobustWord.isInconsistent(word)
                && !isClosed();
    }

    /** Gives the end up for good, if it is this process's. */
    void close() {
        if (isOurs()) {
            context.mem.putIntVolatile(closed, 1);
            lock.release();
        }
    }

    boolean isClosed() {
        return context.mem.getIntVolatile(closed) != 0;
    }

    private boolean hasDied() {
        long word = lock.word();
        return lock.isOwnerDead() || RobustWord.isFree(word) && RobustWord.isInconsistent(word);
    }

    /** Whether it is nobody's any more; asks the kernel. */
    boolean isGone() {
        return isClosed() || hasDied();
    }

    @Override
    public String toString() {
        return name + " end of pipe \"" + pipe + "\"";
    }
}
