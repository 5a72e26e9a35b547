package io.interlock.bench.work.sync;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;

/**
 * Adds 1 to a number as often as its share, each time under a lock for which all processes fight. The word tells which
 * lock. The time of a round begins when all are ready, and ends when the last one is done.
 */
public final class Counting implements Part {

    private static final String RECURSIVE = "recursive";

    private final IpcMutex lock;
    private final IpcLong number;
    private final Barrier barrier;
    private final long share;
    private final long sum;
    private final boolean isFirst;

    /** Opens or makes what is shared. */
    public Counting(Setting setting) {
        Segment segment = Segment.openOrCreate(setting.directory().resolve("segment"));
        lock = setting.words().get(0).equals(RECURSIVE) ? IpcRLock.openOrCreate(segment, "lock")
                : IpcLock.openOrCreate(segment, "lock");
        number = IpcLong.openOrCreate(segment, "number", 0);
        barrier = new Barrier(segment, setting.processes());
        share = setting.operations() / setting.processes();
        sum = share * setting.processes();
        isFirst = setting.number() == 0;
    }

    @Override
    public Lap round() throws InterruptedException {
        if (isFirst) {
            number.set(0);
        }
        barrier.await();
        long start = System.nanoTime();
        count();
        long end = System.nanoTime();
        barrier.await();
        if (isFirst && number.get() != sum) {
            throw new IllegalStateException("the lock does not exclude: expected " + sum + ", counted " + number.get());
        }
        return Lap.of(start, end, share);
    }

    /** The lock orders these accesses; they need no order of their own. */
    private void count() {
        for (long i = 0; i < share; i++) {
            lock.lock();
            try {
                number.setPlain(number.getPlain() + 1);
            } finally {
                lock.unlock();
            }
        }
    }
}
