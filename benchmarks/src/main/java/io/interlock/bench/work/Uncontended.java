package io.interlock.bench.work;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcRLock;
import io.interlock.sync.IpcSemaphore;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What an operation costs that nobody else wants: one thread, and a segment of its own. */
public class Uncontended {

    /** Ours. */
    @State(Scope.Thread)
    public static class Shared {

        private Segment segment;
        private IpcLock lock;
        private IpcRLock rlock;
        private IpcSemaphore semaphore;
        private IpcLong number;

        /** Makes them. */
        @Setup(Level.Trial)
        public void create() {
            segment = Segment.temporary();
            lock = IpcLock.create(segment, "lock");
            rlock = IpcRLock.create(segment, "rlock");
            semaphore = IpcSemaphore.create(segment, "semaphore", 1);
            number = IpcLong.create(segment, "number", 0);
        }

        /** Removes them. */
        @TearDown(Level.Trial)
        public void close() {
            segment.close();
        }
    }

    /** Those of the JDK. */
    @State(Scope.Thread)
    public static class Local {

        private final ReentrantLock lock = new ReentrantLock();
        private final Semaphore semaphore = new Semaphore(1);
        private final AtomicLong number = new AtomicLong();
    }

    /** Lock and unlock. */
    @Benchmark
    public void ipcLock(Shared ours) {
        ours.lock.lock();
        ours.lock.unlock();
    }

    /** The same with a recursive one. */
    @Benchmark
    public void ipcRLock(Shared ours) {
        ours.rlock.lock();
        ours.rlock.unlock();
    }

    /** The JDK's. */
    @Benchmark
    public void reentrantLock(Local theirs) {
        theirs.lock.lock();
        theirs.lock.unlock();
    }

    /** Acquire and release. */
    @Benchmark
    public void ipcSemaphore(Shared ours) throws InterruptedException {
        ours.semaphore.acquire();
        ours.semaphore.release();
    }

    /** The JDK's. */
    @Benchmark
    public void semaphore(Local theirs) throws InterruptedException {
        theirs.semaphore.acquire();
        theirs.semaphore.release();
    }

    /** Get and add. */
    @Benchmark
    public long ipcLong(Shared ours) {
        return ours.number.getAndAdd(1);
    }

    /** The JDK's. */
    @Benchmark
    public long atomicLong(Local theirs) {
        return theirs.number.getAndAdd(1);
    }
}
