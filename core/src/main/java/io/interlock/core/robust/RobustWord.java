package io.interlock.core.robust;

/**
 * The 64-bit word of a robust lock. Pure functions, no memory.
 *
 * <pre>
 *  63            32   31      30         29        12 11      0
 * +----------------+-------+------------+------------+--------+
 * | upper          |WAITERS|INCONSISTENT| generation | slot+1 |
 * +----------------+-------+------------+------------+--------+
 * </pre>
 *
 * <ul>
 * <li>The low 30 bits name the participant that holds; 0 means free.
 * <li>{@code upper} says who in it: the thread's number for a recursive lock (0 while free), the number of the hold for
 * a plain one (kept while free, +1 for each acquisition).
 * <li>WAITERS: somebody sleeps on the low half, or did.
 * <li>INCONSISTENT: an owner died; whoever acquires is told.
 * </ul>
 */
public final class RobustWord {

    public static final long WAITERS = 1L << 31;
    public static final long INCONSISTENT = 1L << 30;
    public static final int GENERATION_BITS = 18;
    public static final int GENERATION_MASK = (1 << GENERATION_BITS) - 1;
    public static final int SLOT_BITS = 12;
    /** Largest number of participants: slot + 1 must fit into {@link #SLOT_BITS}. */
    public static final int MAX_PARTICIPANTS = (1 << SLOT_BITS) - 1;

    private static final long OWNER_MASK = (1L << 30) - 1;
    private static final long MARKS = WAITERS | INCONSISTENT;
    private static final long UPPER_MASK = 0xFFFF_FFFF_0000_0000L;

    private RobustWord() {
    }

    /** The participant as it stands in a word. */
    public static int participant(int slot, long generation) {
        return (int) (generation & GENERATION_MASK) << SLOT_BITS | slot + 1;
    }

    /** The participant that holds, or 0 if the word is free. */
    public static int participantOf(long word) {
        return (int) (word & OWNER_MASK);
    }

    public static boolean isFree(long word) {
        return (word & OWNER_MASK) == 0;
    }

    /** Whether the word is free and bears no mark. */
    static boolean isFreeWithoutMarks(long word) {
        return (int) word == 0;
    }

    public static int slotOf(int participant) {
        return (participant & MAX_PARTICIPANTS) - 1;
    }

    public static int generationOf(int participant) {
        return participant >>> SLOT_BITS & GENERATION_MASK;
    }

    public static int upperOf(long word) {
        return (int) (word >>> 32);
    }

    /** Whether WAITERS is set, which is the sign of the low half. */
    public static boolean hasWaiters(long word) {
        return (int) word < 0;
    }

    public static boolean isInconsistent(long word) {
        return (word & INCONSISTENT) != 0;
    }

    /** A held word; {@code flags} is a combination of {@link #WAITERS} and {@link #INCONSISTENT}. */
    public static long held(int upper, long participant, long flags) {
        return (long) upper << 32 | flags | participant;
    }

    /** The same without flags, of a number of which only the low half counts. */
    static long heldAs(long number, long participant) {
        return number << 32 | participant;
    }

    /** A free word that keeps {@code upper}. */
    public static long free(int upper, long flags) {
        return (long) upper << 32 | flags;
    }

    /** The same word without its marks. */
    static long unmarked(long word) {
        return word & ~MARKS;
    }

    /** The same word without its owner and marks. */
    static long upperPart(long word) {
        return word & UPPER_MASK;
    }

    /** The word in words. */
    public static String describe(long word) {
        String flags = (hasWaiters(word) ? ", waiters" : "") + (isInconsistent(word) ? ", inconsistent" : "");
        return isFree(word) ? "free" + flags
                : "held by participant " + slotOf(participantOf(word)) + "." + generationOf(participantOf(word))
                        + flags;
    }
}
