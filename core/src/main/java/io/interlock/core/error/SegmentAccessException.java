package io.interlock.core.error;

/**
 * The segment file or its directory cannot be used: permissions, a read-only file, an unsupported file system, an I/O
 * error.
 */
public class SegmentAccessException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public SegmentAccessException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what was found, what was expected, and what to do
     * @param cause   the failure behind it
     */
    public SegmentAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}
