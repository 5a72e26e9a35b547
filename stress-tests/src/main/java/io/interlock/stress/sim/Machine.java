package io.interlock.stress.sim;

import io.interlock.core.port.Futex.Wake;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The simulated machine: memory, clock, futexes, lock bytes, and the virtual processes that take turns on it. One
 * schedule is one run from the start image until nobody can go on.
 */
final class Machine {

    /* Design.
     *
     * There are no threads. A process that loses its turn is taken off the stack by an Error, and when it gets its turn
     * again its program runs from the beginning, fed with the results that its accesses had before, until it comes to
     * where it was; only from there on its accesses do anything. That costs some nanoseconds for each access so far,
     * where a hand-off between threads costs microseconds, and it makes a kill the same as a switch: a process that
     * never gets another turn.
     *
     * A step is one access to shared memory, or one system call, and happens at once. Before it the scheduler may
     * switch, if others could notice the step: if the word is shared (Memory), or it is a system call. It may kill
     * before steps that change something; a kill before a load is the same as one before the next change, since a
     * process that only reads is not noticed. A process that does not run is killed when somebody is about to ask
     * whether it lives: earlier, nobody could tell. So the number of decisions is small, and nothing is left out.
     *
     * Preemptions are counted, turns are not: when the running process sleeps or ends, who is next is free.
     *
     * Time stands still but for those who time out, and a jump that a scenario may allow; so durations say nothing
     * here, only the order does. A wait shorter than any slice of the library is its caller's own, and may time out at
     * any time. A slice may only after a kill: before, whoever needs one to go on has lost a wake-up. Where a scenario
     * says so, a sleeper may be interrupted.
     */

    /** Who waits shorter does not do so for a slice's sake. */
    static final long SHORTEST_SLICE_NANOS = 2_000_000;

    private static final int MAX_STEPS = 20_000;
    /** Slices of one process without which no end was reached: it is stuck. */
    private static final int MAX_SLICES = 4;

    private static final int LOAD = 1 << 28;
    private static final int STORE = 2 << 28;
    private static final int CAS = 3 << 28;
    private static final int SET = 4 << 28;
    private static final int ADD = 5 << 28;
    private static final int CALL = 6 << 28;
    /** Beside how a sleep has ended: the thread was interrupted. */
    private static final int INTERRUPT = 1 << 8;
    private static final int AWAIT = CALL + 1;
    private static final int WAKE = CALL + 2;
    private static final int BARRIER = CALL + 3;
    private static final int CLOCK = CALL + 4;
    private static final int ASK = CALL + 5;
    private static final int TAKE = CALL + 6;
    private static final int FENCE = CALL + 7;

    final Memory memory;
    final Ghosts ghosts = new Ghosts();
    final List<VirtualProcess> processes = new ArrayList<>();

    private final VirtualProcess[] holders;
    private final VirtualProcess[] candidates = new VirtualProcess[8];
    private Watcher watcher = Watcher.NOBODY;
    private int watchedFrom;
    private int watchedTo;
    private Bounds bounds;
    private Scheduler scheduler;
    /** What to repeat, in the place of a scheduler; and what was decided. */
    private Decisions script;
    private final Decisions decisions = new Decisions();
    private int moment;
    private Trace trace;
    private VirtualProcess running;
    private VirtualProcess next;
    private long now;
    private int jumps;
    private int firstJumps;
    private long jumpNanos;
    private int sleeps;
    private int steps;
    private int preemptions;
    private int kills;
    private boolean cut;
    private String violation;

    /** A machine with so many bytes of memory, and lock bytes for so many participant slots. */
    Machine(int length, int slots) {
        memory = new Memory(length);
        holders = new VirtualProcess[slots];
    }

    /** Who is told what happens. */
    interface Watcher {

        Watcher NOBODY = new Watcher() {
        };

        /** A process was killed; what it had stored is visible. */
        default void killed(VirtualProcess process) {
        }

        /** A watched word has changed. */
        default void changed(long before, long after, VirtualProcess by) {
        }
    }

    /** Says who is told of kills, and of changes of the words from this offset to that. */
    void watch(int from, int to, Watcher who) {
        watchedFrom = from;
        watchedTo = to;
        watcher = who;
    }

    /** Lets so much time pass once when somebody looks at the clock, so that waits do not end in a sleep only. */
    void mayJumpOnce(long nanos) {
        firstJumps = 1;
        jumpNanos = nanos;
    }

    /** Ends the preparation: every schedule begins with what is in memory now. */
    void begin() {
        memory.keepAsImage();
        processes.forEach(VirtualProcess::begin);
    }

    /** Runs one schedule; null if the scheduler has cut it off. */
    Outcome run(Bounds within, Scheduler by, ScheduleJudge judge) {
        scheduler = by;
        script = null;
        trace = null;
        return run(within, judge);
    }

    /** Runs the schedule with these decisions, and tells it step by step if there is a trace. */
    Outcome repeat(Bounds within, Decisions told, Trace into, ScheduleJudge judge) {
        scheduler = null;
        script = told.again();
        trace = into;
        return run(within, judge);
    }

    private Outcome run(Bounds within, ScheduleJudge judge) {
        bounds = within;
        reset();
        try {
            for (VirtualProcess process = choose(); process != null; process = choose()) {
                turn(process);
            }
        } catch (Unwind e) {
            running = null;
        }
        if (!cut && violation == null) {
            judgeEnd(judge);
        }
        return cut && violation == null ? null : new Outcome(kills, steps, violation);
    }

    private void reset() {
        memory.reset();
        decisions.clear();
        moment = 0;
        ghosts.reset();
        processes.forEach(VirtualProcess::reset);
        for (int slot = 0; slot < holders.length; slot++) {
            holders[slot] = null;
        }
        processes.stream().filter(VirtualProcess::isRunnable).forEach(this::hold);
        running = null;
        next = null;
        now = 0;
        jumps = firstJumps;
        sleeps = 0;
        steps = 0;
        preemptions = 0;
        kills = 0;
        cut = false;
        violation = null;
    }

    /** A process that is attached from its beginning holds its lock byte; any other one has to take it. */
    private void hold(VirtualProcess process) {
        if (process.context() != null) {
            holders[process.slot] = process;
        }
    }

    private void judgeEnd(ScheduleJudge judge) {
        for (VirtualProcess process : processes) {
            if (process.state == VirtualProcess.State.ASLEEP && violation == null && !judge.mayWait(process)) {
                violation = process + " is stuck; it sleeps, and nobody will wake it";
            }
        }
        if (violation == null) {
            try {
                violation = judge.judge();
            } catch (RuntimeException e) {
                violation = "what is left cannot be used: " + e;
            }
        }
    }

    // Whose turn it is.

    private VirtualProcess choose() {
        VirtualProcess chosen = next;
        next = null;
        if (cut || violation != null) {
            return null;
        }
        boolean last = false;
        if (chosen == null) {
            int count = mayAnybodyGoOn() ? candidates(null) : 0;
            last = count == 0;
            count = last ? sleepers() : count;
            if (count == 0) {
                return null;
            }
            chosen = decideTurn(count);
        }
        if (chosen.state == VirtualProcess.State.ASLEEP) {
            endSleep(chosen, last);
        }
        return chosen;
    }

    /** If there are only some who might be interrupted, it is decided whether that happens. */
    private boolean mayAnybodyGoOn() {
        boolean interrupts = false;
        for (VirtualProcess process : processes) {
            if (process.isRunnable() || mayTimeOut(process)) {
                return true;
            }
            interrupts |= mayEndSleep(process);
        }
        return interrupts && decideOther(2) == 1;
    }

    /** Those who can go on, but for this one. */
    private int candidates(VirtualProcess but) {
        int count = 0;
        for (VirtualProcess process : processes) {
            if (process != but && (process.isRunnable() || mayEndSleep(process))) {
                candidates[count++] = process;
            }
        }
        return count;
    }

    private boolean mayEndSleep(VirtualProcess process) {
        return process.state == VirtualProcess.State.ASLEEP && process.mayBeInterrupted() || mayTimeOut(process);
    }

    private boolean mayTimeOut(VirtualProcess process) {
        return process.state == VirtualProcess.State.ASLEEP && (!process.inSlice
                || bounds.earlySlices() && kills > 0 && process.earlySlices < MAX_SLICES);
    }

    /** When nobody can go on: those whose slice is over, who have had the fewest. */
    private int sleepers() {
        if (!bounds.slices() || kills == 0) {
            return 0;
        }
        int fewest = MAX_SLICES;
        for (VirtualProcess process : processes) {
            if (process.state == VirtualProcess.State.ASLEEP) {
                fewest = Math.min(fewest, process.slices);
            }
        }
        int count = 0;
        for (VirtualProcess process : processes) {
            if (process.state == VirtualProcess.State.ASLEEP && process.slices == fewest && fewest < MAX_SLICES) {
                candidates[count++] = process;
            }
        }
        return count;
    }

    private void endSleep(VirtualProcess process, boolean last) {
        if (!last && process.mayBeInterrupted() && (!mayTimeOut(process) || decideOther(2) == 1)) {
            wakeUp(process, Wake.INTERRUPTED, true);
            return;
        }
        now = Math.max(now, process.wakeTime);
        process.slices += last ? 1 : 0;
        process.earlySlices += !last && process.inSlice ? 1 : 0;
        wakeUp(process, Wake.TIMED_OUT, false);
    }

    private void wakeUp(VirtualProcess process, Wake how, boolean interrupted) {
        process.state = VirtualProcess.State.RUNNABLE;
        process.interrupts -= interrupted ? 1 : 0;
        process.tell(AWAIT, how.ordinal() | (interrupted ? INTERRUPT : 0), true);
        if (trace != null && how != Wake.WOKEN) {
            trace.endsSleep(process, how);
        }
    }

    private void turn(VirtualProcess process) {
        running = process;
        try {
            process.run();
            if (!process.unwinding) {
                end(process);
            }
        } catch (Unwind e) {
            // Its turn is over.
        } catch (InterruptedException | RuntimeException | Error e) {
            if (!process.unwinding) {
                fail(process + " throws " + e);
            }
        }
        Thread.interrupted();
        running = null;
    }

    private void end(VirtualProcess process) {
        if (!process.buffer.isEmpty()) {
            decide(process, true, false);
            drain(process);
        }
        process.state = VirtualProcess.State.DONE;
    }

    // Decisions.

    /**
     * Before a step of the running process.
     *
     * @param visible whether others can notice it
     * @param changes whether it changes something
     */
    private void decide(VirtualProcess me, boolean visible, boolean changes) {
        moment++;
        if (script != null) {
            obey(me, script.at(moment));
            return;
        }
        if (!visible) {
            return;
        }
        boolean first = me.turnBegins;
        me.turnBegins = false;
        int switches = first || preemptions >= bounds.preemptions() ? 0 : candidates(me);
        int deaths = changes && kills < bounds.kills() ? 1 : 0;
        if (switches + deaths > 0) {
            int choice = decided(scheduler.step(this, switches, deaths));
            obey(me, choice == 0 ? Decisions.USUAL
                    : choice > switches ? Decisions.KILL : Decisions.goesOn(candidates[choice - 1]));
        }
    }

    private void obey(VirtualProcess me, int code) {
        if (code == Decisions.USUAL) {
            return;
        }
        decisions.add(moment, code);
        if (code == Decisions.KILL) {
            kill(me);
            throw leave(me);
        }
        for (int i = candidates(me) - 1; i >= 0; i--) {
            if (Decisions.goesOn(candidates[i]) == code) {
                preemptions++;
                next = candidates[i];
                throw leave(me);
            }
        }
    }

    private VirtualProcess decideTurn(int count) {
        moment++;
        int chosen = 0;
        if (script != null) {
            int code = script.at(moment);
            for (int i = 0; i < count; i++) {
                chosen = Decisions.goesOn(candidates[i]) == code ? i : chosen;
            }
        } else if (count > 1) {
            chosen = decided(scheduler.turn(this, count));
        }
        decisions.add(moment, chosen == 0 ? Decisions.USUAL : Decisions.goesOn(candidates[chosen]));
        return candidates[chosen];
    }

    private int decideOther(int possibilities) {
        moment++;
        int choice = script != null ? Math.min(script.at(moment), possibilities - 1)
                : decided(scheduler.other(this, possibilities));
        decisions.add(moment, choice);
        return choice;
    }

    private int decided(int choice) {
        if (choice == Scheduler.CUT) {
            cut = true;
            throw running == null ? Unwind.NOW : leave(running);
        }
        return choice;
    }

    /** What was unusual in the last schedule. */
    Decisions decisions() {
        return decisions.again();
    }

    private Unwind leave(VirtualProcess me) {
        me.unwinding = true;
        return Unwind.NOW;
    }

    private void kill(VirtualProcess victim) {
        drain(victim);
        victim.state = VirtualProcess.State.DEAD;
        kills++;
        for (int slot = 0; slot < holders.length; slot++) {
            if (holders[slot] == victim) {
                holders[slot] = null;
            }
        }
        if (trace != null) {
            trace.killed(victim);
        }
        for (VirtualProcess process : processes) {
            if (process.replaces(victim) && process.state == VirtualProcess.State.UNBORN) {
                process.state = VirtualProcess.State.RUNNABLE;
                hold(process);
            }
        }
        watcher.killed(victim);
    }

    // Memory.

    long load(int offset, int size) {
        VirtualProcess me = running;
        if (me == null) {
            return memory.get(offset, size);
        }
        int operation = LOAD | offset;
        if (enter(me, operation)) {
            return me.replay(operation);
        }
        before(me, offset, false);
        settle(me, offset, size);
        int index = bounds.buffers() ? me.buffer.newest(offset, size) : -1;
        while (index >= 0 && !me.buffer.covers(index, offset, size)) {
            drainFirst(me); // no processor forwards a part of a store; it waits
            index = me.buffer.newest(offset, size);
        }
        long value = index >= 0 ? me.buffer.value(index) : memory.get(offset, size);
        return done(me, operation, offset, value, "load", value, value);
    }

    void store(int offset, int size, long value, boolean drains) {
        VirtualProcess me = running;
        if (me == null) {
            memory.put(offset, size, value);
            return;
        }
        int operation = STORE | offset;
        if (enter(me, operation)) {
            me.replay(operation);
            return;
        }
        before(me, offset, true);
        long was = memory.get(offset, size);
        if (bounds.buffers() && !drains) {
            me.buffer.add(offset, size, value);
            done(me, operation, offset, 0, "buffer", was, value);
            return;
        }
        drain(me);
        settle(me, offset, size);
        put(me, offset, size, value);
        done(me, operation, offset, 0, "store", was, value);
    }

    boolean cas(int offset, int size, long expected, long update) {
        VirtualProcess me = running;
        if (me == null) {
            boolean equal = memory.get(offset, size) == expected;
            if (equal) {
                memory.put(offset, size, update);
            }
            return equal;
        }
        int operation = CAS | offset;
        if (enter(me, operation)) {
            return me.replay(operation) != 0;
        }
        before(me, offset, true);
        drain(me);
        settle(me, offset, size);
        long seen = memory.get(offset, size);
        boolean equal = seen == expected;
        if (equal) {
            put(me, offset, size, update);
        }
        return done(me, operation, offset, equal ? 1 : 0, equal ? "cas" : "cas fails", seen, equal ? update : seen) !=
                0;
    }

    long getAndSet(int offset, int size, long value) {
        return exchange(SET | offset, offset, size, value, false);
    }

    long getAndAdd(int offset, int size, long delta) {
        return exchange(ADD | offset, offset, size, delta, true);
    }

    private long exchange(int operation, int offset, int size, long operand, boolean add) {
        VirtualProcess me = running;
        if (me == null) {
            long was = memory.get(offset, size);
            memory.put(offset, size, add ? was + operand : operand);
            return was;
        }
        if (enter(me, operation)) {
            return me.replay(operation);
        }
        before(me, offset, true);
        drain(me);
        settle(me, offset, size);
        long was = memory.get(offset, size);
        put(me, offset, size, add ? was + operand : operand);
        return done(me, operation, offset, was, add ? "add" : "swap", was, add ? was + operand : operand);
    }

    void fence() {
        VirtualProcess me = running;
        if (me != null && bounds.buffers()) {
            if (enter(me, FENCE)) {
                me.replay(FENCE);
                return;
            }
            decide(me, true, false);
            drain(me);
            me.did(FENCE, 0, false);
        }
    }

    /** Whether the operation was done before, by an earlier run of the program. */
    private boolean enter(VirtualProcess me, int operation) {
        if (me.unwinding) {
            throw Unwind.NOW;
        }
        return me.isReplaying();
    }

    private void before(VirtualProcess me, int offset, boolean write) {
        if (++steps > MAX_STEPS) {
            fail(me + " goes on without end");
        }
        decide(me, memory.touch(me.index, offset, write), write);
    }

    private long done(VirtualProcess me, int operation, int offset, long result, String what, long was, long is) {
        me.did(operation, result, !memory.countsNothing(offset));
        if (trace != null) {
            trace.access(me, what, offset, was, is);
        }
        return result;
    }

    private void put(VirtualProcess by, int offset, int size, long value) {
        long was = memory.get(offset, size);
        memory.put(offset, size, value);
        if (offset >= watchedFrom && offset < watchedTo && was != value) {
            watcher.changed(was, value, by);
        }
    }

    /** Makes what the process has stored visible to all. */
    private void drain(VirtualProcess process) {
        while (!process.buffer.isEmpty()) {
            drainFirst(process);
        }
    }

    private void drainFirst(VirtualProcess process) {
        StoreBuffer buffer = process.buffer;
        int offset = buffer.firstOffset();
        if (trace != null) {
            trace.access(process, "drain", offset, memory.get(offset, buffer.firstSize()), buffer.firstValue());
        }
        put(process, offset, buffer.firstSize(), buffer.firstValue());
        buffer.removeFirst();
    }

    /** Decides how much of what others have stored in these bytes is visible by now. */
    private void settle(VirtualProcess me, int offset, int size) {
        if (!bounds.buffers()) {
            return;
        }
        for (VirtualProcess process : processes) {
            int stores = process == me ? 0 : process.buffer.count(offset, size);
            int visible = stores == 0 ? 0 : decideOther(stores + 1);
            while (stores - visible < process.buffer.count(offset, size)) {
                drainFirst(process);
            }
        }
    }

    // System calls; each of them goes through the kernel, which drains.

    Wake await(int offset, int expected, long nanos, boolean interruptible) {
        VirtualProcess me = running;
        if (enter(me, AWAIT)) {
            int result = (int) me.replay(AWAIT);
            if ((result & INTERRUPT) != 0) {
                Thread.currentThread().interrupt();
            }
            return Wake.values()[result & ~INTERRUPT];
        }
        decide(me, true, true);
        drain(me);
        if ((int) memory.get(offset, Integer.BYTES) != expected) {
            return result(me, offset, Wake.CHANGED);
        }
        if (nanos <= 0) {
            return result(me, offset, Wake.TIMED_OUT);
        }
        me.state = VirtualProcess.State.ASLEEP;
        me.sleepsOn = offset;
        me.wakeTime = now + nanos;
        me.inSlice = nanos >= SHORTEST_SLICE_NANOS;
        me.interruptible = interruptible;
        me.sleepOrder = ++sleeps;
        if (trace != null) {
            trace.sleeps(me, offset);
        }
        throw leave(me);
    }

    private Wake result(VirtualProcess me, int offset, Wake wake) {
        me.did(AWAIT, wake.ordinal(), true);
        if (trace != null) {
            trace.call(me, "await", offset, wake.toString());
        }
        return wake;
    }

    int wake(int offset, int count) {
        VirtualProcess me = running;
        if (me == null) {
            return 0;
        }
        if (enter(me, WAKE)) {
            return (int) me.replay(WAKE);
        }
        decide(me, true, true);
        drain(me);
        int woken = 0;
        StringBuilder who = new StringBuilder();
        VirtualProcess sleeper = longestAsleep(offset);
        while (woken < count && sleeper != null) {
            boolean interrupted = sleeper.mayBeInterrupted() && decideOther(2) == 1;
            wakeUp(sleeper, Wake.WOKEN, interrupted);
            woken++;
            if (trace != null) {
                who.append(sleeper.name).append(interrupted ? ", who is interrupted as well " : " ");
            }
            sleeper = longestAsleep(offset);
        }
        me.did(WAKE, woken, true);
        if (trace != null) {
            trace.call(me, "wake", offset, woken == 0 ? "nobody" : who.toString());
        }
        return woken;
    }

    private VirtualProcess longestAsleep(int offset) {
        VirtualProcess longest = null;
        for (VirtualProcess process : processes) {
            if (process.state == VirtualProcess.State.ASLEEP && process.sleepsOn == offset
                    && (longest == null || process.sleepOrder < longest.sleepOrder)) {
                longest = process;
            }
        }
        return longest;
    }

    /** Makes what everybody has stored visible. */
    boolean barrier() {
        VirtualProcess me = running;
        if (me == null) {
            return true;
        }
        if (enter(me, BARRIER)) {
            return me.replay(BARRIER) != 0;
        }
        decide(me, true, false);
        processes.forEach(this::drain);
        me.did(BARRIER, 1, true);
        note(me, () -> "barrier");
        return true;
    }

    long nanoTime() {
        VirtualProcess me = running;
        if (me == null) {
            return now;
        }
        if (enter(me, CLOCK)) {
            return me.replay(CLOCK);
        }
        if (jumps > 0 && decideOther(2) == 1) {
            jumps--;
            now += jumpNanos;
        }
        me.did(CLOCK, now, true);
        return now;
    }

    /** Whether a process holds the lock byte of a slot. */
    boolean isHeld(int slot) {
        VirtualProcess me = running;
        if (me == null) {
            return holders[slot] != null;
        }
        if (enter(me, ASK)) {
            return me.replay(ASK) != 0;
        }
        decide(me, true, false);
        drain(me);
        VirtualProcess holder = holders[slot];
        if (holder != null && holder != me && holder.state != VirtualProcess.State.DONE && kills < bounds.kills()
                && decideOther(2) == 1) {
            kill(holder);
        }
        boolean held = holders[slot] != null;
        me.did(ASK, held ? 1 : 0, true);
        note(me, () -> "asks for slot " + slot + ": " + (held ? "alive" : "dead"));
        return held;
    }

    /** Takes the lock byte of a slot, if nobody holds it. */
    boolean take(int slot) {
        VirtualProcess me = running;
        if (enter(me, TAKE)) {
            return me.replay(TAKE) != 0;
        }
        decide(me, true, true);
        drain(me);
        boolean free = holders[slot] == null;
        if (free) {
            holders[slot] = me;
        }
        me.did(TAKE, free ? 1 : 0, true);
        note(me, () -> "takes slot " + slot + ": " + free);
        return free;
    }

    // What happened.

    /** Ends the schedule: something is wrong. */
    void fail(String what) {
        violation = what;
        if (trace != null) {
            trace.say("violation: " + what);
        }
        if (running != null) {
            throw leave(running);
        }
    }

    void note(VirtualProcess process, Supplier<String> what) {
        if (trace != null) {
            trace.note(process, what.get());
        }
    }

    /** Whether anybody was killed in this schedule. */
    boolean hasKilled() {
        return kills > 0;
    }

    /** The state of everything, at a decision: the same for the same future. */
    long hash() {
        long hash = Hash.of(memory.hash(), Hash.of(now, jumps));
        for (VirtualProcess process : processes) {
            hash = Hash.of(hash, process.hash(rank(process)));
        }
        for (int slot = 0; slot < holders.length; slot++) {
            hash = Hash.of(hash, holders[slot] == null ? -1 : holders[slot].index);
        }
        int turn = running == null ? -1 : running.index * 2 + (running.turnBegins ? 1 : 0);
        return Hash.of(Hash.of(hash, ghosts.hash()), Hash.of(turn, (long) kills << 32 | preemptions));
    }

    private int rank(VirtualProcess sleeper) {
        int rank = 0;
        for (VirtualProcess process : processes) {
            rank += process.state == VirtualProcess.State.ASLEEP && process.sleepOrder < sleeper.sleepOrder ? 1 : 0;
        }
        return rank;
    }

    @Override
    public String toString() {
        return "Machine" + processes;
    }
}
