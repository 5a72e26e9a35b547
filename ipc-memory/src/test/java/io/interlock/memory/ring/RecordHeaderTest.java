package io.interlock.memory.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecordHeaderTest {

    @Test
    void holdsLengthAndType() {
        long header = RecordHeader.of(77, RecordHeader.PADDING);
        assertEquals(77, RecordHeader.lengthOf(header));
        assertEquals(RecordHeader.PADDING, RecordHeader.typeOf(header));
        assertFalse(RecordHeader.isMessage(header));
    }

    @Test
    void countsUnitsWithTheHeader() {
        assertEquals(1, RecordHeader.units(0));
        assertEquals(2, RecordHeader.units(1));
        assertEquals(2, RecordHeader.units(8));
        assertEquals(3, RecordHeader.units(9));
    }

    @Test
    void fitsIntoExactlyItsUnits() {
        long header = RecordHeader.of(9, RecordHeader.MESSAGE);
        assertTrue(RecordHeader.isMessageWithin(header, 3));
        assertFalse(RecordHeader.isMessageWithin(header, 2));
        assertFalse(RecordHeader.isMessageWithin(RecordHeader.of(9, RecordHeader.REMOVED), 3));
        assertFalse(RecordHeader.isMessageWithin(RecordHeader.of(-1, RecordHeader.MESSAGE), 1 << 20));
        assertTrue(RecordHeader.isMessageWithin(RecordHeader.of(0, RecordHeader.MESSAGE), 1));
    }

    @Test
    void knowsWhatNoRecordBeginsWith() {
        assertFalse(RecordHeader.isWellFormed(0));
        assertFalse(RecordHeader.isWellFormed(RecordHeader.of(-8, RecordHeader.MESSAGE)));
        assertFalse(RecordHeader.isWellFormed(RecordHeader.of(Integer.MAX_VALUE, RecordHeader.MESSAGE)));
        assertTrue(RecordHeader.isWellFormed(RecordHeader.of(0, RecordHeader.REMOVED)));
    }
}
