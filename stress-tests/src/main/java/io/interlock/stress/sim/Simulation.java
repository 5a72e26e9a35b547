package io.interlock.stress.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A run of chosen scenarios. Each gets a first round with all schedules within its bounds, or as many of them as there
 * is time for; then they get rounds of random schedules in turn, until somebody has had enough.
 */
public final class Simulation {

    /** Schedules of a random round. */
    private static final long ROUND = 20_000;
    /** Between two looks at the time. */
    private static final int LOOK_EVERY = 64;

    private final List<Subject> subjects;
    private final List<Violation> violations = new ArrayList<>();
    /** Whose round is next, and how often everybody has had one. */
    private int next;
    private long turns;
    private long rounds;
    private long schedules;
    private long kills;
    private long recoveries;
    private Subject now;

    /** A run of the scenarios with these names. */
    public Simulation(List<String> names) {
        subjects = new ArrayList<>(
                Catalogue.shipped().stream().filter(subject -> names.contains(subject.name())).toList());
    }

    /** All that can be chosen. */
    public static List<String> names() {
        return Catalogue.shipped().stream().map(Subject::name).toList();
    }

    /** Whether there is a scenario left that has not violated anything. */
    public boolean hasNext() {
        return !subjects.isEmpty();
    }

    /**
     * Runs the next round.
     *
     * @param seed  of the random schedules
     * @param limit most schedules
     * @param stop  whether there is no time left; asked again and again
     */
    public void round(long seed, long limit, BooleanSupplier stop) {
        now = subjects.get(next);
        Exploration exploration = new Exploration(now);
        if (turns == 0) {
            exploration.exhaust(enough(exploration, limit, stop));
        } else {
            exploration.walk(walkBounds(), seed + (turns - 1) * ROUND,
                    enough(exploration, Math.min(limit, ROUND), stop));
        }
        count(exploration);
        next++;
        if (exploration.violation() != null) {
            subjects.remove(--next);
        }
        if (next == subjects.size()) {
            next = 0;
            turns++;
        }
    }

    private BooleanSupplier enough(Exploration exploration, long limit, BooleanSupplier stop) {
        int[] calls = {0};
        return () -> exploration.schedules() >= limit || (++calls[0] % LOOK_EVERY == 0 && stop.getAsBoolean());
    }

    /** With twice as many kills as in the first round, and every second time with store buffers. */
    private Bounds walkBounds() {
        Bounds bounds = Bounds.unbounded(2 * now.bounds().kills());
        return now.bounds().buffers() || (next + turns) % 2 == 1 ? bounds.withBuffers() : bounds;
    }

    private void count(Exploration exploration) {
        rounds++;
        schedules += exploration.schedules();
        kills += exploration.kills();
        recoveries += exploration.recoveries();
        if (exploration.violation() != null) {
            violations.add(exploration.violation());
        }
    }

    /**
     * Runs the one schedule that a violation of the first chosen scenario was told with.
     *
     * @return the violation, if it is one again
     * @throws IllegalArgumentException if it is told in another way
     */
    public List<String> repeat(String told) {
        String[] parts = told.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a slash between bounds and decisions");
        }
        now = subjects.get(0);
        Exploration exploration = new Exploration(now);
        exploration.repeat(Bounds.parse(parts[0]), Decisions.parse(parts[1]));
        count(exploration);
        return violations();
    }

    public long rounds() {
        return rounds;
    }

    /** How many schedules were run to their ends. */
    public long schedules() {
        return schedules;
    }

    public long kills() {
        return kills;
    }

    /** How many locks were taken over from the dead. */
    public long recoveries() {
        return recoveries;
    }

    /** What was wrong, step by step, with how to repeat it. */
    public List<String> violations() {
        return violations.stream().map(violation -> violation + "repeat it with: ./interlock stress sim --only '^"
                + violation.subject().name() + "$' --repeat " + violation.bounds().code() + "/"
                + violation.decisions()).toList();
    }

    /** The name of the present scenario. */
    public String now() {
        return now.name();
    }

    @Override
    public String toString() {
        return "Simulation" + subjects;
    }
}
