package io.interlock.core.attach;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.util.concurrent.locks.LockSupport;

/**
 * Frees recursive locks whose owner <em>thread</em> has ended in this live process: other processes cannot see that. A
 * daemon thread looks once a second, only while the attachment has threads that hold something.
 */
public final class Janitor {

    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final long SETTLE_NANOS = 10_000_000;

    private final Context context;
    private volatile boolean running;

    Janitor(Context context) {
        this.context = context;
    }

    /** To be called when a recursive lock was acquired; one volatile load if the janitor runs already. */
    public void needed() {
        if (!running) {
            start();
        }
    }

    private synchronized void start() {
        if (!running) {
            running = true;
            Thread thread = new Thread(this::run, "interlock-janitor");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        boolean[] holding = {true};
        while (holding[0] && !context.isClosed()) {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            holding[0] = false;
            context.self.forEach(thread -> {
                if (!thread.thread.isAlive()) {
                    release(thread);
                }
                holding[0] |= thread.depth() > 0;
            });
        }
        running = false;
        // Whoever acquired since the last look saw "running". His note of the hold is a plain store that may still be
        // on its way, so wait for longer than any store buffer holds it, and look once more.
        LockSupport.parkNanos(this, SETTLE_NANOS);
        context.self.forEach(thread -> {
            if (thread.depth() > 0 && !context.isClosed()) {
                needed();
            }
        });
    }

    private void release(ThreadRecord dead) {
        while (dead.depth() > 0) {
            int last = dead.depth() - 1;
            if (isRecursive(dead.holdOffset(last))) {
                release(dead, new RobustLock(context, dead.holdOffset(last), true));
            }
            dead.dropHold(last);
        }
    }

    private void release(ThreadRecord dead, RobustLock lock) {
        long seen = lock.word();
        while (lock.isHeldBy(dead) && !lock.abandon(seen)) {
            seen = lock.word();
        }
    }

    private boolean isRecursive(int block) {
        int flags = context.mem.getInt(block + RobustLockLayout.FLAGS_OFFSET);
        return (flags & RobustLock.RECURSIVE) != 0;
    }

    @Override
    public String toString() {
        return "Janitor of participant " + RobustWord.slotOf(context.participant);
    }
}
