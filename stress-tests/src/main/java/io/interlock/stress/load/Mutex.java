package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.stress.history.Action;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.OwnerDeath;
import java.util.concurrent.TimeUnit;

/** A lock whose operations are written down, with whether a dead owner was told. */
final class Mutex {

    private static final String NAME = "lock";
    private static final int LONGEST_WAIT_MILLIS = 30;
    private static final long FAILED = -1;

    private final IpcMutex lock;
    private final Seat seat;
    private final int object;
    private final Runnable repair;
    private boolean told;

    /** Makes one that stays inconsistent until it is repaired. */
    static void createLock(Segment segment) {
        IpcLock.create(segment, NAME, OwnerDeath.REPAIR_REQUIRED);
    }

    /** Makes a recursive one, whose next owner is told. */
    static void createRLock(Segment segment) {
        IpcRLock.create(segment, NAME);
    }

    /** The one with the hook. */
    static Mutex lock(Seat seat, int object, Runnable repair) {
        Mutex mutex = new Mutex(IpcLock.open(seat.segment(), NAME), seat, object, repair);
        mutex.lock.onOwnerDeath(mutex::repair);
        return mutex;
    }

    /** The one whose owner asks. */
    static Mutex rlock(Seat seat, int object, Runnable repair) {
        return new Mutex(IpcRLock.open(seat.segment(), NAME), seat, object, repair);
    }

    private Mutex(IpcMutex lock, Seat seat, int object, Runnable repair) {
        this.lock = lock;
        this.seat = seat;
        this.object = object;
        this.repair = repair;
    }

    /** The lock itself. */
    IpcMutex ipc() {
        return lock;
    }

    /** Acquires it, however long it takes. */
    void lock() throws InterruptedException {
        seat.note(Action.LOCK, object, () -> {
            lock.lock();
            return acquired();
        });
    }

    /** Acquires it in any of the ways there are; false if it was not free in time. */
    boolean acquire() throws InterruptedException {
        switch (seat.random().nextInt(6)) {
            case 0 -> {
                return seat.note(Action.TRY_LOCK, object, () -> lock.tryLock() ? acquired() : FAILED) != FAILED;
            }
            case 1 -> {
                long millis = seat.random().nextInt(LONGEST_WAIT_MILLIS);
                return seat.note(Action.TRY_LOCK, object,
                        () -> lock.tryLock(millis, TimeUnit.MILLISECONDS) ? acquired() : FAILED) != FAILED;
            }
            case 2 -> seat.note(Action.LOCK, object, () -> {
                lock.lockInterruptibly();
                return acquired();
            });
            default -> lock();
        }
        return true;
    }

    /** Releases it. */
    void unlock() throws InterruptedException {
        seat.note(Action.UNLOCK, object, () -> {
            lock.unlock();
            return 0;
        });
    }

    private void repair() {
        told = true;
        repair.run();
    }

    /** Under the lock: 1 if the previous owner is said to have died. */
    private long acquired() {
        if (lock instanceof IpcRLock) {
            if (lock.previousOwnerDied()) {
                repair();
            }
            lock.lock(); // once more, to no effect
            lock.unlock();
        }
        boolean wasTold = told;
        told = false;
        return wasTold ? 1 : 0;
    }
}
