package io.interlock.journal.error;

import io.interlock.core.error.InterlockException;

/** The journal has no message of this index: it was deleted, or was not appended yet. */
public class MessageNotFoundException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public MessageNotFoundException(String message) {
        super(message);
    }
}
