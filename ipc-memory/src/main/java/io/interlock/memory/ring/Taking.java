package io.interlock.memory.ring;

/**
 * One way of taking from a ring: find the oldest message, copy it out, commit.
 *
 * <pre>{@code
 * int at = taking.begin(timeoutNanos, true);                   // holds the side if at >= 0
 * ... copy the payload of the record at offset at ...
 * taking.commit();                                             // or abort(): the message stays
 * }</pre>
 */
public interface Taking {

    /** There is no message. */
    int EMPTY = -1;
    /** There is no message, and none will come. */
    int ENDED = -2;
    /** Somebody else holds the side. */
    int BUSY = -3;
    /** The oldest message is larger than what the caller has room for. */
    int TOO_LARGE = -4;

    /**
     * Finds the oldest message, and holds the side then.
     *
     * @param timeoutNanos how long to wait; {@code <= 0} tries once
     * @return offset of its record, or {@link #EMPTY}, {@link #ENDED}, {@link #BUSY}
     * @throws InterruptedException  if {@code interruptible} and the thread was interrupted; it holds nothing then
     * @throws IllegalStateException if it would have to wait inside a claim or a handler of this ring
     * @throws io.interlock.memory.error.QueueDamagedException if what lies there is no record
     */
    int begin(long timeoutNanos, boolean interruptible) throws InterruptedException;

    /** After a begin that returned an offset: the oldest message is gone. */
    void commit();

    /**
     * After a begin: copies as many whole records as fit, the oldest message's included.
     *
     * @param target     where to, from index 0
     * @param limitBytes most bytes, at most the target's
     * @param max        most messages
     * @param batch      how far it went; to be given to {@link #commit(Batch)}
     * @return how many bytes were copied, or {@link #TOO_LARGE}: the first alone does not fit
     */
    int copy(byte[] target, int limitBytes, int max, Batch batch);

    /** After a copy: what was copied is gone. */
    void commit(Batch batch);

    /** After a begin: nothing was taken. */
    void abort();

    /** How far a copy of several messages went. */
    final class Batch {

        int begin;
        long next;
        int messages;

        /** Position of its first record: units of 8 bytes since the ring was made, modulo 2^32. */
        public int begin() {
            return begin;
        }

        /** How many messages. */
        public int messages() {
            return messages;
        }
    }
}
