package io.interlock.core.attach;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.platform.Platform;
import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.util.concurrent.locks.LockSupport;

/**
 * Frees recursive locks whose owner <em>thread</em> has ended in this live process: other processes cannot see that. A
 * daemon thread looks once a second, only while locks are held or were acquired since its last look.
 */
public final class Janitor {

    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final long SETTLE_NANOS = 10_000_000;

    private final Context context;
    private volatile boolean running;
    /** By the janitor's thread only: a sum that changes while locks are in use, so that it does not come and go. */
    private long seenAcquisitions;

    Janitor(Context context) {
        this.context = context;
    }

    /** To be called once a hold was noted; one volatile load if the janitor runs already. */
    public void needed() {
        if (!running) {
            start();
        }
    }

    private synchronized void start() {
        if (!running) {
            Thread thread = new Thread(this::run, "interlock-janitor");
            thread.setDaemon(true);
            try {
                thread.start();
                running = true;
            } catch (OutOfMemoryError e) {
                // The caller has just acquired a lock and must not lose it over this; the next acquisition tries again.
                Platform.LOG.log(System.Logger.Level.DEBUG, "no janitor yet", e);
            }
        }
    }

    private void run() {
        try {
            while (lookAround()) {
                LockSupport.parkNanos(this, PERIOD_NANOS);
            }
        } finally {
            stop();
        }
    }

    /** Releases what ended threads hold; true if any thread holds something, or has acquired since the last look. */
    private boolean lookAround() {
        boolean[] holding = {false};
        long[] acquisitions = {0};
        context.self.forEach(thread -> {
            if (!thread.thread.isAlive()) {
                release(thread);
            }
            holding[0] |= thread.depth() > 0;
            acquisitions[0] += thread.acquired();
        });
        boolean active = acquisitions[0] != seenAcquisitions;
        seenAcquisitions = acquisitions[0];
        return (holding[0] || active) && !context.isClosed();
    }

    private synchronized void stop() {
        running = false;
        // Whoever acquired since the last look saw "running". His note of the hold is a plain store that may still be
        // on its way, so wait for longer than any store buffer holds it, and look once more.
        LockSupport.parkNanos(this, SETTLE_NANOS);
        if (lookAround()) {
            start();
        }
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
