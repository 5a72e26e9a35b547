package io.interlock.bench.work.queue;

import java.util.Queue;

/** Receives numbers as objects, one by one. */
class NumberReceiver extends Receiver {

    private final Queue<Long> queue;

    NumberReceiver(Setting setting, Queue<Long> queue) {
        super(setting);
        this.queue = queue;
    }

    @Override
    final boolean poll() {
        Long number = queue.poll();
        if (number == null) {
            return false;
        }
        accept(number);
        return true;
    }
}
