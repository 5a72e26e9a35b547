package io.interlock.core.error;

/**
 * The segment, or an object in it, has a layout that this library cannot use: other version, byte order or
 * features.
 */
public class LayoutMismatchException extends SegmentFormatException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public LayoutMismatchException(String message) {
        super(message);
    }
}
