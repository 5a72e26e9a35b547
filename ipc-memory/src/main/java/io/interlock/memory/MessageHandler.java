package io.interlock.memory;

import java.nio.ByteBuffer;

/** Looks at messages where they lie. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Sees one message. When it returns the message is gone; if it throws, the message stays, and is seen again.
     *
     * @param message the bytes in the ring itself, read only, in native order; not to be used after the return
     */
    void onMessage(ByteBuffer message);
}
