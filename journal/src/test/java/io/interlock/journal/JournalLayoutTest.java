package io.interlock.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.object.TypeRegistry;
import io.interlock.core.testing.LayoutTables;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every layout of this module, as it is checked in, and its numbers as literals. */
class JournalLayoutTest {

    private static final List<ObjectType> TYPES = new JournalTypes().types();

    @Test
    void theTablesAreTheCheckedInOnes() throws IOException {
        for (ObjectType type : TYPES) {
            LayoutTables.assertCheckedIn(type.layout());
        }
    }

    @Test
    void aJournalHasTheseNumbers() {
        assertEquals(0, JournalLayout.LOCK_OFFSET);
        assertEquals(128, JournalLayout.END_OFFSET);
        assertEquals(136, JournalLayout.WAITERS_OFFSET);
        assertEquals(256, JournalLayout.CYCLE_OFFSET);
        assertEquals(264, JournalLayout.DATA_END_OFFSET);
        assertEquals(272, JournalLayout.RESERVED_END_OFFSET);
        assertEquals(280, JournalLayout.EARLIEST_OFFSET);
        assertEquals(288, JournalLayout.UNLINKED_OFFSET);
        assertEquals(384, JournalLayout.MOVES_OFFSET);
        assertEquals(4480, JournalLayout.ROLL_OFFSET);
        assertEquals(4484, JournalLayout.RESERVED_OFFSET);
        assertEquals(4488, JournalLayout.CODEC_OFFSET);
        assertEquals(4608, JournalLayout.LAYOUT.lengthBytes());
        assertEquals(List.of(OwnerRegion.robustLock(0)), JournalLayout.TYPE.regions());
    }

    @Test
    void aTailerHasTheseNumbers() {
        assertEquals(0, TailerLayout.LOCK_OFFSET);
        assertEquals(128, TailerLayout.POSITION_OFFSET);
        assertEquals(256, TailerLayout.LAYOUT.lengthBytes());
        assertEquals(-1, TailerLayout.NOWHERE);
        assertEquals(List.of(OwnerRegion.robustLock(0)), TailerLayout.TYPE.regions());
    }

    @Test
    void aMoveHasTheseNumbers() {
        assertEquals(64, MovesLayout.PLACES);
        assertEquals(64, MovesLayout.LENGTH);
        assertEquals(0, MovesLayout.SEGMENT_OFFSET);
        assertEquals(16, MovesLayout.QUEUE_OFFSET);
        assertEquals(24, MovesLayout.RANGE_OFFSET);
        assertEquals(32, MovesLayout.MOVE_OFFSET);
    }

    @Test
    void theCodesAreThese() {
        assertEquals(List.of(50, 51), TYPES.stream().map(ObjectType::code).toList());
        assertEquals(List.of("Journal", "Tailer"), TYPES.stream().map(ObjectType::name).toList());
        assertEquals(List.of(1, 1), TYPES.stream().map(type -> type.layout().version()).toList());
        assertEquals(List.of(1, 2, 3, 4), Arrays.stream(Roll.values()).map(roll -> roll.number).toList());
        assertEquals(List.of(Roll.SECOND, Roll.MINUTE, Roll.HOUR, Roll.DAY), List.of(Roll.values()));
    }

    @Test
    void theRegistryFindsThem() {
        for (ObjectType type : TYPES) {
            assertEquals(type.name(), TypeRegistry.nameOf(type.code()));
        }
    }
}
