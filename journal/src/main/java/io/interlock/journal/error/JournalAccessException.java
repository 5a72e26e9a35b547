package io.interlock.journal.error;

import io.interlock.core.error.InterlockException;

/** A file of the journal cannot be made, read, written or removed. */
public class JournalAccessException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public JournalAccessException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what was found, what was expected, and what to do
     * @param cause   the failure behind it
     */
    public JournalAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
