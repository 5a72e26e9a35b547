package io.interlock.bench.measure;

import java.util.Locale;

/**
 * What we want to reach: our median, divided by that of another one in the same run.
 *
 * @param ours   name of our peer
 * @param theirs name of the other one
 * @param ratio  at least that if more is better, at most that otherwise
 */
public record Goal(String ours, String theirs, double ratio) {

    /** Whether a ratio reaches it. */
    public boolean isMetBy(Unit unit, double reached) {
        return unit.isMoreBetter() ? reached >= ratio : reached <= ratio;
    }

    /** In words, such as {@code "at most 1.05 x AtomicLong"}. */
    public String describe(Unit unit) {
        return String.format(Locale.ROOT, "%s %s x %s", unit.isMoreBetter() ? "at least" : "at most", ratio, theirs);
    }
}
