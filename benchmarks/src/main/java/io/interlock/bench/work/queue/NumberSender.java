package io.interlock.bench.work.queue;

import java.util.Queue;

/** Sends numbers as objects, one by one. */
class NumberSender extends Sender {

    private final Queue<Long> queue;

    NumberSender(Setting setting, Queue<Long> queue) {
        super(setting);
        this.queue = queue;
    }

    @Override
    final boolean offer(long number) {
        return queue.offer(number);
    }
}
