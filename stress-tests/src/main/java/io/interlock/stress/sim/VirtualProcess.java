package io.interlock.stress.sim;

import io.interlock.core.port.Context;
import io.interlock.core.port.ThreadRecord;
import java.util.Arrays;
import java.util.function.Supplier;

/** One simulated process with one thread: its program, how far it has come, and what it has been told. */
final class VirtualProcess {

    /** What can become of it. */
    enum State {
        /** Begins when another one has died. */
        UNBORN,
        /** Can go on. */
        RUNNABLE,
        /** Waits for a futex. */
        ASLEEP,
        /** Its program has ended. */
        DONE,
        /** Was killed. */
        DEAD
    }

    private static final int SAYS = -1;

    /** A letter for the trace. */
    final String name;
    final int index;
    /** Its participant slot. */
    final int slot;
    final StoreBuffer buffer = new StoreBuffer();

    State state;
    /** What it sleeps on, until when, whether that is a slice, and how many went to sleep before. */
    int sleepsOn;
    long wakeTime;
    boolean inSlice;
    int sleepOrder;
    boolean interruptible;
    /** How often it may still be interrupted. */
    int interrupts;
    /** How many of its slices have timed out when nobody could go on, and how many before. */
    int slices;
    int earlySlices;
    /** Its turn has just begun, and no step of it could have been another's instead. */
    boolean turnBegins;
    /** Whether it is being taken off the stack. */
    boolean unwinding;

    private final Machine machine;
    private final int parent;
    private final Program program;
    private int firstInterrupts;
    private Context context;
    private Context firstContext;
    private ThreadRecord record;
    private int[] operations = new int[256];
    private long[] results = new long[256];
    private int logged;
    private int replayed;
    private long history;

    VirtualProcess(Machine machine, int index, int slot, Program program, VirtualProcess parent) {
        this.machine = machine;
        this.index = index;
        this.slot = slot;
        this.name = String.valueOf((char) ('A' + index));
        this.program = program;
        this.parent = parent == null ? -1 : parent.index;
        this.record = new ThreadRecord(1, Thread.currentThread(), false);
    }

    /** Puts it back to its beginning. */
    void reset() {
        state = parent < 0 ? State.RUNNABLE : State.UNBORN;
        context = firstContext;
        interrupts = firstInterrupts;
        logged = 0;
        history = 0;
        slices = 0;
        earlySlices = 0;
        sleepOrder = 0;
        buffer.clear();
    }

    /** Says that it may be interrupted once, in a sleep that can be. */
    void interruptOnce() {
        firstInterrupts = 1;
    }

    boolean mayBeInterrupted() {
        return interrupts > 0 && interruptible;
    }

    /** Ends the preparation: what it has now it has at each beginning. */
    void begin() {
        firstContext = context;
    }

    /** Whether it begins when that process dies. */
    boolean replaces(VirtualProcess dead) {
        return parent == dead.index;
    }

    /** Its handle of the segment, or null if it has not attached yet. */
    Context context() {
        return context;
    }

    void attach(Context handle) {
        context = handle;
    }

    ThreadRecord record() {
        return record;
    }

    /** Runs the program from its beginning, up to where it came before and on. */
    void run() throws InterruptedException {
        record = new ThreadRecord(1, Thread.currentThread(), false);
        replayed = 0;
        turnBegins = true;
        unwinding = false;
        program.run(this);
    }

    /** Whether it is still to be told what it was told before. */
    boolean isReplaying() {
        return replayed < logged;
    }

    /** The result that this operation had before. */
    long replay(int operation) {
        if (operations[replayed] != operation) {
            throw new IllegalStateException("process " + name + " does not do the same for the same results: "
                    + operation + " instead of " + operations[replayed] + " at step " + replayed);
        }
        return results[replayed++];
    }

    /** Notes the result of an operation that it has just done. */
    void did(int operation, long result, boolean matters) {
        tell(operation, result, matters);
        replayed = logged;
    }

    /** Notes the result of the operation in which it sleeps. */
    void tell(int operation, long result, boolean matters) {
        if (logged == operations.length) {
            operations = Arrays.copyOf(operations, 2 * logged);
            results = Arrays.copyOf(results, 2 * logged);
        }
        operations[logged] = operation;
        results[logged] = result;
        logged++;
        history = Hash.of(history + operation, matters ? result : 0);
    }

    /**
     * Everything on which its next steps depend, and the shared memory does not show.
     *
     * @param rank place among those who sleep
     */
    long hash(int rank) {
        if (state == State.DONE || state == State.DEAD || state == State.UNBORN) {
            return state.ordinal();
        }
        long sleep = state == State.ASLEEP ? Hash.of(wakeTime, rank) : 0;
        return Hash.of(Hash.of(history + state.ordinal(), sleep), Hash.of((long) earlySlices << 32 | slices, buffer
                .hash()));
    }

    boolean isRunnable() {
        return state == State.RUNNABLE;
    }

    /** For the judge: this must be so. */
    void check(boolean condition, Supplier<String> otherwise) {
        if (isNew() && !condition) {
            machine.fail(this + " " + otherwise.get());
        }
    }

    /** For the judge: one more, or less, of what a ghost counts. */
    void add(int ghost, long delta) {
        if (isNew()) {
            machine.ghosts.set(ghost, machine.ghosts.get(ghost) + delta);
        }
    }

    /** For the judge: sets a ghost. */
    void set(int ghost, long value) {
        if (isNew()) {
            machine.ghosts.set(ghost, value);
        }
    }

    /** For the reader of a trace. */
    void note(Supplier<String> what) {
        if (isNew()) {
            machine.note(this, what);
        }
    }

    /** Whether the program says this for the first time: like an access, it is not repeated. */
    private boolean isNew() {
        if (unwinding) {
            return false;
        }
        if (isReplaying()) {
            replay(SAYS);
            return false;
        }
        did(SAYS, 0, false);
        return true;
    }

    @Override
    public String toString() {
        return "process " + name;
    }
}
