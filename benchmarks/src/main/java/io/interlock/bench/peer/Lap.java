package io.interlock.bench.peer;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one process says of a round, in one line: {@code lap START END OPERATIONS [HISTOGRAM]}. The times are those of
 * the monotonic clock, which all processes of a machine share.
 *
 * @param startNanos when its work began
 * @param endNanos   when it was done
 * @param operations how many; 0 if others count them
 * @param latencies  of single operations, in nanoseconds, where they were taken
 */
public record Lap(long startNanos, long endNanos, long operations, Optional<Histogram> latencies) {

    private static final String WORD = "lap";

    /** Of somebody whose part others count. */
    public static final Lap UNCOUNTED = new Lap(0, 0, 0, Optional.empty());

    /** One without single operations. */
    public static Lap of(long startNanos, long endNanos, long operations) {
        return new Lap(startNanos, endNanos, operations, Optional.empty());
    }

    /** Reads a line; nothing if it is no lap. */
    static Optional<Lap> parse(String line) {
        String[] words = line.split(" ");
        if (!words[0].equals(WORD) || words.length < 4) {
            return Optional.empty();
        }
        return Optional.of(new Lap(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]),
                words.length > 4 ? Optional.of(histogram(words[4])) : Optional.empty()));
    }

    /** The line. */
    String line() {
        return WORD + " " + startNanos + " " + endNanos + " " + operations
                + latencies.map(its -> " " + text(its)).orElse("");
    }

    private static String text(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes.array(), length));
    }

    private static Histogram histogram(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a histogram: " + text, e);
        }
    }
}
