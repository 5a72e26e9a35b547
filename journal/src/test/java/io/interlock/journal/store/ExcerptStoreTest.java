package io.interlock.journal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The files of a journal, without what processes share beside them. */
class ExcerptStoreTest {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private final AtomicLong time = new AtomicLong(1_800_000_000_000L);

    /** What all stores of a test share; does something when a file has been made, and nothing was written to it yet. */
    private static final class HeapExtent implements Extent {

        private Runnable whenMade = () -> {
        };
        private long cycle = NONE;
        private long dataEnd;
        private long reservedEnd;
        private long earliest;

        @Override
        public long cycle() {
            return cycle;
        }

        @Override
        public long dataEnd() {
            return dataEnd;
        }

        @Override
        public long reservedEnd() {
            return reservedEnd;
        }

        @Override
        public void set(long toCycle, long toDataEnd, long toReservedEnd) {
            cycle = toCycle;
            dataEnd = toDataEnd;
            reservedEnd = toReservedEnd;
            whenMade.run();
        }

        @Override
        public long earliestCycle() {
            return earliest;
        }

        @Override
        public void notBefore(long other) {
            earliest = Math.max(earliest, other);
        }

        @Override
        public void grow(long toDataEnd) {
            dataEnd = toDataEnd;
        }
    }

    private ExcerptStore open(Extent extent) {
        ExcerptStore.requireFlags();
        ExcerptStore store = dirs.closeLater(new ExcerptStore(JournalDirectory.of(dirs.path("j")), 1000, extent,
                time::get));
        store.open();
        return store;
    }

    private static void append(ExcerptStore store, long index) {
        EncodeBuffer out = EncodeBuffer.borrow();
        try {
            Excerpt.begin(out);
            Excerpt.add(out, "m", Codec.utf8());
            Excerpt.seal(out, Excerpt.crcOf(out.bytes(), out.size()), 1, index);
            store.append(out.bytes(), out.size());
        } finally {
            out.giveBack();
        }
    }

    @Nested
    class Append {

        /** Chronicle may take the file that was just made for the newest one, and mark that and not the one before. */
        @Test
        void marksAFileOfOthersAlsoIfTheNextOneIsSeenBeforeItIsWrittenTo() {
            JournalDirectory.of(dirs.path("j")).makeForNewJournal();
            HeapExtent extent = new HeapExtent();
            ExcerptStore one = open(extent);
            ExcerptStore two = open(extent);
            append(one, 0);
            time.addAndGet(1000);
            append(two, 1);
            time.addAndGet(1000);
            extent.whenMade = two::firstIndex;
            append(one, 2);
            try (ExcerptReader reader = two.reader()) {
                for (int index = 0; index < 3; index++) {
                    assertTrue(reader.load(), "index " + index);
                    assertEquals(index, Excerpt.firstOf(reader.bytes()));
                }
            }
        }
    }
}
