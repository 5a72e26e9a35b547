package io.interlock.stress.kill;

import io.interlock.stress.Failures;
import io.interlock.stress.Java;
import io.interlock.stress.Tally;
import io.interlock.stress.kill.Trial.Mode;
import io.interlock.stress.kill.Trial.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Every deed, killed or stopped at every one of its crash points. First each deed is watched once to its end, which
 * counts its points; then come all pairs of point and mode, kills first, in random order; and then again.
 */
public final class Trials implements AutoCloseable {

    private static final int AHEAD = 3;
    /** In so many trials the others come only when all is over. */
    private static final int LATE_ONE_OF = 3;
    /** The library promises a second beyond what a call asks for; this is for a machine with other things to do. */
    private static final long TOO_SLOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Tally tally;
    private final Random random;
    private final Path directory;
    private final Spares spares;
    private final Map<String, Row> rows = new TreeMap<>();
    private final List<Case> cases = new ArrayList<>();
    private final Deque<Case> next = new ArrayDeque<>();
    private final Map<String, Integer> points = new HashMap<>();
    private final Set<String> sleepers = new HashSet<>();
    private int trials;
    private int reached;
    private int passes;
    private String now = "";

    /** A crash point of a deed, and what happens there. */
    private record Case(String deed, int point, Mode mode) {
    }

    /**
     * Prepares for these deeds.
     *
     * @param names of deeds, see {@link #names()}
     * @param seed  gives the order
     */
    public Trials(List<String> names, long seed, Tally tally) throws IOException, InterruptedException {
        this(names, seed, tally, Actor.class);
    }

    /** The same with another main class in the processes. */
    Trials(List<String> names, long seed, Tally tally, Class<?> actor) throws IOException, InterruptedException {
        this.tally = tally;
        this.random = new Random(seed);
        Java.beQuiet();
        this.directory = Java.sharedMemoryDirectory("interlock-kill");
        this.spares = new Spares(directory, AHEAD, actor);
        names.forEach(name -> next.add(new Case(name, Trial.NONE, Mode.STOP_CONT)));
    }

    /** The names of all deeds. */
    public static List<String> names() {
        return Deeds.names();
    }

    /** What somebody does in each row, by its id, in the order of the crash matrix. */
    public static Map<String, String> titles() {
        return Titles.byRow();
    }

    /** How many crash points and modes there are, as far as they were counted. */
    public int cases() {
        return cases.size();
    }

    /** How often a process stood still at one of them. */
    public int reached() {
        return reached;
    }

    /** How often all of them were tried. */
    public int passes() {
        return passes;
    }

    /** What is being tried. */
    public String now() {
        return now;
    }

    /** What was seen, by id of the row of the crash matrix. */
    public Map<String, Row> rows() {
        return rows;
    }

    /** Whether somebody was to be killed at each point that was counted. */
    public boolean wasEachPointKilled() {
        return !cases.isEmpty()
                && next.stream().noneMatch(each -> each.point() == Trial.NONE || each.mode() == Mode.KILL);
    }

    /** Whether there is anything to try. */
    public boolean hasNext() {
        return !next.isEmpty();
    }

    /** Tries the next one. */
    public void round() throws IOException {
        Case present = next.remove();
        Path own = Files.createDirectory(directory.resolve("trial-" + ++trials));
        boolean early = random.nextInt(LATE_ONE_OF) > 0;
        Trial trial = new Trial(present.deed(), present.point(), present.mode(), early, own.resolve("segment"));
        now = trial.toString();
        try {
            note(present, trial.run(spares));
        } catch (Exception | AssertionError e) {
            tally.violation(Failures.describe(e));
        }
        tally.addRound();
        Java.removeAll(own);
        if (next.isEmpty()) {
            again();
        }
    }

    private void note(Case tried, Result result) {
        addCases(tried.deed(), result);
        if (result.row() != null) {
            Deed.check(Titles.byRow().containsKey(result.row()), "the crash matrix has no row " + result.row());
            rows.computeIfAbsent(result.row(), row -> new Row()).add(result);
            reached += tried.point() == Trial.NONE ? 0 : 1;
        }
        if (result.died()) {
            tally.addKill();
        }
        if (result.nanos() > 0) {
            tally.addRecoveries(1);
            tally.recoveredAfter(result.nanos());
            if (result.nanos() > TOO_SLOW_NANOS) {
                tally.violation(now + ": somebody waited " + TimeUnit.NANOSECONDS.toMillis(result.nanos()) + " ms");
            }
        }
    }

    /** A deed may take more steps than it took so far: it does not always have to wait. */
    private void addCases(String deed, Result result) {
        int known = points.getOrDefault(deed, 0);
        for (int point = known + 1; point <= result.points(); point++) {
            addCase(deed, point);
        }
        points.put(deed, Math.max(known, result.points()));
        if (result.slept() && sleepers.add(deed)) {
            addCase(deed, Trial.ASLEEP);
        }
    }

    private void addCase(String deed, int point) {
        for (Mode mode : Mode.values()) {
            cases.add(new Case(deed, point, mode));
        }
    }

    private void again() {
        passes += trials > cases.size() ? 1 : 0;
        List<Case> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, random);
        shuffled.sort(Comparator.comparing(each -> each.mode() != Mode.KILL));
        next.addAll(shuffled);
    }

    @Override
    public void close() {
        spares.close();
        Java.removeDirectory(directory);
    }

    @Override
    public String toString() {
        return "Trials[" + trials + " of " + cases.size() + ", " + tally + "]";
    }
}
