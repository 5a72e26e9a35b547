package io.interlock.bench.work.sync;

import java.util.Queue;

/** Two queues of any kind, between threads or processes; the reader spins. */
record SpinningWire(Queue<Long> out, Queue<Long> in) implements Wire {

    @Override
    public void send(long number) {
        while (!out.offer(number)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void receive(long number) {
        Long received = in.poll();
        while (received == null) {
            Thread.onSpinWait();
            received = in.poll();
        }
        Wire.check(number, received);
    }
}
