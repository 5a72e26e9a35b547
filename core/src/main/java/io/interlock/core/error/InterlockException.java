package io.interlock.core.error;

/** Misuse or broken state of shared memory. The message names what was found, what was expected, and what to call. */
public class InterlockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public InterlockException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what was found, what was expected, and what to do
     * @param cause   the failure behind it
     */
    public InterlockException(String message, Throwable cause) {
        super(message, cause);
    }
}
