package io.interlock.bench.work;

import io.interlock.bench.measure.Row;
import io.interlock.bench.work.growth.GrowthRows;
import io.interlock.bench.work.journal.JournalRows;
import io.interlock.bench.work.life.LifeRows;
import io.interlock.bench.work.queue.QueueRows;
import io.interlock.bench.work.sync.SyncRows;
import java.util.List;
import java.util.stream.Stream;

/** All rows of the table. */
public final class Rows {

    private Rows() {
    }

    /** In the order in which they are measured. */
    public static List<Row> all(Scale scale) {
        return Stream.of(UncontendedRows.all(scale), SyncRows.all(scale), QueueRows.all(scale), JournalRows.all(scale),
                LifeRows.all(scale), GrowthRows.all(scale)).flatMap(List::stream).toList();
    }
}
