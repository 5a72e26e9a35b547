package io.interlock.memory.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.object.OwnerRegion;
import io.interlock.core.testing.LayoutTables;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A changed table is a new layout version: old and new processes share segments. */
class RingLayoutTest {

    @Test
    void isAsWritten() throws IOException {
        LayoutTables.assertCheckedIn(RingLayout.LAYOUT);
    }

    @Test
    void hasTheseNumbers() {
        assertEquals(0, RingLayout.PRODUCERS_LOCK_OFFSET);
        assertEquals(40, RingLayout.TAIL_OFFSET);
        assertEquals(48, RingLayout.SEEN_HEAD_OFFSET);
        assertEquals(128, RingLayout.CONSUMERS_LOCK_OFFSET);
        assertEquals(168, RingLayout.HEAD_OFFSET);
        assertEquals(176, RingLayout.SEEN_TAIL_OFFSET);
        assertEquals(184, RingLayout.REMOVED_OFFSET);
        assertEquals(256, RingLayout.NOT_EMPTY_OFFSET);
        assertEquals(384, RingLayout.ROOM_FOR_ONE_OFFSET);
        assertEquals(392, RingLayout.ROOM_FOR_MORE_OFFSET);
        assertEquals(400, RingLayout.WANTED_ROOM_OFFSET);
        assertEquals(512, RingLayout.REQUESTS_OFFSET);
        assertEquals(640, RingLayout.RING_OFFSET);
        assertEquals(1, RingLayout.LAYOUT.version());
        assertEquals(40, RingLayout.TYPE.code());
    }

    @Test
    void namesBothLocksForTheReaper() {
        assertEquals(List.of(new OwnerRegion(0, 128, 2, OwnerRegion.Kind.ROBUST_LOCK)), RingLayout.TYPE.regions());
    }

    @Test
    void theTypesOfRecordsAreThese() {
        assertEquals(0x4D534731, RecordHeader.MESSAGE);
        assertEquals(0x50414431, RecordHeader.PADDING);
        assertEquals(0x44454C31, RecordHeader.REMOVED);
    }
}
