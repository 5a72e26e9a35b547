package io.interlock.bench.work.sync;

import io.interlock.bench.measure.Row;
import io.interlock.bench.work.Scale;
import java.util.List;
import java.util.stream.Stream;

/** Locks that are fought for, round trips, wake-ups, and the programs that everything began with. */
public final class SyncRows {

    private SyncRows() {
    }

    /** All of them. */
    public static List<Row> all(Scale scale) {
        return Stream.of(LockRows.all(scale), TripRows.all(scale), ProgramRows.all(scale)).flatMap(List::stream)
                .toList();
    }
}
