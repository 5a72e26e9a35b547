package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.sync.IpcSemaphore;

/** Waits for a permit beside a survivor, both asleep. A permit that is there must not lie beside somebody asleep. */
final class SemaphoreWaitDeed extends ObjectDeed {

    private IpcSemaphore semaphore;
    private Survivor<Boolean> survivor;
    private int released;
    private boolean there;

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
    void meanwhile() throws Exception {
        survive();
        release();
        // Whoever gets it: the other one is to get one, too, if both live.
        Survivor.begin(() -> {
            survivor.result();
            release();
            return true;
        });
    }

    private synchronized void release() {
        semaphore.release();
        released++;
    }

    private synchronized int released() {
        return released;
    }

    @Override
    void look(Where where) throws Exception {
        there = semaphore.availablePermits() > 0;
        survive();
    }

    private void survive() throws Exception {
        if (survivor == null) {
            survivor = Survivor.asleep(() -> {
                semaphore.acquire();
                return true;
            });
        }
    }

    /** What lay there when it died goes to the survivor; otherwise the dead one may have had it. */
    @Override
    Finding after(Fate fate) throws Exception {
        survive();
        boolean hadIt = false;
        if (released() == 0) {
            release();
        } else if (!there && !isDoneAfterASlice(survivor) && semaphore.availablePermits() == 0) {
            check(fate == Fate.DIED, "a permit is lost although nobody died");
            hadIt = true;
            release();
        }
        check(survivor.result(), "no permit");
        return new Finding(hadIt ? "its permit stays taken; every operation goes on" : "other waiters get the permits",
                survivor);
    }
}
