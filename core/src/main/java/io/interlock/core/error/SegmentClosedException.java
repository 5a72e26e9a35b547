package io.interlock.core.error;

/** This handle of the segment was closed. */
public class SegmentClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public SegmentClosedException(String message) {
        super(message);
    }
}
