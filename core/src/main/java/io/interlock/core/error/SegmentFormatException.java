package io.interlock.core.error;

/** The file is not a segment, or a damaged one. */
public class SegmentFormatException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public SegmentFormatException(String message) {
        super(message);
    }
}
