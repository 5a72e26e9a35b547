package io.interlock.journal.error;

import io.interlock.core.error.InterlockException;

/** Somebody has the tailer of this name. */
public class TailerInUseException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public TailerInUseException(String message) {
        super(message);
    }
}
