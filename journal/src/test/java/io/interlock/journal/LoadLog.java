package io.interlock.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What one process that appends, or reads, writes down in a mapped file, so that it is there after it was killed:
 * before each call that it is about to make it, and after it what came of it.
 */
final class LoadLog {

    /** Most calls. */
    static final int LIMIT = 1 << 18;

    private static final int STOP_AT = 0;
    private static final int BEGUN_AT = 1;
    private static final int LONGEST_AT = 2;
    private static final int FIRST_SEEN_AT = 3;
    private static final int BEHIND_SEEN_AT = 4;
    private static final int INDEXES_AT = 16;

    private final LongBuffer words;

    /** The log in this file, which is made if it is missing. */
    LoadLog(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            words = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) (INDEXES_AT + LIMIT) * Long.BYTES)
                    .order(ByteOrder.nativeOrder()).asLongBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever works is to end. */
    void stop() {
        words.put(STOP_AT, 1);
    }

    boolean isStopped() {
        return words.get(STOP_AT) != 0;
    }

    /** The call with this number, from 0, is about to be made. */
    void begins(int call) {
        words.put(BEGUN_AT, call + 1L);
    }

    /** It has returned this index. */
    void returned(int call, long index) {
        words.put(INDEXES_AT + call, index + 1);
    }

    /** How many calls were begun. */
    int begun() {
        return (int) words.get(BEGUN_AT);
    }

    /** What a call has returned, or -1 if it has not. */
    long indexOf(int call) {
        return words.get(INDEXES_AT + call) - 1;
    }

    /** How long a call took. */
    void took(long nanos) {
        words.put(LONGEST_AT, Math.max(nanos, words.get(LONGEST_AT)));
    }

    long longestNanos() {
        return words.get(LONGEST_AT);
    }

    /** A message was seen; they come in a row. */
    void saw(long index) {
        long behind = words.get(BEHIND_SEEN_AT);
        if (behind == 0) {
            words.put(FIRST_SEEN_AT, index);
        } else if (behind != index) {
            throw new IllegalStateException("message " + index + " came after message " + (behind - 1));
        }
        words.put(BEHIND_SEEN_AT, index + 1);
    }

    /** Index of the first message that was seen. */
    long firstSeen() {
        return words.get(FIRST_SEEN_AT);
    }

    /** Index behind the last message that was seen; 0 if none was. */
    long behindSeen() {
        return words.get(BEHIND_SEEN_AT);
    }
}
