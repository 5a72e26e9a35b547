package io.interlock.memory.ring;

/**
 * One way of adding to a ring: find room, write, commit.
 *
 * <pre>{@code
 * int at = adding.begin(units, 1, timeoutNanos, true);         // holds the side if at >= 0
 * ... write header and payload at offset at ...
 * adding.commit(units, 1);                                     // or abort()
 * }</pre>
 */
public interface Adding {

    /** No place for another message. */
    int FULL = -1;
    /** Not enough bytes, or not enough places for several messages. */
    int NO_ROOM = -2;
    /** The end of the stream was asked for. */
    int SHUT_DOWN = -3;
    /** Somebody else holds the side. */
    int BUSY = -4;

    /**
     * Finds room, and holds the side then.
     *
     * @param units        of all records together, headers included; they will lie in one piece
     * @param messages     how many they are
     * @param timeoutNanos how long to wait; {@code <= 0} tries once
     * @return offset of the first record, or {@link #FULL}, {@link #NO_ROOM}, {@link #SHUT_DOWN}, {@link #BUSY}
     * @throws InterruptedException  if {@code interruptible} and the thread was interrupted; it holds nothing then
     * @throws IllegalStateException if it would have to wait inside a claim or a handler of this ring
     */
    int begin(int units, int messages, long timeoutNanos, boolean interruptible) throws InterruptedException;

    /** After a begin that returned an offset: makes the records visible. They may have fewer units than asked for. */
    void commit(int units, int messages);

    /** After a begin: nothing was added. */
    void abort();
}
