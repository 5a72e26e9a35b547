package io.interlock.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.examples.Counter.Mode;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcLock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairableCounterTest {

    private static final int PROCESSES = 2;

    @TempDir
    private Path directory;
    private Segment segment;
    private Ledger ledger;
    private IpcLong number;
    private RepairableCounter counter;

    @BeforeEach
    void make() {
        segment = Segment.create(directory.resolve("segment"));
        number = IpcLong.create(segment, "counter");
        IpcLock.create(segment, "lock");
        ledger = Ledger.create(segment, PROCESSES);
        counter = new RepairableCounter(segment, Mode.RLOCK);
    }

    @AfterEach
    void close() {
        segment.close();
    }

    @Nested
    class Add {

        @Test
        void changesTheNumberTheLedgerAndTheNotes() {
            counter.add(1);
            new RepairableCounter(segment, Mode.LOCK).add(1);
            counter.add(0);
            assertEquals(3, number.get());
            assertEquals(3, ledger.sum());
            assertEquals(2, ledger.counted(1));
            assertEquals(2, ledger.noted(1));
        }
    }

    @Nested
    class Repair {

        @Test
        void leavesARightNumberAsItIs() {
            counter.add(0);
            counter.repair();
            assertEquals(1, number.get());
        }

        @Test
        void bringsTheNumberToTheLedger() {
            counter.add(0);
            ledger.count(1);
            counter.repair();
            assertEquals(2, number.get());
        }

        @Test
        void refusesToHideALossThatOneDeathCannotHaveCaused() {
            ledger.count(0);
            ledger.count(1);
            assertThrows(IllegalStateException.class, counter::repair);
            assertEquals(0, number.get());
        }

        @Test
        void refusesToHideASurplus() {
            number.set(1);
            assertThrows(IllegalStateException.class, counter::repair);
        }
    }

    @Nested
    class CompletedByAKilledProcess {

        @Test
        void isWhatItHasNoted() {
            counter.add(0);
            assertFalse(ledger.isAdding(0));
            assertEquals(1, ledger.completedBy(0));
        }

        @Test
        void isOneMoreIfItHadNoTimeToNoteIt() {
            counter.add(0);
            ledger.count(0);
            assertTrue(ledger.isAdding(0));
            assertEquals(2, ledger.completedBy(0));
        }

        @Test
        void isNeverMoreThanThat() {
            ledger.count(0);
            ledger.count(0);
            assertEquals(1, ledger.completedBy(0));
        }

        @Test
        void isNeverLessThanItHasNoted() {
            ledger.note(0);
            assertEquals(1, ledger.completedBy(0));
        }
    }
}
