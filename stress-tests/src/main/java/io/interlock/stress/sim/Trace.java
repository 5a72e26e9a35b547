package io.interlock.stress.sim;

import io.interlock.core.port.Futex.Wake;

/** One schedule, told step by step. */
final class Trace {

    private final FieldNames names;
    private final StringBuilder text = new StringBuilder();
    private VirtualProcess last;
    private int steps;

    Trace(FieldNames names) {
        this.names = names;
    }

    void access(VirtualProcess by, String what, int offset, long was, long is) {
        String value = was == is ? names.describe(offset, was)
                : names.describe(offset, was) + " -> " + names.describe(offset, is);
        line(by, what, names.at(offset), value);
    }

    void call(VirtualProcess by, String what, int offset, String result) {
        line(by, what, names.at(offset), result);
    }

    void sleeps(VirtualProcess process, int offset) {
        line(process, "sleeps", names.at(offset), process.inSlice ? "" : "with a time limit");
    }

    void endsSleep(VirtualProcess process, Wake how) {
        line(process, how == Wake.INTERRUPTED ? "is interrupted" : "times out", "", "");
    }

    void killed(VirtualProcess victim) {
        line(victim, "KILLED", "", "");
    }

    void note(VirtualProcess by, String what) {
        line(by, "-", what, "");
    }

    void say(String what) {
        text.append("      ").append(what).append('\n');
    }

    private void line(VirtualProcess by, String what, String field, String value) {
        if (by != last) {
            text.append('\n');
            last = by;
        }
        text.append(String.format("%5d %s %-9s %-28s %s", ++steps, by.name, what, field, value).stripTrailing())
                .append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
