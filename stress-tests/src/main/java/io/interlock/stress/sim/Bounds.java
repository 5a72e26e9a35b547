package io.interlock.stress.sim;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scheduler may do in one schedule.
 *
 * @param preemptions how often it may switch from a process that could go on
 * @param kills       how many processes it may kill
 * @param buffers     whether stores linger in store buffers (TSO), or are seen at once
 * @param slices      whether a sleep ends by itself at the end of its slice, after a kill and when nobody can go on
 * @param earlySlices whether it may end so at any time after a kill
 */
record Bounds(int preemptions, int kills, boolean buffers, boolean slices, boolean earlySlices) {

    static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final Pattern CODE = Pattern.compile("(\\d+)\\.(\\d+)(b)?(s)?(e)?");

    /** Sequentially consistent memory and slices as shipped. */
    static Bounds of(int preemptions, int kills) {
        return new Bounds(preemptions, kills, false, true, false);
    }

    /** For random schedules. */
    static Bounds unbounded(int kills) {
        return new Bounds(UNBOUNDED, kills, false, true, true);
    }

    Bounds withBuffers() {
        return new Bounds(preemptions, kills, true, slices, earlySlices);
    }

    Bounds withoutSlices() {
        return new Bounds(preemptions, kills, buffers, false, false);
    }

    Bounds withPreemptions(int count) {
        return new Bounds(count, kills, buffers, slices, earlySlices);
    }

    /** Written so that it can be read again, without blanks. */
    String code() {
        return preemptions + "." + kills + (buffers ? "b" : "") + (slices ? "s" : "") + (earlySlices ? "e" : "");
    }

    /**
     * Reads what {@link #code()} has written.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Bounds parse(String code) {
        Matcher matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("bounds must match " + CODE + ", not '" + code + "'");
        }
        return new Bounds(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
                matcher.group(3) != null, matcher.group(4) != null, matcher.group(5) != null);
    }

    @Override
    public String toString() {
        return (preemptions == UNBOUNDED ? "" : preemptions + " preemptions, ") + kills + " kills"
                + (buffers ? ", store buffers" : "") + (slices ? "" : ", no slices");
    }
}
