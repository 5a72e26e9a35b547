package io.interlock.bench.measure;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * What we want to reach: our median, divided by that of another one in the same run, or by a figure that is given.
 *
 * @param ours   name of our peer
 * @param theirs name of the other one; empty if there is a figure instead
 * @param ratio  at least that if more is better, at most that otherwise
 * @param figure in the unit of the row; 0 if there is another one
 */
public record Goal(String ours, String theirs, double ratio, double figure) {

    /** A goal about another one. */
    public Goal(String ours, String theirs, double ratio) {
        this(ours, theirs, ratio, 0);
    }

    /** A figure that must not be exceeded, where less is better. */
    public static Goal atMost(String ours, double figure) {
        return new Goal(ours, "", 1, figure);
    }

    /** Whether the bound is a figure that does not depend on anybody else. */
    public boolean isAbsolute() {
        return theirs.isEmpty();
    }

    /** Names of those whom it is about. */
    Stream<String> peers() {
        return isAbsolute() ? Stream.of(ours) : Stream.of(ours, theirs);
    }

    /** Whether a ratio reaches it. */
    public boolean isMetBy(Unit unit, double reached) {
        return unit.isMoreBetter() ? reached >= ratio : reached <= ratio;
    }

    /** In words, such as {@code "at most 1.05 x AtomicLong"} or {@code "at most 1.00 ms"}. */
    public String describe(Unit unit) {
        String bound = isAbsolute() ? unit.format(figure) : String.format(Locale.ROOT, "%s x %s", ratio, theirs);
        return (unit.isMoreBetter() ? "at least " : "at most ") + bound;
    }
}
