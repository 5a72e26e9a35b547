package io.interlock.core.error;

/** The segment already has an object of this name. */
public class ObjectExistsException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public ObjectExistsException(String message) {
        super(message);
    }
}
