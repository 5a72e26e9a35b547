package io.interlock.stress.kill;

import io.interlock.stress.Times;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What was seen in one row of the crash matrix. */
public final class Row {

    private final Map<String, Integer> afterDeath = new LinkedHashMap<>();
    private final Map<String, Integer> whileStopped = new LinkedHashMap<>();
    private final Times times = new Times();

    /** One more trial. */
    void add(Trial.Result result) {
        if (result.stopped() != null) {
            whileStopped.merge(result.stopped(), 1, Integer::sum);
        }
        if (result.died()) {
            afterDeath.merge(result.seen(), 1, Integer::sum);
            if (result.nanos() > 0) {
                times.add(result.nanos());
            }
        }
    }

    /** How often somebody was killed there. */
    public int killed() {
        return total(afterDeath);
    }

    /** How often somebody was stopped there. */
    public int stopped() {
        return total(whileStopped);
    }

    /** What the others saw after a death, each with how often unless it was always the same. */
    public String afterDeath() {
        return describe(afterDeath);
    }

    /** What the others saw while it was stopped. */
    public String whileStopped() {
        return describe(whileStopped);
    }

    /** From the kill until somebody went on, of all that had to wait. */
    public Times times() {
        return times;
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String describe(Map<String, Integer> counts) {
        if (counts.size() <= 1) {
            return String.join("", counts.keySet());
        }
        return counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")").collect(Collectors.joining("; or "));
    }

    @Override
    public String toString() {
        return afterDeath + " " + whileStopped;
    }
}
