package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;

/** Sends numbers: 0, 1, 2, ... in each round. The receivers count. */
abstract class Sender implements Part {

    private final long messages;

    Sender(Setting setting, int senders) {
        messages = setting.operations() / senders;
    }

    /** Tries it once. */
    abstract boolean offer(long number);

    @Override
    public final Lap round() {
        for (long i = 0; i < messages; i++) {
            while (!offer(i)) {
                Thread.onSpinWait();
            }
        }
        return Lap.UNCOUNTED;
    }
}
