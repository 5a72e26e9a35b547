package io.interlock.memory.error;

import io.interlock.core.error.InterlockException;

/** The queue was shut down: nothing more can be put, or everything was taken. */
public class QueueShutDownException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public QueueShutDownException(String message) {
        super(message);
    }
}
