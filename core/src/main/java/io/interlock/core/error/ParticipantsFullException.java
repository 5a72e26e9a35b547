package io.interlock.core.error;

/** Every participant slot of the segment is taken by a live process. */
public class ParticipantsFullException extends InterlockException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found, what was expected, and what to do
     */
    public ParticipantsFullException(String message) {
        super(message);
    }
}
