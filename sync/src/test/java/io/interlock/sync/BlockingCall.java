package io.interlock.sync;

import io.interlock.core.Segment;
import java.util.Date;
import java.util.concurrent.TimeUnit;

/** Every call of this module that can wait. */
enum BlockingCall {
    LOCK_LOCK(Kind.LOCK, false), LOCK_HOLD(Kind.LOCK, false), LOCK_RUN(Kind.LOCK, false), LOCK_CALL(Kind.LOCK, false),
    LOCK_INTERRUPTIBLY(Kind.LOCK, true), LOCK_TIMED(Kind.LOCK, true),
    RLOCK_LOCK(Kind.RLOCK, false), RLOCK_INTERRUPTIBLY(Kind.RLOCK, true), RLOCK_TIMED(Kind.RLOCK, true),
    SEMAPHORE_ACQUIRE(Kind.SEMAPHORE, true), SEMAPHORE_ACQUIRE_SEVERAL(Kind.SEMAPHORE, true),
    SEMAPHORE_UNINTERRUPTIBLY(Kind.SEMAPHORE, false), SEMAPHORE_UNINTERRUPTIBLY_SEVERAL(Kind.SEMAPHORE, false),
    SEMAPHORE_TIMED(Kind.SEMAPHORE, true), SEMAPHORE_TIMED_SEVERAL(Kind.SEMAPHORE, true),
    EVENT_AWAIT(Kind.EVENT, true), EVENT_UNINTERRUPTIBLY(Kind.EVENT, false), EVENT_TIMED(Kind.EVENT, true),
    CONDITION_AWAIT(Kind.CONDITION, true), CONDITION_UNINTERRUPTIBLY(Kind.CONDITION, false),
    CONDITION_TIMED(Kind.CONDITION, true), CONDITION_NANOS(Kind.CONDITION, true),
    CONDITION_UNTIL(Kind.CONDITION, true), CONDITION_WAIT_FOR(Kind.CONDITION, true),
    CONDITION_WAIT_FOR_TIMED(Kind.CONDITION, true), RCONDITION_AWAIT(Kind.RCONDITION, true),
    RCONDITION_UNINTERRUPTIBLY(Kind.RCONDITION, false);

    /** What is waited for. */
    enum Kind {
        LOCK, RLOCK, SEMAPHORE, EVENT, CONDITION, RCONDITION
    }

    final Kind kind;
    final boolean interruptible;

    BlockingCall(Kind kind, boolean interruptible) {
        this.kind = kind;
        this.interruptible = interruptible;
    }

    /** One object of each kind in a segment, none of which lets anybody through once {@link #shut} was called. */
    static final class Objects {

        final IpcLock lock;
        final IpcRLock rlock;
        final IpcSemaphore semaphore;
        final IpcEvent event;
        final IpcLock guard;
        final IpcCondition condition;
        final IpcRLock rguard;
        final IpcCondition rcondition;

        Objects(Segment segment) {
            lock = IpcLock.openOrCreate(segment, "lock");
            rlock = IpcRLock.openOrCreate(segment, "rlock");
            semaphore = IpcSemaphore.openOrCreate(segment, "semaphore", 0);
            event = IpcEvent.openOrCreate(segment, "event");
            guard = IpcLock.openOrCreate(segment, "guard");
            condition = guard.condition("condition");
            rguard = IpcRLock.openOrCreate(segment, "rguard");
            rcondition = rguard.condition("condition");
        }

        void shut() {
            lock.lock();
            rlock.lock();
        }

        /** Lets one waiter of this kind through. */
        void letThrough(Kind kind) {
            switch (kind) {
                case LOCK -> lock.unlock();
                case RLOCK -> rlock.unlock();
                case SEMAPHORE -> semaphore.release(2);
                case EVENT -> event.set();
                case CONDITION -> guard.run(condition::signal);
                case RCONDITION -> rguard.run(rcondition::signal);
                default -> throw new AssertionError(kind);
            }
        }

        /** Whether nothing of this kind is held, taken or registered, given that nobody was let through. */
        boolean isUntouched(Kind kind) {
            return switch (kind) {
                case LOCK -> lock.isHeldByCurrentThread();
                case RLOCK -> rlock.getHoldCount() == 1;
                case SEMAPHORE -> semaphore.availablePermits() == 0;
                case EVENT -> !event.isSet();
                case CONDITION -> condition.waiters() == 0 && !guard.isLocked();
                case RCONDITION -> rcondition.waiters() == 0 && !rguard.isLocked();
                default -> throw new AssertionError(kind);
            };
        }
    }

    /** Waits, and gives back what it got; true if it left with what it waited for. */
    boolean call(Objects o) throws Exception {
        return switch (kind) {
            case LOCK -> lock(o.lock);
            case RLOCK -> lock(o.rlock);
            case SEMAPHORE -> semaphore(o.semaphore);
            case EVENT -> event(o.event);
            case CONDITION -> o.guard.call(() -> condition(o.condition));
            case RCONDITION -> o.rguard.call(() -> condition(o.rcondition));
            default -> throw new AssertionError(kind);
        };
    }

    private boolean lock(IpcMutex lock) throws Exception {
        boolean got = true;
        switch (this) {
            case LOCK_LOCK, RLOCK_LOCK -> lock.lock();
            case LOCK_HOLD -> {
                lock.hold().close();
                return true;
            }
            case LOCK_RUN -> {
                lock.run(() -> {
                });
                return true;
            }
            case LOCK_CALL -> {
                return lock.call(() -> true);
            }
            case LOCK_INTERRUPTIBLY, RLOCK_INTERRUPTIBLY -> lock.lockInterruptibly();
            case LOCK_TIMED, RLOCK_TIMED -> got = lock.tryLock(1, TimeUnit.DAYS);
            default -> throw new AssertionError(this);
        }
        lock.unlock();
        return got;
    }

    private boolean semaphore(IpcSemaphore semaphore) throws InterruptedException {
        boolean got = true;
        switch (this) {
            case SEMAPHORE_ACQUIRE -> semaphore.acquire();
            case SEMAPHORE_ACQUIRE_SEVERAL -> semaphore.acquire(2);
            case SEMAPHORE_UNINTERRUPTIBLY -> semaphore.acquireUninterruptibly();
            case SEMAPHORE_UNINTERRUPTIBLY_SEVERAL -> semaphore.acquireUninterruptibly(2);
            case SEMAPHORE_TIMED -> got = semaphore.tryAcquire(1, TimeUnit.DAYS);
            case SEMAPHORE_TIMED_SEVERAL -> got = semaphore.tryAcquire(2, 1, TimeUnit.DAYS);
            default -> throw new AssertionError(this);
        }
        return got;
    }

    private boolean event(IpcEvent event) throws InterruptedException {
        switch (this) {
            case EVENT_AWAIT -> event.await();
            case EVENT_UNINTERRUPTIBLY -> event.awaitUninterruptibly();
            case EVENT_TIMED -> {
                return event.await(1, TimeUnit.DAYS);
            }
            default -> throw new AssertionError(this);
        }
        return true;
    }

    private boolean condition(IpcCondition condition) throws InterruptedException {
        switch (this) {
            case CONDITION_AWAIT, RCONDITION_AWAIT -> condition.await();
            case CONDITION_UNINTERRUPTIBLY, RCONDITION_UNINTERRUPTIBLY -> condition.awaitUninterruptibly();
            case CONDITION_TIMED -> {
                return condition.await(1, TimeUnit.DAYS);
            }
            case CONDITION_NANOS -> {
                return condition.awaitNanos(TimeUnit.DAYS.toNanos(1)) > 0;
            }
            case CONDITION_UNTIL -> {
                return condition.awaitUntil(new Date(System.currentTimeMillis() + 86_400_000));
            }
            case CONDITION_WAIT_FOR -> {
                int[] looks = new int[1];
                condition.waitFor(() -> looks[0]++ > 0);
            }
            case CONDITION_WAIT_FOR_TIMED -> {
                int[] looks = new int[1];
                return condition.waitFor(() -> looks[0]++ > 0, 1, TimeUnit.DAYS);
            }
            default -> throw new AssertionError(this);
        }
        return true;
    }
}
