package io.interlock.stress.sim;

/**
 * A schedule at whose end something was wrong.
 *
 * @param subject   what was explored
 * @param bounds    what the scheduler might do
 * @param what      what was wrong
 * @param decisions the schedule, with as few unusual decisions as were found to do it
 * @param trace     the same, step by step
 */
record Violation(Subject subject, Bounds bounds, String what, Decisions decisions, String trace) {

    @Override
    public String toString() {
        return subject.name() + ": " + what + " (" + bounds + ", decisions " + decisions + ")\n" + trace;
    }
}
