package io.interlock.memory.ring;

/**
 * The 64-bit words {@code head} and {@code tail} of a ring: how many messages have passed, and where in the ring that
 * was. Pure functions, no memory.
 *
 * <pre>
 *    63    62         32 31          0
 * +--------+------------+-------------+
 * | SEALED | count      | position    |
 * +--------+------------+-------------+
 * </pre>
 *
 * <ul>
 * <li>{@code position}: units of 8 bytes since the ring was made, modulo 2^32. A ring has at most 2^27 units, so that
 * the difference of two positions is never ambiguous.
 * <li>{@code count}: messages since then, modulo 2^31. The difference of tail's and head's is the size.
 * <li>SEALED, in {@code tail} only: nothing will ever be added.
 * </ul>
 *
 * Both stand in one word because they must change in one store: a count of its own would be wrong for ever after a kill
 * between the two.
 */
public final class RingWord {

    public static final long SEALED = 1L << 63;
    /** Bytes of a unit. */
    public static final int UNIT = 8;

    private static final long COUNT_MASK = 0x7FFF_FFFF_0000_0000L;
    private static final long POSITION_MASK = 0xFFFF_FFFFL;

    private RingWord() {
    }

    /** Where in the stream, in units. */
    public static int positionOf(long word) {
        return (int) word;
    }

    /** How many units lie from {@code head} to {@code tail}; unsigned, more than any ring has if they are damaged. */
    public static long unitsBetween(long head, long tail) {
        return tail - head & POSITION_MASK;
    }

    /** How many messages lie from {@code head} to {@code tail}. */
    public static int messagesBetween(long head, long tail) {
        return (int) (((tail & COUNT_MASK) - (head & COUNT_MASK) & COUNT_MASK) >>> 32);
    }

    /** Whether no message lies between. */
    public static boolean isSameCount(long head, long tail) {
        return ((head ^ tail) & COUNT_MASK) == 0;
    }

    public static boolean isSealed(long tail) {
        return (tail & SEALED) != 0;
    }

    /** The word, which is not sealed, some messages and units later. */
    public static long plus(long word, int messages, int units) {
        return word + ((long) messages << 32) & COUNT_MASK | (int) word + units & POSITION_MASK;
    }

    /** The word with the position of another one. */
    public static long withPosition(long word, int position) {
        return word & ~POSITION_MASK | position & POSITION_MASK;
    }

    /** The word that many messages before {@code tail}, with its own position. */
    public static long countedBack(long word, long tail, int messages) {
        long count = (tail & COUNT_MASK) - ((long) messages << 32) & COUNT_MASK;
        return count | word & POSITION_MASK;
    }

    /** The same without the mark. */
    public static long unsealed(long word) {
        return word & ~SEALED;
    }
}
