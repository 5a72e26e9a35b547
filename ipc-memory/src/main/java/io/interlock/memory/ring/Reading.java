package io.interlock.memory.ring;

/**
 * One way of showing messages to foreign code where they lie, one after the other, each gone when the code has
 * returned.
 *
 * <pre>{@code
 * int at = reading.begin();
 * try {
 *     while (at >= 0) {
 *         ... look at the record at offset at ...
 *         at = reading.next();
 *     }
 * } finally {
 *     reading.end();
 * }
 * }</pre>
 */
public interface Reading {

    /**
     * Finds the oldest message, and holds the side then; never waits for one.
     *
     * @return its offset, or one of the negative results of {@link Taking#begin}: then there is nothing to end
     */
    int begin();

    /** The message that was found is gone; finds the one after it, or says as {@link #begin} that there is none. */
    int next();

    /** Frees the side; a message that was begun and not passed stays. */
    void end();
}
