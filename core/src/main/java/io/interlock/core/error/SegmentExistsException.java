package io.interlock.core.error;

/** There is already a segment of this name. */
public class SegmentExistsException extends SegmentAccessException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public SegmentExistsException(String message) {
        super(message);
    }
}
