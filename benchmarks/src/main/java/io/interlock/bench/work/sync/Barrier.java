package io.interlock.bench.work.sync;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcSemaphore;

/** Where processes wait until all of them have come; asleep, because they may be more than there are processors. */
public final class Barrier {

    private final IpcLong arrived;
    /** They take turns: who is ahead at one must not take the permit of somebody who has not yet left the other. */
    private final IpcSemaphore[] gates;
    private final int processes;
    private int turn;

    /** Opens or makes it. */
    public Barrier(Segment segment, int processes) {
        this.processes = processes;
        arrived = IpcLong.openOrCreate(segment, "arrived", 0);
        gates = new IpcSemaphore[]{IpcSemaphore.openOrCreate(segment, "even-gate", 0),
            IpcSemaphore.openOrCreate(segment, "odd-gate", 0)};
    }

    /** Waits for the others. */
    public void await() throws InterruptedException {
        IpcSemaphore gate = gates[turn];
        turn = 1 - turn;
        if (arrived.incrementAndGet() % processes != 0) {
            gate.acquire();
        } else if (processes > 1) {
            gate.release(processes - 1);
        }
    }
}
