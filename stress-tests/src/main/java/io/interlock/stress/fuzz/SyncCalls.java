package io.interlock.stress.fuzz;

import static io.interlock.stress.fuzz.Calls.SHORT_NANOS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.interlock.core.Segment;
import io.interlock.stress.fuzz.CallJudge.Documented;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.IpcSemaphore;
import java.util.Date;
import java.util.List;

/** Everything that locks, conditions, semaphores and events can be asked for. */
final class SyncCalls {

    private static final Documented NOT_HELD =
            Documented.of(IllegalMonitorStateException.class, "is over|is free|is not held|is being recovered");
    private static final Documented TOO_MANY_WAITERS =
            Documented.of(IllegalStateException.class, "has as many waiters as it can have");
    private static final Documented TOO_MANY_HOLDS =
            Documented.of(IllegalStateException.class, "is held \\d+ times, it can be no more");
    private static final Documented OVER_BOUND =
            Documented.of(IllegalStateException.class, "would exceed its bound of \\d+$");
    private static final Documented NO_SUCH_COUNT =
            Documented.of(IllegalArgumentException.class, "count must be in \\[1, \\d+\\], count=");

    private final Segment segment;
    private final Calls calls;

    private SyncCalls(Segment segment, Calls calls) {
        this.segment = segment;
        this.calls = calls;
    }

    /** Uses all of them. */
    static void all(Segment segment, Calls calls) {
        SyncCalls sync = new SyncCalls(segment, calls);
        for (String name : List.of("lock", "dead-lock", "repair-lock")) {
            calls.on(name);
            sync.mutex(calls.get("open", () -> IpcLock.open(segment, name)));
        }
        for (String name : List.of("rlock", "dead-rlock")) {
            calls.on(name);
            sync.mutex(calls.get("open", () -> IpcRLock.open(segment, name)));
        }
        for (String name : List.of("semaphore", "no-permits")) {
            calls.on(name);
            sync.semaphore(calls.get("open", () -> IpcSemaphore.open(segment, name)));
        }
        for (String name : List.of("event", "set-event")) {
            calls.on(name);
            sync.event(calls.get("open", () -> IpcEvent.open(segment, name)));
        }
    }

    /** Uses the lock of another object, if there is one, briefly: it is a lock like any other. */
    static void lockOf(Calls calls, IpcMutex lock) {
        if (lock != null) {
            lock.onOwnerDeath(calls::recovered);
            if (calls.test("timed tryLock", () -> lock.tryLock(SHORT_NANOS, NANOSECONDS), TOO_MANY_HOLDS)) {
                calls.run("unlock", lock::unlock, NOT_HELD);
            }
        }
    }

    private void mutex(IpcMutex lock) {
        if (lock == null) {
            return;
        }
        lock.onOwnerDeath(calls::recovered);
        calls.run("toString", lock::toString);
        calls.run("open by id", () -> IpcMutex.open(segment, lock.id()));
        calls.test("isLocked", lock::isLocked);
        calls.get("ownerDeaths", lock::ownerDeaths);
        calls.test("previousOwnerDied", lock::previousOwnerDied);
        calls.test("isHeldByCurrentThread", lock::isHeldByCurrentThread);
        calls.run("markConsistent without a hold", lock::markConsistent, NOT_HELD);
        IpcCondition condition = calls.get("condition", () -> lock.condition("condition"));
        if (calls.test("timed tryLock", () -> lock.tryLock(SHORT_NANOS, NANOSECONDS), TOO_MANY_HOLDS)) {
            held(lock, condition);
            unlock(lock);
        }
        if (calls.test("tryLock", lock::tryLock, TOO_MANY_HOLDS) && unlock(lock)) {
            untimed(lock);
        }
        if (calls.untimed("lockInterruptibly", lock::lockInterruptibly, TOO_MANY_HOLDS)) {
            unlock(lock);
        }
    }

    private void held(IpcMutex lock, IpcCondition condition) {
        calls.run("token", lock::token, NOT_HELD);
        calls.test("isHeldByCurrentThread", lock::isHeldByCurrentThread);
        calls.run("markConsistent", lock::markConsistent, NOT_HELD);
        if (lock instanceof IpcRLock recursive && calls.test("tryLock again", lock::tryLock, TOO_MANY_HOLDS)) {
            calls.number("getHoldCount", 0, Integer.MAX_VALUE, recursive::getHoldCount);
            unlock(lock);
        }
        if (condition != null) {
            condition(condition);
        }
    }

    private void condition(IpcCondition condition) {
        calls.run("condition toString", condition::toString);
        calls.number("waiters", 0, 256, condition::waiters);
        calls.run("signal", condition::signal, NOT_HELD);
        calls.waiting("awaitNanos", () -> condition.awaitNanos(SHORT_NANOS), NOT_HELD, TOO_MANY_WAITERS);
        calls.run("signal 2", () -> condition.signal(2), NOT_HELD);
        calls.run("awaitUntil", () -> condition.awaitUntil(new Date()), NOT_HELD, TOO_MANY_WAITERS);
        calls.run("signalAll", condition::signalAll, NOT_HELD);
        calls.waiting("timed await", () -> condition.await(SHORT_NANOS, NANOSECONDS), NOT_HELD, TOO_MANY_WAITERS);
        calls.waiting("timed waitFor", () -> condition.waitFor(() -> false, SHORT_NANOS, NANOSECONDS), NOT_HELD,
                TOO_MANY_WAITERS);
        calls.untimed("await", condition::await, NOT_HELD, TOO_MANY_WAITERS);
    }

    /** The lock was free a moment ago, and nobody else is there. */
    private void untimed(IpcMutex lock) {
        if (calls.run("lock", lock::lock, TOO_MANY_HOLDS)) {
            unlock(lock);
        }
        calls.run("hold", () -> lock.hold().close(), NOT_HELD, TOO_MANY_HOLDS);
        calls.run("run", () -> lock.run(() -> {
        }), NOT_HELD, TOO_MANY_HOLDS);
        calls.run("call", () -> lock.call(() -> null), NOT_HELD, TOO_MANY_HOLDS);
    }

    private boolean unlock(IpcMutex lock) {
        return calls.run("unlock", lock::unlock, NOT_HELD);
    }

    private void semaphore(IpcSemaphore semaphore) {
        if (semaphore == null) {
            return;
        }
        calls.run("toString", semaphore::toString);
        calls.run("open by id", () -> IpcSemaphore.open(segment, semaphore.id()));
        calls.number("bound", 1, Integer.MAX_VALUE, semaphore::bound);
        calls.number("availablePermits", 0, semaphore.bound(), semaphore::availablePermits);
        calls.waiting("timed tryAcquire", () -> semaphore.tryAcquire(SHORT_NANOS, NANOSECONDS));
        calls.waiting("timed tryAcquire 2", () -> semaphore.tryAcquire(2, SHORT_NANOS, NANOSECONDS), NO_SUCH_COUNT);
        calls.run("tryAcquire 3", () -> semaphore.tryAcquire(3), NO_SUCH_COUNT);
        calls.run("release 2", () -> semaphore.release(2), OVER_BOUND, NO_SUCH_COUNT);
        calls.untimed("acquire", semaphore::acquire);
        calls.untimed("acquire 2", () -> semaphore.acquire(2), NO_SUCH_COUNT);
        calls.number("drainPermits", 0, semaphore.bound(), semaphore::drainPermits);
        if (calls.run("release", semaphore::release, OVER_BOUND) && calls.test("tryAcquire", semaphore::tryAcquire)
                && calls.run("release", semaphore::release, OVER_BOUND)) {
            calls.run("acquireUninterruptibly", semaphore::acquireUninterruptibly);
        }
    }

    private void event(IpcEvent event) {
        if (event == null) {
            return;
        }
        calls.run("toString", event::toString);
        calls.run("open by id", () -> IpcEvent.open(segment, event.id()));
        calls.test("isSet", event::isSet);
        calls.number("timesSet", 0, Long.MAX_VALUE, event::timesSet);
        calls.waiting("timed await", () -> event.await(SHORT_NANOS, NANOSECONDS));
        calls.untimed("await", event::await);
        if (calls.run("set", event::set)) {
            calls.check("isSet after set", calls.test("isSet", event::isSet));
            calls.run("awaitUninterruptibly", event::awaitUninterruptibly);
        }
        calls.run("clear", event::clear);
    }
}
