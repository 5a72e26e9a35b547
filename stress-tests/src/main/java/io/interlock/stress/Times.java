package io.interlock.stress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long something took, again and again. */
public final class Times {

    /** What is said of no times at all. */
    public static final long NONE = -1;

    private final List<Long> nanos = new ArrayList<>();

    /** One more. */
    public void add(long each) {
        nanos.add(each);
    }

    /** How many there are. */
    public int count() {
        return nanos.size();
    }

    /** The middle one, in nanoseconds; {@link #NONE} if there is none. */
    public long medianNanos() {
        return nanos.isEmpty() ? NONE : nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
    }

    /** The longest, in nanoseconds; {@link #NONE} if there is none. */
    public long maxNanos() {
        return nanos.isEmpty() ? NONE : Collections.max(nanos);
    }

    @Override
    public String toString() {
        return "Times[" + count() + ", median " + medianNanos() + " ns, longest " + maxNanos() + " ns]";
    }
}
