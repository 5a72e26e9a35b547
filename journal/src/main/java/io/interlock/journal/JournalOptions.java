package io.interlock.journal;

import io.interlock.core.SegmentOptions;
import java.util.Objects;

/**
 * How a new journal is to be made. Immutable; start from {@link #defaults()}.
 *
 * @param roll            how often a new file begins
 * @param maxParticipants how many processes can have the journal open at once, 1 to 4095
 */
public record JournalOptions(Roll roll, int maxParticipants) {

    /** Checks the values. */
    public JournalOptions {
        Objects.requireNonNull(roll, "roll must not be null");
        segmentOptions(maxParticipants);
    }

    /** A file each day, 256 processes. */
    public static JournalOptions defaults() {
        return new JournalOptions(Roll.DAY, SegmentOptions.DEFAULT_PARTICIPANTS);
    }

    /** The same with another roll. */
    public JournalOptions withRoll(Roll other) {
        return new JournalOptions(other, maxParticipants);
    }

    /** The same for another number of processes. */
    public JournalOptions withMaxParticipants(int participants) {
        return new JournalOptions(roll, participants);
    }

    /** Of the segment in which processes meet: room for some 400 named tailers. */
    SegmentOptions segmentOptions() {
        return segmentOptions(maxParticipants);
    }

    private static SegmentOptions segmentOptions(int participants) {
        return SegmentOptions.defaults().withMaxParticipants(participants).withSizeBytes(SEGMENT_BYTES);
    }

    private static final long SEGMENT_BYTES = 2L << 20;
}
