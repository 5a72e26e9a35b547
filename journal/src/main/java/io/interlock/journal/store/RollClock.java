package io.interlock.journal.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.core.values.LongValue;

/** The time by which files are chosen: that of the machine, but never before the newest file. */
final class RollClock implements TimeProvider {

    /* Design.
     *
     * Chronicle chooses the file by the time at which it appends. If the machine's clock has been set back that would
     * be a file which tailers have left behind, or one that is ended already. So the newest file that any process has
     * made is the earliest that is chosen.
     *
     * While a process appends, its time stands still: room was reserved in the file that this time means. Other threads
     * that ask meanwhile get a time that is less than an append old.
     */

    private static final long RUNS = Long.MIN_VALUE;
    private static final VarHandle STOPPED = stoppedHandle();

    private final long lengthMillis;
    private final LongSupplier machineMillis;
    private LongValue highestCycle;
    /** First moment of the earliest file to be chosen, beside the newest one; as the last {@link #stop} knew it. */
    private long floorMillis;
    private long stopped = RUNS;

    RollClock(long lengthMillis, LongSupplier machineMillis) {
        this.lengthMillis = lengthMillis;
        this.machineMillis = machineMillis;
    }

    private static VarHandle stoppedHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(RollClock.class, "stopped", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** From now on the newest file is known: what all processes share of it. */
    void newestIs(LongValue cycle) {
        highestCycle = cycle;
    }

    /** Stands still; number of the file that is chosen until {@link #go()}, at least this one. */
    long stop(long earliestCycle) {
        floorMillis = earliestCycle * lengthMillis;
        long now = running();
        STOPPED.setOpaque(this, now);
        return now / lengthMillis;
    }

    /** Runs again. */
    void go() {
        STOPPED.setOpaque(this, RUNS);
    }

    @Override
    public long currentTimeMillis() {
        long time = (long) STOPPED.getOpaque(this);
        return time == RUNS ? running() : time;
    }

    private long running() {
        long now = Math.max(machineMillis.getAsLong(), floorMillis);
        LongValue newest = highestCycle;
        long cycle = newest == null ? 0 : newest.getVolatileValue();
        return cycle <= 0 ? now : Math.max(now, cycle * lengthMillis);
    }

    @Override
    public long currentTimeNanos() {
        return currentTimeMillis() * 1_000_000;
    }
}
