package io.interlock.memory.error;

import io.interlock.core.error.InterlockException;

/** The other end of the pipe was closed or has died, and everything that it sent was received. */
public class EndOfStreamException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public EndOfStreamException(String message) {
        super(message);
    }
}
