package io.interlock.examples;

import java.util.function.IntConsumer;

/** A buffer between processes, with room for a fixed number of items, each of them a number. */
interface SharedBuffer {

    /**
     * Puts items {@code first}, {@code first + 1}, ... below {@code end}, as many as are put at a time, after waiting
     * for room.
     *
     * @param onPut called with each item, before anybody can take it
     * @return how many were put, at least 1
     */
    int put(int first, int end, IntConsumer onPut) throws InterruptedException;

    /**
     * Takes items, as many as are taken at a time, after waiting for them.
     *
     * @param onTaken called with each item, in the order in which all consumers together take them
     * @return false if everything had been taken before
     */
    boolean take(IntConsumer onTaken) throws InterruptedException;
}
