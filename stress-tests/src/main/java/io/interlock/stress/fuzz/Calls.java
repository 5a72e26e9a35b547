package io.interlock.stress.fuzz;

import com.sun.management.ThreadMXBean;
import io.interlock.core.error.InterlockException;
import io.interlock.memory.error.BrokenPipeException;
import io.interlock.memory.error.BufferTooShortException;
import io.interlock.memory.error.EndOfStreamException;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.stress.fuzz.CallJudge.Documented;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Calls of the library on one file, each watched, measured and judged by itself. */
final class Calls {

    /** Timeout of a timed call. */
    static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final long ALARM_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int TURNS = 4;
    private static final Documented INTERRUPTED = Documented.of(InterruptedException.class, "");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** These tell of a state that a good segment may have as well. */
    private static final Set<Class<?>> STATES = Set.of(QueueShutDownException.class, EndOfStreamException.class,
            BrokenPipeException.class, BufferTooShortException.class);

    private final Watch watch;
    private final Alarm alarm;
    private final long number;
    private final long fileBytes;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private String object = "";
    private int worked;
    private int recoveries;
    private int turns;
    private boolean failed;

    /**
     * For one file.
     *
     * @param number of the mutation; a negative one makes all calls
     */
    Calls(Watch watch, Alarm alarm, long number, long fileBytes) {
        this.number = number;
        this.watch = watch;
        this.alarm = alarm;
        this.fileBytes = fileBytes;
    }

    /** Something to call. */
    @FunctionalInterface
    interface Action {

        void run() throws Exception;
    }

    /** Says with which object the next calls have to do. */
    void on(String name) {
        object = name;
    }

    /** Calls something; false if it threw. */
    boolean run(String what, Action action, Documented... documented) {
        get(what, () -> {
            action.run();
            return null;
        }, documented);
        return !failed;
    }

    /** Calls something that says yes or no; no if it threw. */
    boolean test(String what, Callable<Boolean> action, Documented... documented) {
        return Boolean.TRUE.equals(get(what, action, documented));
    }

    /** Calls something that returns a number in a known range. */
    void number(String what, long min, long max, Callable<? extends Number> action, Documented... documented) {
        Number number = get(what, action, documented);
        if (number != null) {
            CallJudge.ofNumber(number.longValue(), min, max).ifPresent(why -> note(what, why));
        }
    }

    /** Calls something that waits for a short time unless it is another one's turn; false if it threw. */
    boolean waiting(String what, Action action, Documented... documented) {
        return isItsTurn() && run(what, action, documented);
    }

    /** The same for what may wait for ever but for an interrupt. */
    boolean untimed(String what, Action action, Documented... documented) {
        if (!isItsTurn()) {
            return false;
        }
        List<Documented> all = new ArrayList<>(List.of(documented));
        all.add(INTERRUPTED);
        alarm.set(ALARM_NANOS);
        try {
            return run(what, action, all.toArray(Documented[]::new));
        } finally {
            alarm.cancel();
        }
    }

    /** Waiting is most of what a file costs, so each file gets a part of the calls that wait; the next one another. */
    private boolean isItsTurn() {
        turns++;
        return number < 0 || (number + turns) % TURNS == 0;
    }

    /** Calls something; null if it threw. */
    <T> T get(String what, Callable<T> action, Documented... documented) {
        failed = false;
        watch.begin(object + " " + what);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T result = null;
        try {
            result = action.call();
            worked++;
        } catch (Throwable e) {
            failed = true;
            refused(what, e, documented);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        watch.end();
        CallJudge.ofAllocation(allocated, fileBytes).ifPresent(why -> note(what, why));
        return result;
    }

    /** Something must have been so. */
    void check(String what, boolean right) {
        if (!right) {
            note(what, "is not so");
        }
    }

    /** Somebody's death was noticed and dealt with. */
    void recovered() {
        recoveries++;
    }

    private void refused(String what, Throwable failure, Documented... documented) {
        if (failure instanceof InterlockException && !STATES.contains(failure.getClass())) {
            refusals.add(object + " " + what + ": " + failure.getMessage());
        }
        CallJudge.ofFailure(failure, List.of(documented)).ifPresent(why -> note(what, why));
    }

    private void note(String what, String why) {
        wrong.add(object + " " + what + ": " + why);
    }

    /** What was wrong. */
    List<String> wrong() {
        return wrong;
    }

    /** The library's own exceptions that tell of damage. */
    List<String> refusals() {
        return refusals;
    }

    /** How many calls returned. */
    int worked() {
        return worked;
    }

    /** How many deaths were dealt with. */
    int recoveries() {
        return recoveries;
    }

    @Override
    public String toString() {
        return "Calls[" + worked + " worked, " + refusals.size() + " refused, " + wrong.size() + " wrong]";
    }
}
