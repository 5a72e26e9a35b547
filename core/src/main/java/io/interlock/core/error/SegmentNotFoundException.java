package io.interlock.core.error;

/** There is no segment of this name. */
public class SegmentNotFoundException extends SegmentAccessException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public SegmentNotFoundException(String message) {
        super(message);
    }
}
