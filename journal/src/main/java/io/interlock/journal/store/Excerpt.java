package io.interlock.journal.store;

import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import io.interlock.memory.ring.Bytes;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * An excerpt: what is appended in one write, one message or a batch. Pure functions over its bytes, native byte order.
 *
 * <pre>
 *  0               4               8                              16
 * +---------------+---------------+--------------------------------+
 * | check         | format, count | index of the first message     |
 * +---------------+---------------+--------------------------------+
 * | length        | message ...   | length | message ...    (count times, unaligned)
 * +---------------+------------------------
 * </pre>
 *
 * <ul>
 * <li>{@code check}: CRC-32C of everything from 16 on, mixed with the other two. So whoever appends computes the CRC
 * before it has the lock, and adds the index, which it knows only then.
 * <li>{@code format:8 | count:24}: the format of all this, 1, and how many messages there are.
 * </ul>
 */
public final class Excerpt {

    /** Bytes before the first message. */
    public static final int HEADER_LENGTH = 16;
    /** Bytes before each message. */
    public static final int LENGTH_LENGTH = 4;
    private static final int CHECK_AT = 0;
    private static final int COUNT_AT = 4;
    private static final int FIRST_AT = 8;
    private static final int FORMAT = 1;
    private static final int COUNT_BITS = 24;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;
    /** Odd, and far from regular: 2^64 divided by the golden ratio. */
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private Excerpt() {
    }

    /** Begins an excerpt in an empty buffer. */
    public static void begin(EncodeBuffer out) {
        out.putLong(0);
        out.putLong(0);
    }

    /** Adds an item; bytes of its message. */
    public static <E> int add(EncodeBuffer out, E item, Codec<E> codec) {
        int at = out.size();
        out.putInt(0);
        codec.encode(item, out);
        int length = out.size() - at - LENGTH_LENGTH;
        out.setInt(at, length);
        return length;
    }

    /** Adds a message as it is. */
    public static void add(EncodeBuffer out, ByteBuffer message) {
        out.putInt(message.remaining());
        out.putBytes(message);
    }

    /** What can be computed of the check before the index is known. */
    public static int crcOf(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, HEADER_LENGTH, length - HEADER_LENGTH);
        return (int) crc.getValue();
    }

    /** Ends an excerpt: from now on it says of itself what it is. */
    public static void seal(EncodeBuffer out, int crc, int count, long first) {
        out.setInt(CHECK_AT, check(crc, count, first));
        out.setInt(COUNT_AT, FORMAT << COUNT_BITS | count);
        out.setLong(FIRST_AT, first);
    }

    private static int check(int crc, int count, long first) {
        return crc ^ Long.hashCode((first + 1) * MIX + count * (MIX << 1 | 1));
    }

    /** Whether these bytes are a whole excerpt as it was written. */
    public static boolean isWhole(byte[] bytes, int length) {
        return length >= HEADER_LENGTH && Bytes.getInt(bytes, COUNT_AT) >>> COUNT_BITS == FORMAT && countOf(bytes) > 0
                && Bytes.getInt(bytes, CHECK_AT) == check(crcOf(bytes, length), countOf(bytes), firstOf(bytes));
    }

    /** How many messages. */
    public static int countOf(byte[] bytes) {
        return Bytes.getInt(bytes, COUNT_AT) & COUNT_MASK;
    }

    /** Index of the first message. */
    public static long firstOf(byte[] bytes) {
        return Bytes.getLong(bytes, FIRST_AT);
    }

    /** Index of the message after the last one. */
    public static long endOf(byte[] bytes) {
        return firstOf(bytes) + countOf(bytes);
    }

    /** Length of the message whose length stands at this index. */
    static int lengthAt(byte[] bytes, int at) {
        return Bytes.getInt(bytes, at);
    }
}
