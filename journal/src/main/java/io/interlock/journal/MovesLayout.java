package io.interlock.journal;

/** One of the places in a journal's block for queues whose messages are moved there. */
final class MovesLayout {

    /** So many queues can have a move that was not ended, at once. */
    static final int PLACES = 64;
    /** Words of 8 bytes of each. */
    static final int WORDS = 8;

    /** Which queue: the id of its segment, two words. */
    static final int SEGMENT_OFFSET = 0;
    /** Which queue: its number in its segment. */
    static final int QUEUE_OFFSET = 16;
    /** {@code end:32 | begin:32}: which part of the queue's stream the batch is. */
    static final int RANGE_OFFSET = 24;
    /** Index of its first message, plus 1; 0: no move. */
    static final int MOVE_OFFSET = 32;

    static final int LENGTH = WORDS * Long.BYTES;

    private MovesLayout() {
    }
}
