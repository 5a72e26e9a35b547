package io.interlock.bench.work.growth;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcLock;

/** One of the processes that want a lock all the time, and add 1 to a number while they have it. */
public final class Contender implements Part {

    private final IpcLock lock;
    private final IpcLong number;
    private final Gate gate;
    private final boolean first;
    private final long times;
    private final long timesOfAll;

    /** Opens or makes the lock. */
    public Contender(Setting setting) {
        Segment segment = Segment.openOrCreate(setting.directory().resolve("segment"));
        lock = IpcLock.openOrCreate(segment, "lock");
        number = IpcLong.openOrCreate(segment, "number");
        gate = new Gate(segment, setting.processes());
        first = setting.number() == 0;
        times = setting.operations() / setting.processes();
        timesOfAll = times * setting.processes();
    }

    @Override
    public Lap round() throws InterruptedException {
        gate.pass();
        long start = System.nanoTime();
        for (long i = 0; i < times; i++) {
            lock.lock();
            number.setPlain(number.getPlain() + 1);
            lock.unlock();
        }
        long end = System.nanoTime();
        gate.pass();
        if (first && number.getAndSet(0) != timesOfAll) {
            throw new IllegalStateException("the lock does not exclude");
        }
        return Lap.of(start, end, times);
    }
}
