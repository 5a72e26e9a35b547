package io.interlock.stress.sim;

/** Says what is right at the end of a schedule. */
interface ScheduleJudge {

    /** Whether a process may sleep for ever as things are. */
    boolean mayWait(VirtualProcess process);

    /** What is wrong, or null. */
    String judge();
}
