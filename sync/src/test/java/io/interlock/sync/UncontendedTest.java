package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.platform.AgronaMem;
import io.interlock.core.platform.JvmSelf;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What nobody else wants allocates nothing and makes no system call. */
class UncontendedTest extends SegmentTest {

    private static final int TIMES = 100_000;
    private static final int BLOCK = 4096;

    private final CountingFutex futex = new CountingFutex();
    private final Mem mem = new AgronaMem(ByteBuffer.allocateDirect(64 << 10));
    private final Context context = new Context(mem, futex, (slot, generation) -> {
        throw new AssertionError("nobody asks who is dead");
    }, System::nanoTime, new JvmSelf(), RobustWord.participant(0, 1));

    /** A futex that nobody may need. */
    private static final class CountingFutex implements Futex {

        private long calls;

        @Override
        public Wake await(int offset, int expected, long nanos, ThreadRecord thread, boolean interruptible) {
            calls++;
            return Wake.CHANGED;
        }

        @Override
        public int wake(int offset, int count) {
            calls++;
            return 0;
        }

        @Override
        public void disturb(ThreadRecord thread) {
            calls++;
        }

        @Override
        public boolean barrier() {
            calls++;
            return false;
        }

        @Override
        public boolean reachesOthers() {
            return true;
        }
    }

    private SharedBlock block(long parameter0, long parameter1) {
        return new SharedBlock(context, 1, 1, 1, 0, "x", BLOCK, 4096, parameter0, parameter1);
    }

    private static <T> T make(Class<T> type, SharedBlock block) throws ReflectiveOperationException {
        Constructor<T> constructor = type.getDeclaredConstructor(SharedBlock.class);
        constructor.setAccessible(true);
        return constructor.newInstance(block);
    }

    /** Runs it many times and looks at what that cost. */
    private void costsNothing(Runnable operation) {
        repeat(operation);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long waits = mem.getLong(HeaderLayout.WAITS_OFFSET) + segment.stats().waits();
        long before = threads.getThreadAllocatedBytes(thread);
        repeat(operation);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertEquals(0, allocated / TIMES, "bytes per operation, " + allocated + " in all");
        assertEquals(0, futex.calls, "calls of the futex");
        assertEquals(waits, mem.getLong(HeaderLayout.WAITS_OFFSET) + segment.stats().waits());
    }

    private static void repeat(Runnable operation) {
        for (int i = 0; i < TIMES; i++) {
            operation.run();
        }
    }

    @Nested
    class WithACountingFutex {

        @Test
        void robustLockAcquireAndRelease() {
            RobustLock lock = new RobustLock(context, BLOCK, true);
            costsNothing(() -> {
                lock.acquire(context.self.current());
                lock.release();
            });
        }

        @Test
        void eventCountSignal() {
            EventCount waiters = new EventCount(context, BLOCK);
            costsNothing(() -> {
                waiters.signal(1);
                waiters.signalAll();
                waiters.cancel(waiters.register());
            });
        }

        @Test
        void lockAndUnlock() {
            IpcLock lock = new IpcLock(segment, block(0, 0));
            costsNothing(() -> {
                lock.lock();
                lock.unlock();
            });
            costsNothing(() -> {
                assertTrue(lock.tryLock());
                lock.release(lock.token());
                lock.lock();
                lock.unlock();
            });
        }

        @Test
        void recursiveLockAndUnlock() {
            IpcRLock lock = new IpcRLock(segment, block(0, 0));
            costsNothing(() -> {
                lock.lock();
                lock.lock();
                lock.unlock();
                lock.unlock();
            });
        }

        @Test
        void semaphoreAcquireAndRelease() throws ReflectiveOperationException {
            IpcSemaphore semaphore = make(IpcSemaphore.class, block(0, 10));
            semaphore.release(1);
            costsNothing(() -> {
                assertTrue(semaphore.tryAcquire());
                semaphore.release();
                semaphore.acquireUninterruptibly();
                semaphore.release();
            });
        }

        @Test
        void eventSetAndClear() throws ReflectiveOperationException {
            IpcEvent event = make(IpcEvent.class, block(0, 0));
            costsNothing(() -> {
                event.set();
                event.awaitUninterruptibly();
                event.clear();
            });
        }

        @Test
        void seesAnOperationThatIsNotFree() {
            EventCount waiters = new EventCount(context, BLOCK);
            waiters.register();
            waiters.signal(1);
            assertTrue(futex.calls > 0);
        }
    }

    @Nested
    class OnASegment {

        @Test
        void lockAndUnlock() {
            IpcLock lock = IpcLock.create(segment);
            costsNothing(() -> {
                lock.lock();
                lock.unlock();
            });
        }

        @Test
        void recursiveLockAndUnlock() {
            IpcRLock lock = IpcRLock.create(segment);
            costsNothing(() -> {
                lock.lock();
                lock.lock();
                lock.unlock();
                lock.unlock();
            });
        }

        @Test
        void semaphoreAcquireAndRelease() {
            IpcSemaphore semaphore = IpcSemaphore.create(segment, 1);
            costsNothing(() -> {
                semaphore.acquireUninterruptibly();
                semaphore.release();
            });
        }

        @Test
        void eventSet() {
            IpcEvent event = IpcEvent.create(segment);
            costsNothing(() -> {
                event.set();
                event.clear();
            });
        }

        @Test
        void conditionSignal() {
            IpcRLock lock = IpcRLock.create(segment);
            IpcCondition condition = lock.condition("c");
            lock.lock();
            costsNothing(() -> {
                condition.signal();
                condition.signalAll();
            });
            lock.unlock();
        }
    }
}
