package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.HistoryLog;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * What a worker works with.
 *
 * @param segment the segment of the round
 * @param number  number of the seat, 0, 1, ...; even and odd ones may have different parts
 * @param process number of the process, different from all others of the round
 * @param log     where it writes what it does
 * @param random  its choices
 */
public record Seat(Segment segment, int number, int process, HistoryLog log, SplittableRandom random) {

    /** What a call returns that had no effect: it timed out, or was refused. */
    public static final long WITHOUT_EFFECT = Long.MIN_VALUE;

    private static final int LONGEST_SPIN = 200;
    private static final int LONGEST_NAP_NANOS = 600_000;
    private static final int LONGEST_PAUSE_NANOS = 300_000;

    /** A call of the library; it returns its result as a number, or {@link #WITHOUT_EFFECT}. */
    @FunctionalInterface
    public interface Call {

        /** Calls. */
        long call() throws InterruptedException;
    }

    /** Whether this seat is one of those that produce, rather than consume. */
    public boolean produces() {
        return number % 2 == 0;
    }

    /** A value that nobody else puts. */
    public long value(int count) {
        return (long) process << Integer.SIZE | count;
    }

    /** Calls, and writes down when and with what result. */
    public long note(Action action, int object, Call call) throws InterruptedException {
        return note(action, object, 0, call);
    }

    /** The same for a call with an argument. */
    public long note(Action action, int object, long argument, Call call) throws InterruptedException {
        return note(action, object, argument, 0, call);
    }

    /** The same for a call with two arguments. An interrupted one promises to have had no effect. */
    public long note(Action action, int object, long argument, long secondArgument, Call call)
            throws InterruptedException {
        int operation = log.begin(action, object, argument, secondArgument);
        long result;
        try {
            result = call.call();
        } catch (InterruptedException e) {
            log.endWithoutEffect(operation);
            throw e;
        }
        if (result == WITHOUT_EFFECT) {
            log.endWithoutEffect(operation);
        } else {
            log.end(operation, result);
        }
        return result;
    }

    /** Long enough to be killed in, sometimes asleep. */
    public void linger() {
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(random.nextInt(LONGEST_NAP_NANOS));
        } else {
            spin();
        }
    }

    /** Between two turns: next to nothing, or a sleep, for others need the processors, too. */
    void pause() {
        if (random.nextInt(2) == 0) {
            LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
        } else {
            spin();
        }
    }

    private void spin() {
        for (int i = random.nextInt(LONGEST_SPIN); i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
