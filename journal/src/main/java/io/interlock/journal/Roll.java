package io.interlock.journal;

import java.time.Duration;

/** How often a journal begins a new file. Only whole files are ever deleted, see {@link Retention}. Times are UTC. */
public enum Roll {

    /** Each second: for tests and demonstrations. */
    SECOND(1, Duration.ofSeconds(1)),
    /** Each minute. */
    MINUTE(2, Duration.ofMinutes(1)),
    /** Each hour. */
    HOUR(3, Duration.ofHours(1)),
    /** Each day. */
    DAY(4, Duration.ofDays(1));

    /** Number in the segment. */
    final int number;
    private final Duration length;

    Roll(int number, Duration length) {
        this.number = number;
        this.length = length;
    }

    /** Time from one file to the next. */
    public Duration length() {
        return length;
    }

    /** Name of the roll with this number, for people. */
    static String nameOf(int number) {
        Roll roll = of(number);
        return roll == null ? "unknown (" + number + ")" : roll.name();
    }

    /** The roll with this number, or null. */
    static Roll of(int number) {
        for (Roll roll : values()) {
            if (roll.number == number) {
                return roll;
            }
        }
        return null;
    }
}
