package io.interlock.stress.fuzz;

import io.interlock.core.error.InterlockException;
import io.interlock.stress.Failures;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a call of the library may end with when the file is damaged. Pure functions. */
final class CallJudge {

    /** Bytes that a call may allocate whatever the size of the file: messages of exceptions, reports, first uses. */
    static final long SMALL_BYTES = 512 << 10;

    private static final int SHORTEST_MESSAGE = 15;

    /** An exception beside the library's own that the documentation of a call promises. */
    record Documented(Class<? extends Throwable> type, Pattern message) {

        /** With a message in which the expression is found. */
        static Documented of(Class<? extends Throwable> type, String regex) {
            return new Documented(type, Pattern.compile(regex));
        }

        boolean covers(Throwable failure) {
            return failure.getClass() == type && message.matcher(String.valueOf(failure.getMessage())).find();
        }
    }

    private CallJudge() {
    }

    /**
     * Judges an exception.
     *
     * @param documented what the call may throw beside the library's own exceptions
     * @return what is wrong with it, or nothing
     */
    static Optional<String> ofFailure(Throwable failure, List<Documented> documented) {
        if (failure instanceof InterlockException) {
            return ofMessage(failure);
        }
        return documented.stream().anyMatch(d -> d.covers(failure)) ? Optional.empty()
                : Optional.of("undocumented " + Failures.describe(failure));
    }

    /** The library's own exceptions tell what was found. */
    private static Optional<String> ofMessage(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.length() < SHORTEST_MESSAGE || message.contains("null") ? Optional.of(
                "unclear message of " + Failures.describe(failure)) : Optional.empty();
    }

    /** Judges what one call has allocated. */
    static Optional<String> ofAllocation(long allocatedBytes, long fileBytes) {
        return allocatedBytes <= fileBytes + SMALL_BYTES ? Optional.empty()
                : Optional.of("allocated " + allocatedBytes + " bytes, expected at most " + SMALL_BYTES
                        + " more than the " + fileBytes + " of the file");
    }

    /** Judges a number that a call has returned. */
    static Optional<String> ofNumber(long number, long min, long max) {
        return number >= min && number <= max ? Optional.empty()
                : Optional.of("returned " + number + ", expected " + min + " to " + max);
    }
}
