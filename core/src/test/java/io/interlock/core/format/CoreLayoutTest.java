package io.interlock.core.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.interlock.core.layout.Layout;
import io.interlock.core.testing.LayoutTables;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every layout of this module, as it is checked in, and its offsets as literal numbers. */
class CoreLayoutTest {

    @Nested
    class Header {

        @Test
        void isTheCheckedInTable() throws IOException {
            LayoutTables.assertCheckedIn(HeaderLayout.LAYOUT);
        }

        @Test
        void hasTheseOffsets() {
            assertEquals(0, HeaderLayout.MAGIC_OFFSET);
            assertEquals(8, HeaderLayout.VERSION_OFFSET);
            assertEquals(12, HeaderLayout.BYTE_ORDER_OFFSET);
            assertEquals(16, HeaderLayout.INCOMPATIBLE_OFFSET);
            assertEquals(24, HeaderLayout.COMPATIBLE_OFFSET);
            assertEquals(32, HeaderLayout.SIZE_OFFSET);
            assertEquals(40, HeaderLayout.UUID_OFFSET);
            assertEquals(56, HeaderLayout.BOOT_ID_OFFSET);
            assertEquals(72, HeaderLayout.CREATED_OFFSET);
            assertEquals(80, HeaderLayout.CREATOR_PID_OFFSET);
            assertEquals(88, HeaderLayout.PARTICIPANTS_OFFSET);
            assertEquals(92, HeaderLayout.MAX_PARTICIPANTS_OFFSET);
            assertEquals(96, HeaderLayout.DIRECTORY_OFFSET);
            assertEquals(100, HeaderLayout.DIRECTORY_CAPACITY_OFFSET);
            assertEquals(104, HeaderLayout.HEAP_OFFSET);
            assertEquals(108, HeaderLayout.TEMPORARY_OFFSET);
            assertEquals(128, HeaderLayout.RETIRING_OFFSET);
            assertEquals(132, HeaderLayout.DEAF_OFFSET);
            assertEquals(136, HeaderLayout.NEXT_SLOT_OFFSET);
            assertEquals(256, HeaderLayout.RECOVERIES_OFFSET);
            assertEquals(264, HeaderLayout.WAITS_OFFSET);
            assertEquals(384, HeaderLayout.DIRECTORY_LOCK_OFFSET);
            assertEquals(512, HeaderLayout.ENTRY_COUNT_OFFSET);
            assertEquals(4096, HeaderLayout.LENGTH);
        }

        @Test
        void hasTheseConstants() {
            assertEquals(0x494E54524C4F434BL, HeaderLayout.MAGIC);
            assertEquals(1, HeaderLayout.VERSION);
            assertEquals(0x01020304, HeaderLayout.BYTE_ORDER_MARK);
            assertEquals(0, HeaderLayout.KNOWN_INCOMPATIBLE);
        }
    }

    @Nested
    class Participant {

        @Test
        void isTheCheckedInTable() throws IOException {
            LayoutTables.assertCheckedIn(ParticipantLayout.LAYOUT);
        }

        @Test
        void hasTheseOffsets() {
            assertEquals(0, ParticipantLayout.GENERATION_OFFSET);
            assertEquals(8, ParticipantLayout.PID_OFFSET);
            assertEquals(16, ParticipantLayout.PID_NAMESPACE_OFFSET);
            assertEquals(24, ParticipantLayout.STARTED_OFFSET);
            assertEquals(32, ParticipantLayout.ATTACHED_OFFSET);
            assertEquals(40, ParticipantLayout.LEFT_OFFSET);
            assertEquals(48, ParticipantLayout.COMMAND_OFFSET);
            assertEquals(80, ParticipantLayout.COMMAND_LENGTH);
            assertEquals(128, ParticipantLayout.LAYOUT.lengthBytes());
        }
    }

    @Nested
    class Entry {

        @Test
        void isTheCheckedInTable() throws IOException {
            LayoutTables.assertCheckedIn(EntryLayout.LAYOUT);
        }

        @Test
        void hasTheseOffsets() {
            assertEquals(0, EntryLayout.HASH_OFFSET);
            assertEquals(4, EntryLayout.PARENT_OFFSET);
            assertEquals(8, EntryLayout.TYPE_OFFSET);
            assertEquals(12, EntryLayout.TYPE_VERSION_OFFSET);
            assertEquals(16, EntryLayout.BLOCK_OFFSET);
            assertEquals(20, EntryLayout.BLOCK_LENGTH_OFFSET);
            assertEquals(24, EntryLayout.PARAMETERS_OFFSET);
            assertEquals(40, EntryLayout.REGIONS_OFFSET);
            assertEquals(72, EntryLayout.NAME_LENGTH_OFFSET);
            assertEquals(80, EntryLayout.NAME_OFFSET);
            assertEquals(256, EntryLayout.LAYOUT.lengthBytes());
        }
    }

    @Nested
    class RobustLock {

        @Test
        void isTheCheckedInTable() throws IOException {
            LayoutTables.assertCheckedIn(RobustLockLayout.LAYOUT);
        }

        @Test
        void hasTheseOffsets() {
            assertEquals(0, RobustLockLayout.WORD_OFFSET);
            assertEquals(8, RobustLockLayout.DEATHS_OFFSET);
            assertEquals(16, RobustLockLayout.OWNER_OFFSET);
            assertEquals(24, RobustLockLayout.RECURSION_OFFSET);
            assertEquals(28, RobustLockLayout.FLAGS_OFFSET);
            assertEquals(32, RobustLockLayout.TOKEN_OFFSET);
            assertEquals(128, RobustLockLayout.LAYOUT.lengthBytes());
        }
    }

    @Nested
    class WaiterTable {

        @Test
        void isTheCheckedInTable() throws IOException {
            LayoutTables.assertCheckedIn(WaiterTableLayout.LAYOUT);
        }

        @Test
        void hasTheseOffsets() {
            assertEquals(0, WaiterTableLayout.TICKET_OFFSET);
            assertEquals(8, WaiterTableLayout.WAITERS_OFFSET);
            assertEquals(128, WaiterTableLayout.CELLS_OFFSET);
            assertEquals(256, WaiterTableLayout.CELLS);
            assertEquals(2176, WaiterTableLayout.LAYOUT.lengthBytes());
        }
    }

    @Nested
    class Declaration {

        @Test
        void refusesAMisalignedField() {
            Layout.Builder builder = Layout.builder();
            builder.int32("first", "anybody", "plain");
            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> builder.int64("second", "anybody", "plain"));
            assertEquals("field second would start at offset 4, it needs a multiple of 8", e.getMessage());
        }

        @Test
        void isolatesBy128Bytes() {
            Layout.Builder builder = Layout.builder();
            builder.int32("first", "anybody", "plain");
            assertEquals(128, builder.isolate().int64("second", "anybody", "plain"));
            assertEquals(256, builder.build("Two", 1).lengthBytes());
        }
    }
}
