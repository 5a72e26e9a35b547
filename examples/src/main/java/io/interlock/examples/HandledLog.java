package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcIntArray;
import java.util.Arrays;

/**
 * Which readings were handled, in the order of handling. One process writes it, and the next one when that was killed.
 * An entry is one store, so it is there or not; and the log ends where there is none.
 */
final class HandledLog {

    private static final String NAME = "handled";
    /** Entries beyond those that are needed, so that the judge sees what is too much. */
    private static final int SPARE = 1000;
    /** Between a place, {@link ReadingPlan#NONE} included, and its entry; an entry is not 0. */
    private static final int OFFSET = 2;

    private final IpcIntArray entries;
    private int length;

    private HandledLog(IpcIntArray entries) {
        this.entries = entries;
        this.length = end();
    }

    static HandledLog create(Segment segment, int readings) {
        return new HandledLog(IpcIntArray.create(segment, NAME, readings + SPARE));
    }

    /** Goes on behind the last entry. */
    static HandledLog open(Segment segment) {
        return new HandledLog(IpcIntArray.open(segment, NAME));
    }

    static long bytesFor(int readings) {
        return (long) Integer.BYTES * (readings + SPARE);
    }

    /** Notes that the reading at this place was handled. What goes beyond the log has been noticed by then. */
    void add(int place) {
        if (length < entries.length()) {
            entries.setRelease(length, place + OFFSET);
            length++;
        }
    }

    /** Number of entries that this process knows of. */
    int length() {
        return length;
    }

    /** All places that were added, by whomever. */
    int[] places() {
        int[] places = new int[end()];
        entries.get(0, places, 0, places.length);
        Arrays.setAll(places, i -> places[i] - OFFSET);
        return places;
    }

    private int end() {
        int end = 0;
        while (end < entries.length() && entries.getAcquire(end) != 0) {
            end++;
        }
        return end;
    }
}
