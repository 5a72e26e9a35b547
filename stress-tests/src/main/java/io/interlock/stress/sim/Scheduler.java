package io.interlock.stress.sim;

/** Takes the decisions of one schedule after the other. Each is a number below the number of possibilities. */
interface Scheduler {

    /** Ends the schedule: what would come was seen before. */
    int CUT = -1;

    /**
     * A process is about to do a step that others can notice.
     *
     * @param switches how many others could go on instead
     * @param kills    1 if it may be killed
     * @return 0: it does the step; 1 to {@code switches}: that one goes on; one more: it dies
     */
    int step(Machine machine, int switches, int kills);

    /** Nobody is running: which of those who can goes on. */
    int turn(Machine machine, int candidates);

    /** Something else than the order of steps, such as how much of a store buffer has become visible; 0 is usual. */
    int other(Machine machine, int possibilities);
}
