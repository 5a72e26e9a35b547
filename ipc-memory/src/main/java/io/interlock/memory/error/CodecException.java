package io.interlock.memory.error;

import io.interlock.core.error.InterlockException;
import java.util.List;

/**
 * A codec could not read a message. Its bytes are here; messages before and after it are not affected. What was taking
 * it has taken it, what was only looking at it has left it where it is.
 */
public class CodecException extends InterlockException {

    private static final long serialVersionUID = 1L;

    private final byte[] message;
    private final transient List<?> others;

    /**
     * Makes one.
     *
     * @param codec   id of the codec
     * @param carrier where the message was, for people: {@code queue "jobs"}
     * @param message bytes of the message
     * @param cause   what the codec threw
     */
    public CodecException(String codec, String carrier, byte[] message, Throwable cause) {
        this("codec " + codec + " cannot read a message of " + message.length + " bytes of " + carrier
                + "; its bytes are in this exception, other messages are not affected", message, List.of(), cause);
    }

    private CodecException(String text, byte[] message, List<?> others, Throwable cause) {
        super(text, cause);
        this.message = message;
        this.others = others;
    }

    /** The same with the messages of the same batch that could be read. */
    public CodecException with(List<?> readable) {
        CodecException all = new CodecException(getMessage(), message, List.copyOf(readable), getCause());
        for (Throwable suppressed : getSuppressed()) {
            all.addSuppressed(suppressed);
        }
        return all;
    }

    /** The bytes of the message. */
    public byte[] message() {
        return message.clone();
    }

    /** The other messages that the failed call has taken: those of a batch that could be read, in order. */
    public List<?> others() {
        return others == null ? List.of() : others;
    }
}
