package io.interlock.memory;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Turns items into the bytes of a message and back. A codec has no state: it is called by many threads at once, always
 * outside of the queue's locks.
 *
 * <pre>{@code
 * Codec<Point> points = new Codec<>() {
 *     public String id() { return "acme.point.v1"; }
 *     public void encode(Point p, EncodeBuffer out) { out.putDouble(p.x()); out.putDouble(p.y()); }
 *     public Point decode(ByteBuffer in) { return new Point(in.getDouble(), in.getDouble()); }
 * };
 * }</pre>
 *
 * @param <E> what is encoded
 */
public interface Codec<E> {

    /**
     * What is stored with a queue, and compared when it is opened: 1 to 64 bytes of UTF-8. Two codecs that write
     * differently have different ids.
     */
    String id();

    /**
     * Writes an item.
     *
     * @param item not null
     * @param out  where to; not to be kept
     */
    void encode(E item, EncodeBuffer out);

    /**
     * Reads an item. Whatever it throws reaches the caller as a {@link io.interlock.memory.error.CodecException}.
     *
     * @param message the bytes of the message, from its position to its limit, in native order; not to be kept
     * @return not null
     */
    E decode(ByteBuffer message);

    /** Byte arrays, as they are. */
    static Codec<byte[]> bytes() {
        return BuiltInCodecs.BYTES;
    }

    /**
     * Strings, in UTF-8. A string with half of a surrogate pair is refused with an {@link IllegalArgumentException},
     * since it would not come back as it was.
     */
    static Codec<String> utf8() {
        return BuiltInCodecs.UTF_8;
    }

    /** Integers, in 4 bytes of native order. */
    static Codec<Integer> int32() {
        return WordCodec.INT;
    }

    /** Long integers, in 8 bytes of native order. */
    static Codec<Long> int64() {
        return WordCodec.LONG;
    }

    /** Floating-point numbers, IEEE 754 binary64, in native order. */
    static Codec<Double> float64() {
        return WordCodec.DOUBLE;
    }

    /**
     * Objects, by the JDK's serialisation. When reading, a filter admits what is named here, the superclasses of that,
     * primitive types, arrays of all these, and strings; anything else is refused.
     *
     * @param type         class of the items, whose name is part of the id
     * @param alsoAdmitted other classes of which they consist
     */
    static <E extends Serializable> Codec<E> serializable(Class<E> type, Class<?>... alsoAdmitted) {
        return new SerializableCodec<>(type, alsoAdmitted);
    }
}
