package io.interlock.sync;

/** The word of an event, {@code times set:63 | SET:1}. Pure functions, no memory. */
final class EventState {

    private static final long SET = 1;
    private static final long ONE_TIME = 2;

    private EventState() {
    }

    static boolean isSet(long state) {
        return (state & SET) != 0;
    }

    /** How often the event has gone from clear to set. */
    static long timesSet(long state) {
        return state >>> 1;
    }

    /** The state after setting a clear event. */
    static long set(long state) {
        return state + ONE_TIME | SET;
    }

    static long cleared(long state) {
        return state & ~SET;
    }
}
