package io.interlock.core.error;

/** The segment has no object of this name. */
public class ObjectNotFoundException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public ObjectNotFoundException(String message) {
        super(message);
    }
}
