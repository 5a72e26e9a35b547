package io.interlock.core.error;

/** The segment has too little room left for a new object, or its directory has no free entry. */
public class SegmentFullException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public SegmentFullException(String message) {
        super(message);
    }
}
