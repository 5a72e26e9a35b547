package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.memory.Capacity;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcPipe;
import io.interlock.memory.IpcQueue;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.HistoryLog;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.IpcSemaphore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Uses each type once, so that a spare has loaded its classes before it takes a seat. */
final class WarmUp {

    private static final int SMALL_BYTES = 1 << 20;
    private static final int FEW = 8;

    private WarmUp() {
    }

    static void run(Path directory) throws IOException, InterruptedException {
        note(directory);
        try (Segment segment = Segment.temporary(SegmentOptions.defaults().withSizeBytes(SMALL_BYTES))) {
            locks(segment);
            counts(segment);
            queues(segment);
        }
    }

    private static void note(Path directory) throws IOException {
        Path path = Files.createTempFile(directory, ".warm-up", "");
        Files.delete(path);
        HistoryLog log = HistoryLog.create(path, FEW);
        log.end(log.begin(Action.TURN, 0), 0);
        Files.delete(path);
    }

    private static void locks(Segment segment) throws InterruptedException {
        IpcLock lock = IpcLock.create(segment, "lock");
        lock.run(() -> {});
        lock.lock();
        lock.condition("condition").await(1, TimeUnit.MICROSECONDS);
        lock.unlock();
        IpcRLock.create(segment, "rlock").hold().close();
    }

    private static void counts(Segment segment) throws InterruptedException {
        IpcLong.create(segment, "long").getAndAdd(1);
        IpcSemaphore.create(segment, "semaphore", 0).tryAcquire(1, TimeUnit.MICROSECONDS);
        IpcEvent.create(segment, "event").await(1, TimeUnit.MICROSECONDS);
    }

    private static void queues(Segment segment) throws InterruptedException {
        IpcQueue<Long> queue = IpcQueue.create(segment, "queue", Parcels.CODEC, Capacity.bytes(SMALL_BYTES / FEW));
        queue.put(1L);
        queue.take();
        queue.poll(1, TimeUnit.MICROSECONDS);
        IpcPipe<Long> pipe = IpcPipe.duplex(segment, "pipe", Parcels.CODEC, Capacity.bytes(SMALL_BYTES / FEW));
        pipe.first().send(1L);
        pipe.second().receive();
    }
}
