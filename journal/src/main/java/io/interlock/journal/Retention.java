package io.interlock.journal;

import java.time.Duration;
import java.util.Objects;

/**
 * Which files of a journal may go: those in which everything is older than an age, and the oldest ones while all
 * together are larger than a size. Never the newest file, and none that a named tailer still needs unless told so.
 * Immutable.
 *
 * <pre>{@code
 * journal.retain(Retention.olderThan(Duration.ofDays(7)).orBeyond(10L << 30));
 * }</pre>
 *
 * @param maxAge       what is older may go
 * @param maxBytes     bytes that the files may have together
 * @param ignoresTailers whether also files go from which a named tailer has not read everything
 */
public record Retention(Duration maxAge, long maxBytes, boolean ignoresTailers) {

    /** Longer than any journal lives. */
    private static final Duration ANY_AGE = Duration.ofDays(365_000);

    /** Checks the values. */
    public Retention {
        Objects.requireNonNull(maxAge, "maxAge must not be null");
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge must not be negative, maxAge=" + maxAge);
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must not be negative, maxBytes=" + maxBytes);
        }
    }

    /** Files whose roll ended so long ago. */
    public static Retention olderThan(Duration age) {
        return new Retention(age, Long.MAX_VALUE, false);
    }

    /** The oldest files, until the others have no more bytes than this. */
    public static Retention beyond(long bytes) {
        return new Retention(ANY_AGE, bytes, false);
    }

    /** These, and the oldest files, until the others have no more bytes than this. */
    public Retention orBeyond(long bytes) {
        return new Retention(maxAge, bytes, ignoresTailers);
    }

    /** The same, also where a named tailer has not read everything: it will miss what is deleted, and be told so. */
    public Retention evenIfNeeded() {
        return new Retention(maxAge, maxBytes, true);
    }
}
