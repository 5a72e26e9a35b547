package io.interlock.bench.peer;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.HdrHistogram.Histogram;

/**
 * What one process says of a round, in one line: {@code lap START END OPERATIONS [NANOS:COUNT,...]}. The times are
 * those of the monotonic clock, which all processes of a machine share.
 *
 * @param startNanos when its work began
 * @param endNanos   when it was done
 * @param operations how many; 0 if others count them
 * @param latencies  of single operations, in nanoseconds, where they were taken
 */
public record Lap(long startNanos, long endNanos, long operations, Optional<Histogram> latencies) {

    private static final String WORD = "lap";
    private static final int DIGITS = 3;

    /** Of somebody whose part others count. */
    public static final Lap UNCOUNTED = new Lap(0, 0, 0, Optional.empty());

    /** An empty one, for single operations: exact to a thousandth, with room for any time. */
    public static Histogram newHistogram() {
        return new Histogram(DIGITS);
    }

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

    /** Also programs in C and Python say it this way. */
    private static String text(Histogram histogram) {
        return StreamSupport.stream(histogram.recordedValues().spliterator(), false)
                .map(each -> each.getValueIteratedTo() + ":" + each.getCountAddedInThisIterationStep())
                .collect(Collectors.joining(","));
    }

    private static Histogram histogram(String text) {
        Histogram histogram = newHistogram();
        for (String each : text.split(",")) {
            String[] numbers = each.split(":");
            histogram.recordValueWithCount(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        }
        return histogram;
    }
}
