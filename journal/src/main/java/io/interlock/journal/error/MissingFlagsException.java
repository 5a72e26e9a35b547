package io.interlock.journal.error;

import io.interlock.core.error.InterlockException;

/** This JVM was started without flags that Chronicle Queue needs. */
public class MissingFlagsException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public MissingFlagsException(String message) {
        super(message);
    }
}
