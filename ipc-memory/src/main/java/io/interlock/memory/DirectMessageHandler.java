package io.interlock.memory;

import org.agrona.DirectBuffer;

/** Looks at messages where they lie, through Agrona's buffers. */
@FunctionalInterface
public interface DirectMessageHandler {

    /**
     * Sees one message. When it returns the message is gone; if it throws, the message stays, and is seen again.
     *
     * @param buffer the ring; only the message may be looked at, and not after the return
     * @param offset where the message begins
     * @param length its length in bytes
     */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
