package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.interlock.core.Segment;
import io.interlock.core.testing.TestDirs;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operations leave nothing to the garbage collector. */
class AllocationTest {

    private static final int WARM_UP = 50_000;
    /** The JVM itself allocates a little now and then; an operation that allocates does so in every round. */
    private static final int ROUNDS = 10;
    private static final int MEASURED = 10_000;

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private Segment segment;

    @BeforeEach
    void create() {
        segment = dirs.closeLater(Segment.create(dirs.path("s")));
    }

    @Test
    void valuesAllocateNothing() {
        IpcInt i = IpcInt.create(segment, 0);
        IpcLong l = IpcLong.create(segment, 0);
        IpcDouble d = IpcDouble.create(segment, 0.0);
        IpcBoolean b = IpcBoolean.create(segment, false);
        assertAllocatesNothing(() -> {
            i.set(i.get() + 1);
            i.getAndAdd(2);
            i.compareAndSet(3, 4);
            l.set(l.get() + 1);
            l.getAndAdd(2);
            l.compareAndSet(3, 4);
            d.set(d.get() + 1);
            d.getAndAdd(2);
            b.set(!b.get());
        });
    }

    @Test
    void arraysAllocateNothing() {
        IpcByteArray bytes = IpcByteArray.create(segment, 8);
        IpcIntArray ints = IpcIntArray.create(segment, 8);
        IpcLongArray longs = IpcLongArray.create(segment, 8);
        IpcDoubleArray doubles = IpcDoubleArray.create(segment, 8);
        long[] copy = new long[8];
        byte[] byteCopy = new byte[8];
        assertAllocatesNothing(() -> {
            bytes.set(1, (byte) (bytes.get(1) + 1));
            bytes.get(0, byteCopy, 0, 8);
            ints.set(1, ints.get(1) + 1);
            ints.getAndAdd(2, 1);
            longs.set(1, longs.get(1) + 1);
            longs.getAndAdd(2, 1);
            longs.get(0, copy, 0, 8);
            longs.set(0, copy, 0, 8);
            longs.fill(3);
            doubles.set(1, doubles.get(1) + 1);
            doubles.getAndAdd(2, 1);
        });
    }

    @Test
    void theLockOfAValueAllocatesNothing() {
        IpcLong l = IpcLong.create(segment, 0);
        assertAllocatesNothing(() -> {
            l.getLock().lock();
            try {
                l.setPlain(l.getPlain() + 1);
            } finally {
                l.getLock().unlock();
            }
        });
    }

    private static void assertAllocatesNothing(Runnable action) {
        repeat(action, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            repeat(action, MEASURED);
            allocated = threads.getThreadAllocatedBytes(id) - before;
            if (allocated == 0) {
                return;
            }
        }
        fail("allocates in every round, in the last one " + allocated + " bytes in " + MEASURED + " operations");
    }

    private static void repeat(Runnable action, int times) {
        for (int n = 0; n < times; n++) {
            action.run();
        }
    }
}
