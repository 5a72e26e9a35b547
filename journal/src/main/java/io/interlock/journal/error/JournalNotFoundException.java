package io.interlock.journal.error;

import io.interlock.core.error.InterlockException;

/** There is no journal in the directory. */
public class JournalNotFoundException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public JournalNotFoundException(String message) {
        super(message);
    }
}
