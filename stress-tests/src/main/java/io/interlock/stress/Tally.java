package io.interlock.stress;

import java.util.ArrayList;
import java.util.List;

/** What a run has done so far, and what went wrong: one for a command, told by all of its parts and threads. */
public final class Tally {

    private final List<String> violations = new ArrayList<>();
    private long rounds;
    private long kills;
    private long recoveries;
    private long slowestRecoveryNanos;

    /** One more thing was tried and judged. */
    public synchronized void addRound() {
        rounds++;
    }

    /** One more process was killed. */
    public synchronized void addKill() {
        kills++;
    }

    /** So many of the dead were succeeded in what they had. */
    public synchronized void addRecoveries(long count) {
        recoveries += count;
    }

    /** The survivors went on so long after a kill. */
    public synchronized void recoveredAfter(long nanos) {
        slowestRecoveryNanos = Math.max(slowestRecoveryNanos, nanos);
    }

    /** What must not be. */
    public synchronized void violation(String what) {
        violations.add(what);
    }

    public synchronized long rounds() {
        return rounds;
    }

    public synchronized long kills() {
        return kills;
    }

    public synchronized long recoveries() {
        return recoveries;
    }

    public synchronized long slowestRecoveryNanos() {
        return slowestRecoveryNanos;
    }

    /** In the order in which they were found. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public synchronized String toString() {
        return "rounds=" + rounds + " kills=" + kills + " recoveries=" + recoveries + " violations="
                + violations.size();
    }
}
