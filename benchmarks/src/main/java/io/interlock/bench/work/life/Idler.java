package io.interlock.bench.work.life;

import io.interlock.bench.peer.KernelThread;
import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.bench.work.journal.Waiting;
import io.interlock.core.Segment;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcSemaphore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process in which one thread waits for something that does not come. The words say for {@link What}, and
 * {@link Whose} time is taken; there are so many milliseconds in a round as the setting says operations. A lap counts
 * nanoseconds of processors' time as operations.
 */
public final class Idler implements Part {

    private static final String SEGMENT = "segment";
    /** After that time a pauser makes its longest pauses. */
    private static final long SETTLING_MILLIS = 1_000;

    private final long millis;
    private final Whose whose;
    private final KernelThread waiter;
    private volatile Throwable failure;

    /** For what one waits. */
    enum What {
        /** A lock that another process holds. */
        IPC_LOCK,
        /** A permit. */
        IPC_SEMAPHORE,
        /** A message. */
        IPC_QUEUE,
        /** An event. */
        IPC_EVENT,
        /** A message that stays. */
        IPC_JOURNAL,
        /** The same in Chronicle Queue, asked by a loop with a pauser in it. */
        CHRONICLE_BALANCED,
        /** The same, with another pauser. */
        CHRONICLE_MILLIS,
        /** The JDK's lock, which another thread holds. */
        REENTRANT_LOCK,
        /** The JDK's queue. */
        LINKED_BLOCKING_QUEUE;

        /** Whether one who waits for it looks again and again. */
        boolean isPolled() {
            return this == CHRONICLE_BALANCED || this == CHRONICLE_MILLIS;
        }
    }

    /** Whose time is taken. */
    enum Whose {
        /** That of the thread that waits. */
        THREAD,
        /** That of all threads, those of the JVM included. */
        PROCESS
    }

    /** A call that does not return. */
    private interface Wait {

        void begin() throws InterruptedException;
    }

    /** The process that holds the lock for which another one waits. */
    public static final class Holder implements Part {

        /** Takes it. */
        public Holder(Setting setting) {
            IpcLock.create(Segment.create(setting.directory().resolve(SEGMENT)), "lock").lock();
        }

        @Override
        public Lap round() {
            return Lap.UNCOUNTED;
        }
    }

    /** Begins to wait. */
    public Idler(Setting setting) throws Exception {
        millis = setting.operations();
        whose = Whose.valueOf(setting.words().get(1));
        What what = What.valueOf(setting.words().get(0));
        Wait wait = wait(what, setting.directory().resolve(SEGMENT));
        CompletableFuture<KernelThread> begun = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                begun.complete(KernelThread.current());
                wait.begin();
                failure = new IllegalStateException("it has come");
            } catch (Throwable e) {
                begun.completeExceptionally(e);
                failure = e;
            }
        }, "waiter");
        thread.setDaemon(true);
        thread.start();
        waiter = begun.get();
        if (what.isPolled()) {
            Thread.sleep(SETTLING_MILLIS);
        } else {
            KernelThread.awaitSleep(List.of(waiter));
        }
    }

    private static Wait wait(What what, Path path) {
        return switch (what) {
            case IPC_LOCK -> IpcLock.open(Segment.open(path), "lock")::lock;
            case IPC_SEMAPHORE -> IpcSemaphore.create(Segment.create(path), "semaphore", 0)::acquire;
            case IPC_QUEUE -> IpcQueue.create(Segment.create(path), "queue", Codec.int64())::take;
            case IPC_EVENT -> IpcEvent.create(Segment.create(path), "event")::await;
            case IPC_JOURNAL -> Waiting.TAKE.open(path)::next;
            case CHRONICLE_BALANCED -> Waiting.BALANCED.open(path)::next;
            case CHRONICLE_MILLIS -> Waiting.MILLIS.open(path)::next;
            case REENTRANT_LOCK -> heldLock()::lock;
            case LINKED_BLOCKING_QUEUE -> emptyQueue()::take;
        };
    }

    private static ReentrantLock heldLock() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        return lock;
    }

    private static BlockingQueue<Long> emptyQueue() {
        return new LinkedBlockingQueue<>();
    }

    @Override
    public Lap round() throws Exception {
        ProcessorTime before = ProcessorTime.now();
        long start = System.nanoTime();
        Thread.sleep(millis);
        long end = System.nanoTime();
        ProcessorTime after = ProcessorTime.now();
        if (failure != null) {
            throw new IllegalStateException("the thread does not wait", failure);
        }
        long used = whose == Whose.THREAD ? after.since(before, waiter) : after.since(before);
        return Lap.of(start, end, Math.max(1, used));
    }
}
