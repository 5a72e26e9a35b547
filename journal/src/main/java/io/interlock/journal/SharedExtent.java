package io.interlock.journal;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Mem;
import io.interlock.journal.store.Extent;

/** How far the newest file is written and reserved, in the segment. */
final class SharedExtent implements Extent {

    private final Mem mem;
    private final long cyclePlace;
    private final long dataEndPlace;
    private final long reservedEndPlace;
    private final long earliestPlace;

    SharedExtent(SharedBlock block) {
        this.mem = block.context().mem;
        this.cyclePlace = mem.place(block.offset() + JournalLayout.CYCLE_OFFSET, Long.BYTES);
        this.dataEndPlace = mem.place(block.offset() + JournalLayout.DATA_END_OFFSET, Long.BYTES);
        this.reservedEndPlace = mem.place(block.offset() + JournalLayout.RESERVED_END_OFFSET, Long.BYTES);
        this.earliestPlace = mem.place(block.offset() + JournalLayout.EARLIEST_OFFSET, Long.BYTES);
    }

    @Override
    public long cycle() {
        return mem.getLong(cyclePlace);
    }

    @Override
    public long dataEnd() {
        return mem.getLong(dataEndPlace);
    }

    @Override
    public long reservedEnd() {
        return mem.getLong(reservedEndPlace);
    }

    @Override
    public void set(long cycle, long dataEnd, long reservedEnd) {
        mem.putLong(cyclePlace, cycle);
        mem.putLong(dataEndPlace, dataEnd);
        mem.putLong(reservedEndPlace, reservedEnd);
    }

    @Override
    public void grow(long dataEnd) {
        mem.putLong(dataEndPlace, dataEnd);
    }

    @Override
    public long earliestCycle() {
        return mem.getLong(earliestPlace);
    }

    @Override
    public void notBefore(long cycle) {
        mem.putLong(earliestPlace, Math.max(cycle, earliestCycle()));
    }

    @Override
    public String toString() {
        return "SharedExtent[file " + cycle() + ", " + dataEnd() + " of " + reservedEnd() + " bytes]";
    }
}
