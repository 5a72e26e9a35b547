package io.interlock.memory.ring;

/**
 * The format of what lies in a ring, record after record. Pure functions, no memory.
 *
 * <pre>
 *  0                          8                      8 + length       multiple of 8
 * +--------------------------+-----------------------+---------------+
 * | length:32 | type:32      | payload               | padding       |
 * +--------------------------+-----------------------+---------------+
 * </pre>
 *
 * The header is one 64-bit word in native order: the length of the payload in bytes in its low half, the type in its
 * high half. No record goes across the end of the ring; what would is preceded by one of type {@link #PADDING} that
 * fills the rest.
 */
public final class RecordHeader {

    /** Bytes of a header. */
    public static final int LENGTH = 8;
    /** "MSG1". */
    public static final int MESSAGE = 0x4D53_4731;
    /** "PAD1": the rest of the ring before its beginning. */
    public static final int PADDING = 0x5041_4431;
    /** "DEL1": was a message until somebody removed it from the middle. */
    public static final int REMOVED = 0x4445_4C31;

    private RecordHeader() {
    }

    public static long of(int length, int type) {
        return (long) type << 32 | length;
    }

    /** Bytes of payload. */
    public static int lengthOf(long header) {
        return (int) header;
    }

    public static int typeOf(long header) {
        return (int) (header >>> 32);
    }

    public static boolean isMessage(long header) {
        return typeOf(header) == MESSAGE;
    }

    /** Whether it is that of a message of at most so many units, at least 1, header included. */
    public static boolean isMessageWithin(long header, int units) {
        return isMessage(header) && Integer.compareUnsigned(lengthOf(header), units * RingWord.UNIT - LENGTH) <= 0;
    }

    /** Whether it begins like a record: of a known type, and with a length that some ring can have. */
    public static boolean isWellFormed(long header) {
        int type = typeOf(header);
        return (type == MESSAGE || type == PADDING || type == REMOVED) && lengthOf(header) >= 0
                && lengthOf(header) <= RingLayout.MAX_BYTES;
    }

    /** Units of a record with so much payload, header included. */
    public static int units(int length) {
        return length + LENGTH + RingWord.UNIT - 1 >>> 3;
    }
}
