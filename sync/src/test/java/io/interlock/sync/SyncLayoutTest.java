package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.testing.LayoutTables;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A changed table is a new layout version: old and new processes share segments. */
class SyncLayoutTest {

    @Nested
    class LockTable {

        @Test
        void isAsWritten() throws IOException {
            LayoutTables.assertCheckedIn(LockLayout.LOCK_LAYOUT);
            LayoutTables.assertCheckedIn(LockLayout.RLOCK_LAYOUT);
        }

        @Test
        void hasTheseNumbers() {
            assertEquals(0, LockLayout.ROBUST_OFFSET);
            assertEquals(128, LockLayout.LOCK_LAYOUT.lengthBytes());
            assertEquals(128, LockLayout.RLOCK_LAYOUT.lengthBytes());
            assertEquals(1, LockLayout.LOCK_LAYOUT.version());
            assertEquals(1, LockLayout.RLOCK_LAYOUT.version());
            assertEquals(1, LockLayout.LOCK.code());
            assertEquals(2, LockLayout.RLOCK.code());
            assertEquals(0, RobustLockLayout.WORD_OFFSET);
        }
    }

    @Nested
    class SemaphoreTable {

        @Test
        void isAsWritten() throws IOException {
            LayoutTables.assertCheckedIn(SemaphoreLayout.LAYOUT);
        }

        @Test
        void hasTheseNumbers() {
            assertEquals(0, SemaphoreLayout.PERMITS_OFFSET);
            assertEquals(8, SemaphoreLayout.SINGLES_OFFSET);
            assertEquals(16, SemaphoreLayout.MULTIPLES_OFFSET);
            assertEquals(128, SemaphoreLayout.LAYOUT.lengthBytes());
            assertEquals(1, SemaphoreLayout.LAYOUT.version());
            assertEquals(3, SemaphoreLayout.TYPE.code());
        }
    }

    @Nested
    class EventTable {

        @Test
        void isAsWritten() throws IOException {
            LayoutTables.assertCheckedIn(EventLayout.LAYOUT);
        }

        @Test
        void hasTheseNumbers() {
            assertEquals(0, EventLayout.STATE_OFFSET);
            assertEquals(8, EventLayout.WAITERS_OFFSET);
            assertEquals(128, EventLayout.LAYOUT.lengthBytes());
            assertEquals(1, EventLayout.LAYOUT.version());
            assertEquals(4, EventLayout.TYPE.code());
        }
    }

    @Nested
    class ConditionTable {

        @Test
        void isAsWritten() throws IOException {
            LayoutTables.assertCheckedIn(ConditionLayout.LAYOUT);
        }

        @Test
        void hasTheseNumbers() {
            assertEquals(0, ConditionLayout.TABLE_OFFSET);
            assertEquals(2176, ConditionLayout.LAYOUT.lengthBytes());
            assertEquals(256, WaiterTableLayout.CELLS);
            assertEquals(1, ConditionLayout.LAYOUT.version());
            assertEquals(5, ConditionLayout.TYPE.code());
        }
    }
}
