package io.interlock.stress.history;

/** What an operation does. The order is part of the logs; each is told by its object what it means. */
public enum Action {
    /** One turn of a worker, around the operations that it consists of; judged by nobody. */
    TURN,
    /** A process was killed; written by nobody, see {@link Death}. */
    DEATH,
    /** Returns the value of a register. */
    GET,
    /** Sets a register to the argument; or an event. */
    SET,
    /** Adds the argument to a register; the result is what it was. */
    GET_AND_ADD,
    /** Sets a register to the second argument if it has the first; the result is 1 or 0. */
    COMPARE_AND_SET,
    /** Acquires a lock; the result is 1 if the previous owner is said to have died, else 0. */
    LOCK,
    /** The same, or -1 if somebody else had it. */
    TRY_LOCK,
    /** Releases a lock. */
    UNLOCK,
    /** Takes a permit. */
    ACQUIRE,
    /** Takes a permit if there is one; the result is 1 or 0. */
    TRY_ACQUIRE,
    /** Adds a permit. */
    RELEASE,
    /** Clears an event. */
    CLEAR,
    /** Whether an event is set: 1 or 0. */
    IS_SET,
    /** Waits for an event; 1, or 0 if it was not set in time, which is then the argument in nanoseconds. */
    AWAIT,
    /** Puts the value of the argument into a queue; or as many consecutive values as the second one says, at once. */
    PUT,
    /** Takes a value from a queue. */
    TAKE,
    /** Takes as many values as the argument says at most; each taken one is a {@link #TAKE} as well. */
    TAKE_UP_TO,
    /** Removes the value of the argument from wherever it is; 1, or 0 if it was not there. */
    REMOVE,
    /** Whether a queue is empty: 1 or 0. */
    IS_EMPTY,
    /** Was told that no value will ever come again. */
    END;

    private static final Action[] ALL = values();

    /** The one with this ordinal, which a log has. */
    static Action of(int ordinal) {
        return ALL[ordinal];
    }
}
