package io.interlock.memory;

import io.interlock.memory.error.CodecException;
import io.interlock.memory.ring.RingLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What everything has in common that carries items by a {@link Codec}; for those who write new kinds of queue. */
public final class Encoding {

    /** Most bytes of a codec's id. */
    public static final int MAX_ID_BYTES = RingLayout.MAX_CODEC_BYTES;

    private Encoding() {
    }

    /**
     * The id of a codec, to be stored with what it writes to.
     *
     * @throws IllegalArgumentException if it has not 1 to {@link #MAX_ID_BYTES} bytes of UTF-8, or a NUL in it
     */
    public static String idOf(Codec<?> codec) {
        String id = Objects.requireNonNull(codec, "codec must not be null").id();
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_ID_BYTES || id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the id of a codec must have 1 to " + MAX_ID_BYTES
                    + " bytes of UTF-8 and no NUL, \"" + id + "\" has " + bytes);
        }
        return id;
    }

    /**
     * A message as an item.
     *
     * @param message from its position to its limit
     * @param carrier where the message was, for people: {@code queue "jobs"}
     * @throws CodecException if the codec cannot read it, whatever it threw; it has the bytes of the message
     */
    public static <E> E decode(ByteBuffer message, Codec<E> codec, String carrier) {
        int from = message.position();
        int length = message.remaining();
        try {
            return Objects.requireNonNull(codec.decode(message), "the codec has read null");
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError machine && !(e instanceof StackOverflowError)) {
                throw machine;
            }
            byte[] bytes = new byte[length];
            message.clear().position(from).get(bytes, 0, length);
            throw new CodecException(codec.id(), carrier, bytes, e);
        }
    }
}
