package io.interlock.memory.error;

import io.interlock.core.error.SegmentFormatException;

/** What the queue's memory holds is no queue: somebody else wrote to it. */
public class QueueDamagedException extends SegmentFormatException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public QueueDamagedException(String message) {
        super(message);
    }
}
