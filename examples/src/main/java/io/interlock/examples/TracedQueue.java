package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.examples.Trace.Phase;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker's end of a queue, which tells the trace whether it moves a message or waits. */
final class TracedQueue<E> {

    private final IpcQueue<E> queue;
    private final Trace trace;

    private TracedQueue(IpcQueue<E> queue, Trace trace) {
        this.queue = queue;
        this.trace = trace;
    }

    static <E> TracedQueue<E> open(Segment segment, String name, Codec<E> codec, Trace trace) {
        return new TracedQueue<>(IpcQueue.open(segment, name, codec), trace);
    }

    void put(E message) throws InterruptedException {
        trace.enter(Phase.PUT);
        if (!queue.offer(message)) {
            trace.enter(Phase.WAIT);
            queue.put(message);
        }
    }

    void putAll(List<E> messages) throws InterruptedException {
        trace.enter(Phase.PUT);
        if (!queue.offerAll(messages)) {
            trace.enter(Phase.WAIT);
            queue.putAll(messages);
        }
    }

    List<E> takeUpTo(int max) throws InterruptedException {
        trace.enter(Phase.TAKE);
        List<E> messages = queue.takeUpTo(max, 0, TimeUnit.NANOSECONDS);
        if (messages.isEmpty()) {
            trace.enter(Phase.WAIT);
            messages = queue.takeUpTo(max);
        }
        return messages;
    }

    E take() throws InterruptedException {
        trace.enter(Phase.TAKE);
        E message = queue.poll();
        if (message == null) {
            trace.enter(Phase.WAIT);
            message = queue.take();
        }
        return message;
    }
}
