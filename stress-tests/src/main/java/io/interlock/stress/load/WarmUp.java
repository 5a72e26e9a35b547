package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcQueue;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.HistoryLog;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.IpcSemaphore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Uses most types once, so that a spare has loaded their classes before it takes a seat. All do so on one segment that
 * was made for them: to make one each would cost random numbers, for which the JDK loads much that no worker needs.
 */
final class WarmUp {

    private static final String SEGMENT = "warm-up";
    private static final String LOG = "warm-up.log";
    private static final String QUEUE = "queue";

    private WarmUp() {
    }

    /** Makes what they use. */
    static void create(Path directory) throws IOException {
        HistoryLog.create(directory.resolve(LOG), 1);
        try (Segment segment = Segment.create(directory.resolve(SEGMENT))) {
            IpcLock.create(segment, "lock").condition("condition");
            IpcRLock.create(segment, "rlock");
            IpcLong.create(segment, "long");
            IpcSemaphore.create(segment, "semaphore", 0);
            IpcEvent.create(segment, "event");
            IpcQueue.create(segment, QUEUE, Parcels.CODEC);
        }
    }

    static void run(Path directory) throws IOException, InterruptedException {
        HistoryLog log = HistoryLog.open(directory.resolve(LOG));
        log.end(log.begin(Action.TURN, 0), 0);
        try (Segment segment = Segment.open(directory.resolve(SEGMENT))) {
            IpcLock lock = IpcLock.open(segment, "lock");
            lock.lock();
            lock.condition("condition").await(1, TimeUnit.MICROSECONDS);
            lock.unlock();
            IpcRLock.open(segment, "rlock").hold().close();
            IpcLong.open(segment, "long").getAndAdd(1);
            IpcSemaphore.open(segment, "semaphore").tryAcquire(1, TimeUnit.MICROSECONDS);
            IpcEvent.open(segment, "event").await(1, TimeUnit.MICROSECONDS);
            IpcQueue<Long> queue = IpcQueue.open(segment, QUEUE, Parcels.CODEC);
            queue.put(1L);
            queue.poll(1, TimeUnit.MICROSECONDS);
        }
    }
}
