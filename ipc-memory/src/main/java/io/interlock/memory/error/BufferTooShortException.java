package io.interlock.memory.error;

import io.interlock.core.error.InterlockException;

/** The caller's buffer has no room for the message. The message was received; it is here. */
public class BufferTooShortException extends InterlockException {

    private static final long serialVersionUID = 1L;

    private final byte[] message;

    /**
     * Makes one.
     *
     * @param roomBytes bytes that the buffer has room for
     * @param message   the whole message
     */
    public BufferTooShortException(int roomBytes, byte[] message) {
        super("the buffer has room for " + roomBytes + " bytes, the message has " + message.length
                + "; it was received and is in this exception");
        this.message = message;
    }

    /** The whole message. */
    public byte[] message() {
        return message.clone();
    }
}
