package io.interlock.journal;

/**
 * Sees messages of a journal, one after the other.
 *
 * @param <E> what is in the journal
 */
@FunctionalInterface
public interface ReplayHandler<E> {

    /** One message, and its index. */
    void onMessage(long index, E item);
}
