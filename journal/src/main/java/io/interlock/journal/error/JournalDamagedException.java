package io.interlock.journal.error;

import io.interlock.core.error.InterlockException;

/** A file of the journal was cut short, removed or written over by somebody else. */
public class JournalDamagedException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public JournalDamagedException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what was found, what was expected, and what to do
     * @param cause   the failure behind it
     */
    public JournalDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
