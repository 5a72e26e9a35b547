package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.sync.IpcSemaphore;

/** Waits for a permit beside a survivor. A permit that is there must not lie beside somebody asleep. */
final class SemaphoreWaitDeed extends ObjectDeed {

    private IpcSemaphore semaphore;
    private Survivor<Boolean> survivor;
    private boolean released;

    @Override
    void prepare(Segment made) {
        semaphore = IpcSemaphore.create(made, "semaphore", 0);
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        IpcSemaphore mine = IpcSemaphore.open(opened, "semaphore");
        stage.is("semaphore-waiting");
        mine.acquire();
        stage.is("semaphore-permit-held");
        mine.release();
    }

    @Override
    void meanwhile() {
        survive();
        semaphore.release();
        released = true;
    }

    @Override
    void look(String stage, boolean early) {
        survive();
    }

    private void survive() {
        if (survivor == null) {
            survivor = Survivor.begin(this::passOn);
        }
    }

    private boolean passOn() throws InterruptedException {
        must("the permit", semaphore::tryAcquire);
        semaphore.release();
        return true;
    }

    @Override
    Finding after(Fate fate) throws Exception {
        survive();
        boolean came = released && comesTo(survivor, () -> semaphore.availablePermits() > 0);
        if (!came) {
            semaphore.release();
        }
        survivor.result();
        return new Finding(came || !released ? "other waiters get the permits"
                : "its permit stays taken; every operation goes on", survivor.doneNanos());
    }
}
