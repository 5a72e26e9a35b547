package io.interlock.bench.work.growth;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcEvent;

/** Where processes wait for each other, again and again: nobody goes on before all of them have come. */
final class Gate {

    private final int processes;
    private final IpcLong arrived;
    /** In turns: one is cleared while nobody can wait for it. */
    private final IpcEvent[] open;

    Gate(Segment segment, int processes) {
        this.processes = processes;
        this.arrived = IpcLong.openOrCreate(segment, "arrived");
        this.open = new IpcEvent[]{IpcEvent.openOrCreate(segment, "open-0"), IpcEvent.openOrCreate(segment, "open-1")};
    }

    /** Comes, and waits for the others. */
    void pass() throws InterruptedException {
        long before = arrived.getAndAdd(1);
        int turn = (int) (before / processes % 2);
        if (before % processes == processes - 1) {
            open[1 - turn].clear();
            open[turn].set();
        } else {
            open[turn].await();
        }
    }
}
