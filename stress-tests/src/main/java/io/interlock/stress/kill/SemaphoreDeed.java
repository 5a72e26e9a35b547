package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.sync.IpcSemaphore;
import java.util.concurrent.TimeUnit;

/** Acquires one of two permits and gives it back. Permits belong to nobody: what a dead one has stays taken. */
final class SemaphoreDeed extends ObjectDeed {

    private static final int PERMITS = 2;

    private IpcSemaphore semaphore;
    private int left;

    @Override
    void prepare(Segment made) {
        semaphore = IpcSemaphore.createBounded(made, "semaphore", PERMITS, PERMITS);
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        IpcSemaphore mine = IpcSemaphore.open(opened, "semaphore");
        stage.is("semaphore-acquiring");
        mine.acquire();
        stage.is("semaphore-permit-held");
        mine.release();
    }

    @Override
    void look(Where where) {
        left = semaphore.availablePermits();
        check(left == PERMITS || left == PERMITS - 1, left + " of " + PERMITS + " permits are left");
    }

    @Override
    String whileStopped() throws InterruptedException {
        must("what is left", (time, unit) -> semaphore.tryAcquire(left, time, unit));
        mustNot("its permit was taken", semaphore::tryAcquire);
        semaphore.release(left);
        return left < PERMITS ? "acquire the other permits; it keeps its own" : "acquire all permits";
    }

    @Override
    Finding after(Fate fate) throws InterruptedException {
        int expected = fate == Fate.FINISHED ? PERMITS : left;
        check(semaphore.availablePermits() == expected,
                semaphore.availablePermits() + " permits are left, expected " + expected);
        must("what is left", (time, unit) -> semaphore.tryAcquire(expected, time, unit));
        check(!semaphore.tryAcquire(0, TimeUnit.NANOSECONDS), "a permit came from nowhere");
        semaphore.release(expected);
        return new Finding(expected < PERMITS ? "its permit stays taken; every operation goes on"
                : "nothing is missing",
                null);
    }
}
