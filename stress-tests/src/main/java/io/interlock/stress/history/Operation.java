package io.interlock.stress.history;

import java.util.Locale;

/**
 * One operation of a process.
 *
 * @param process        number of the process
 * @param action         what it does
 * @param object         number of the object that it is about, where a worker has several
 * @param argument       depends on the action
 * @param secondArgument depends on the action
 * @param result         depends on the action; nothing if the operation did not return
 * @param ending         how it ended
 * @param invokedNanos   a moment before it began
 * @param returnedNanos  a moment after it had ended; of a pending one the moment at which its process was gone for
 *                       sure, or {@link Long#MAX_VALUE}
 */
public record Operation(int process, Action action, int object, long argument, long secondArgument, long result,
        Ending ending, long invokedNanos, long returnedNanos) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Whether it never returned, and so may have happened or not. */
    public boolean isPending() {
        return ending == Ending.PENDING;
    }

    /** The same operation, over at this moment at the latest. */
    Operation until(long nanos) {
        return new Operation(process, action, object, argument, secondArgument, result, ending, invokedNanos, nanos);
    }

    /** One line for people, with times in milliseconds from some moment. */
    String describe(long fromNanos) {
        String what = action.name().toLowerCase(Locale.ROOT) + "(" + QueueHistory.name(argument)
                + (secondArgument == 0 ? "" : ", " + secondArgument) + ")";
        String outcome = switch (ending) {
            case PENDING -> "pending";
            case WITHOUT_EFFECT -> "without effect";
            case RETURNED -> "-> " + QueueHistory.name(result);
        };
        return String.format(Locale.ROOT, "process %-3d object %d  %-24s %-14s %+.4f to %s ms", process, object, what,
                outcome, (invokedNanos - fromNanos) / NANOS_PER_MILLI,
                returnedNanos == Long.MAX_VALUE ? "?" : String.format(Locale.ROOT, "%+.4f",
                        (returnedNanos - fromNanos) / NANOS_PER_MILLI));
    }
}
