package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcSemaphore;

/**
 * Where the workers of a segment wait for each other, so that no time is measured while JVMs start: everybody says that
 * it is ready, and goes on at one signal. Made of a semaphore in which the ready ones are counted, and an event.
 */
final class StartLine {

    final IpcSemaphore ready;
    final IpcEvent go;
    final IpcSemaphore done;

    private StartLine(IpcSemaphore ready, IpcEvent go, IpcSemaphore done) {
        this.ready = ready;
        this.go = go;
        this.done = done;
    }

    /** The parent's. */
    static StartLine create(Segment segment) {
        return new StartLine(IpcSemaphore.create(segment, "workers-ready", 0), IpcEvent.create(segment, "workers-go"),
                IpcSemaphore.create(segment, "workers-done", 0));
    }

    /** A worker's. */
    static StartLine open(Segment segment) {
        return new StartLine(IpcSemaphore.open(segment, "workers-ready"), IpcEvent.open(segment, "workers-go"),
                IpcSemaphore.open(segment, "workers-done"));
    }

    /** Says that this worker is ready, and waits until all are. */
    static void await(Segment segment) throws InterruptedException {
        StartLine line = open(segment);
        line.ready.release();
        line.go.await();
    }
}
