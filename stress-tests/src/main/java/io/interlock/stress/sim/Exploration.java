package io.interlock.stress.sim;

import io.interlock.core.format.HeaderLayout;
import java.util.function.BooleanSupplier;

/** Runs many schedules of one subject, and stops at the first that violates something. */
final class Exploration {

    private final Subject subject;
    private final World world;
    private final Scenario scenario;
    private final FieldNames names;
    private long schedules;
    private long cut;
    private long kills;
    private long recoveries;
    private Violation violation;

    Exploration(Subject subject) {
        this.subject = subject;
        this.world = new World(subject.tweaks());
        this.scenario = subject.scenario().apply(world);
        this.names = new FieldNames(world.mem, world.auditor().directory(), world.names);
        world.machine.begin();
    }

    /**
     * Tries all schedules within the subject's bounds, those with fewer preemptions first.
     *
     * @return false if it was stopped before
     */
    boolean exhaust(BooleanSupplier stop) {
        Bounds bounds = subject.bounds();
        boolean all = true;
        for (int preemptions = 0; all && preemptions <= bounds.preemptions(); preemptions++) {
            all = exhaust(bounds.withPreemptions(preemptions), stop);
        }
        return all;
    }

    private boolean exhaust(Bounds bounds, BooleanSupplier stop) {
        DepthFirst scheduler = new DepthFirst();
        do {
            Outcome outcome = run(bounds, scheduler);
            while (world.machine.memory.hasGrown()) {
                scheduler.restart(); // there would have been other decisions before
                outcome = run(bounds, scheduler);
            }
            count(bounds, outcome);
            if (violation != null || stop.getAsBoolean()) {
                return false;
            }
        } while (scheduler.next());
        return true;
    }

    /** Tries random schedules, numbered from a seed, until told to stop. */
    void walk(Bounds bounds, long seed, BooleanSupplier stop) {
        RandomWalk scheduler = new RandomWalk();
        for (long number = seed; violation == null && !stop.getAsBoolean(); number++) {
            Outcome outcome;
            do {
                scheduler.begin(number);
                outcome = run(bounds, scheduler);
            } while (world.machine.memory.hasGrown());
            count(bounds, outcome);
        }
    }

    /** Runs the schedule with these decisions. */
    void repeat(Bounds bounds, Decisions decisions) {
        count(bounds, world.machine.repeat(bounds, decisions, null, scenario));
    }

    private Outcome run(Bounds bounds, Scheduler scheduler) {
        return world.machine.run(bounds, scheduler, scenario);
    }

    private void count(Bounds bounds, Outcome outcome) {
        if (outcome == null) {
            cut++;
            return;
        }
        schedules++;
        kills += outcome.kills();
        recoveries += world.mem.getLong(HeaderLayout.RECOVERIES_OFFSET);
        if (outcome.violation() != null) {
            violation = tell(bounds, minimal(bounds, world.machine.decisions()));
        }
    }

    /** The same schedule with fewer unusual decisions, as long as something is still wrong. */
    private Decisions minimal(Bounds bounds, Decisions found) {
        Decisions best = found;
        for (int i = found.size() - 1; i >= 0; i--) {
            Decisions fewer = best.without(i);
            if (world.machine.repeat(bounds, fewer, null, scenario).violation() != null) {
                best = fewer;
            }
        }
        return best;
    }

    private Violation tell(Bounds bounds, Decisions decisions) {
        Trace trace = new Trace(names);
        Outcome outcome = world.machine.repeat(bounds, decisions, trace, scenario);
        return new Violation(subject, bounds, outcome.violation(), decisions, trace.toString());
    }

    /** What was wrong, or null. */
    Violation violation() {
        return violation;
    }

    /** How many schedules were run to their ends. */
    long schedules() {
        return schedules;
    }

    /** How many were cut off, since they came to a state that was seen before. */
    long cut() {
        return cut;
    }

    long kills() {
        return kills;
    }

    long recoveries() {
        return recoveries;
    }

    @Override
    public String toString() {
        return "Exploration[" + subject.name() + ", " + schedules + " schedules, " + cut + " cut]";
    }
}
