package io.interlock.stress.history;

/** How an operation ended. */
public enum Ending {
    /** It did not, as far as its log knows. */
    PENDING,
    /** It returned a result. */
    RETURNED,
    /** It timed out, was refused or interrupted, and promised to have done nothing. */
    WITHOUT_EFFECT;

    private static final Ending[] ALL = values();

    /** The one with this ordinal, which a log has. */
    static Ending of(int ordinal) {
        return ALL[ordinal];
    }
}
