package io.interlock.stress.history;

import java.util.ArrayList;
import java.util.List;

/** Histories written by hand: times are small numbers. */
final class Histories {

    static final int OBJECT = 0;

    private final List<Operation> operations = new ArrayList<>();
    private final List<Death> deaths = new ArrayList<>();

    /** An operation that returned. */
    Histories did(int process, Action action, long argument, long result, long from, long to) {
        return add(process, action, argument, 0, result, Ending.RETURNED, from, to);
    }

    /** The same with two arguments. */
    Histories did(int process, Action action, long argument, long second, long result, long from, long to) {
        return add(process, action, argument, second, result, Ending.RETURNED, from, to);
    }

    /** One that did not. */
    Histories began(int process, Action action, long argument, long from) {
        return add(process, action, argument, 0, 0, Ending.PENDING, from, Long.MAX_VALUE);
    }

    /** The same with two arguments. */
    Histories began(int process, Action action, long argument, long second, long from) {
        return add(process, action, argument, second, 0, Ending.PENDING, from, Long.MAX_VALUE);
    }

    /** One that timed out. */
    Histories gaveUp(int process, Action action, long argument, long from, long to) {
        return add(process, action, argument, 0, 0, Ending.WITHOUT_EFFECT, from, to);
    }

    /** A kill. */
    Histories died(int process, long from, long to) {
        deaths.add(new Death(process, from, to));
        return this;
    }

    History history() {
        return History.of(operations, deaths);
    }

    private Histories add(int process, Action action, long argument, long second, long result, Ending ending, long from,
            long to) {
        operations.add(new Operation(process, action, OBJECT, argument, second, result, ending, from, to));
        return this;
    }
}
