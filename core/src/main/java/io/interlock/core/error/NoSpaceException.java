package io.interlock.core.error;

/** The file system cannot reserve the bytes of a new segment. */
public class NoSpaceException extends SegmentAccessException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public NoSpaceException(String message) {
        super(message);
    }
}
