package io.interlock.core.error;

/** The object has another type or other parameters than asked for. */
public class ObjectMismatchException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public ObjectMismatchException(String message) {
        super(message);
    }
}
