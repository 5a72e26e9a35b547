package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.platform.CrashPoints;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import io.interlock.stress.sim.FieldNames;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The crash points of a process that does a deed: counts them, and stands still at the chosen one until it is let go on
 * or killed. A point has the name of the word that is going to change, and a number: how often that has happened.
 */
final class Points implements CrashPoints.Watcher, Stage {

    /* Design.
     *
     * Who stands still at a point has done everything before it and nothing after it, as far as the thread that acts is
     * concerned; and nobody else in its process touches the segment. So a SIGKILL that comes then is one that came
     * between these two instructions.
     */

    private final Told told;
    private final BiFunction<Mem, Points, Mem> memory;
    private final Map<String, Integer> hits = new HashMap<>();
    /** Of each segment, by its memory. */
    private final Map<Mem, FieldNames> names = new IdentityHashMap<>();
    private volatile Thread actor;
    private String stage = "";
    private int target;
    private int passed;
    private boolean waited;

    /** Who is told; each returns when the process may go on. */
    interface Told {

        /** The chosen point is reached. */
        void at(int point, String stage, String label);

        /** It has come to where the watcher does something. */
        void pausing();

        /** It is about to sleep for the first time. */
        void waiting(String stage);
    }

    /**
     * None is armed.
     *
     * @param memory makes the memory that passes them
     */
    Points(Told told, BiFunction<Mem, Points, Mem> memory) {
        this.told = told;
        this.memory = memory;
    }

    /** The calling thread begins a deed; it is to stand still before its change number {@code point}, from 1. */
    void arm(int point) {
        hits.clear();
        names.clear();
        stage = "";
        target = point;
        passed = 0;
        waited = false;
    }

    /** How many points there were. */
    int passed() {
        return passed;
    }

    @Override
    public void knows(Segment segment) {
        names.put(segment.context().mem, new FieldNames(segment.context().mem, segment.directory(), Map.of()));
    }

    @Override
    public void is(String present) {
        stage = present;
        actor = Thread.currentThread();
    }

    @Override
    public void pause() {
        told.pausing();
    }

    @Override
    public void over() {
        actor = null;
    }

    @Override
    public void at(String point) {
        if (Thread.currentThread() == actor) {
            pass(point);
        }
    }

    @Override
    public Mem around(Mem mem) {
        return memory.apply(mem, this);
    }

    @Override
    public Futex around(Futex futex, Mem mem) {
        return new WatchedFutex(futex, mem, this);
    }

    /** A word is about to be changed, slept on or woken. */
    void before(String what, Mem mem, int offset) {
        if (Thread.currentThread() == actor) {
            FieldNames known = names.get(mem);
            pass((known == null ? "segment+" + offset : known.at(offset)) + " " + what);
        }
    }

    /** The process is about to sleep. */
    void waiting() {
        if (Thread.currentThread() == actor && !waited) {
            waited = true;
            told.waiting(stage);
        }
    }

    private void pass(String label) {
        int hit = hits.merge(label, 1, Integer::sum);
        if (++passed == target) {
            told.at(passed, stage, label + " #" + hit);
        }
    }

    @Override
    public String toString() {
        return "Points[" + passed + " of " + target + ", " + stage + "]";
    }
}
