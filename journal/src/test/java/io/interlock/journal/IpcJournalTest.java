package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.interlock.core.testing.TestDirs;
import io.interlock.memory.Codec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IpcJournalTest {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();

    @Test
    void smoke() throws Exception {
        try (IpcJournal<String> journal = IpcJournal.openOrCreate(dirs.path("j"), Codec.utf8())) {
            assertEquals(0, journal.append("a"));
            assertEquals(1, journal.appendAll(List.of("b", "c")));
            try (JournalTailer<String> tailer = journal.tailer("x")) {
                assertEquals("a", tailer.take());
                assertEquals("b", tailer.take());
                assertEquals("c", tailer.poll());
                assertNull(tailer.poll());
                List<String> all = new ArrayList<>();
                journal.replay(1, (i, s) -> all.add(i + s));
                assertEquals(List.of("1b", "2c"), all);
                tailer.moveTo(1);
                assertEquals("b", tailer.take());
            }
        }
        try (IpcJournal<String> journal = IpcJournal.openOrCreate(dirs.path("j"), Codec.utf8());
                JournalTailer<String> tailer = journal.tailer("x")) {
            assertEquals("b", tailer.take());
            assertEquals(3, journal.append("d"));
            assertEquals("c", tailer.take());
            assertEquals("d", tailer.take());
        }
    }
}
