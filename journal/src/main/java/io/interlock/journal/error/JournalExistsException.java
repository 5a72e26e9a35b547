package io.interlock.journal.error;

import io.interlock.core.error.InterlockException;

/** The directory has a journal already, or something else in it. */
public class JournalExistsException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public JournalExistsException(String message) {
        super(message);
    }
}
