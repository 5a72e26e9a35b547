package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;

/** Receives its part of the numbers. With one sender and one receiver, it sees to it that none is missing. */
abstract class Receiver implements Part {

    private final long messages;
    private final boolean alone;
    private long received;

    Receiver(Setting setting, int senders, int receivers) {
        messages = setting.operations() / receivers;
        alone = senders == 1 && receivers == 1;
    }

    /** Takes what is there, and {@linkplain #accept hands it on}; once. */
    abstract boolean poll();

    /** A number has come. */
    final void accept(long number) {
        if (alone && number != received) {
            throw new IllegalStateException("expected message " + received + ", got " + number);
        }
        received++;
    }

    /** How many more it wants. */
    final long wanted() {
        return messages - received;
    }

    @Override
    public final Lap round() {
        received = 0;
        while (!poll()) {
            Thread.onSpinWait();
        }
        long first = received;
        long start = System.nanoTime();
        while (received < messages) {
            if (!poll()) {
                Thread.onSpinWait();
            }
        }
        return Lap.of(start, System.nanoTime(), Math.max(1, received - first));
    }
}
