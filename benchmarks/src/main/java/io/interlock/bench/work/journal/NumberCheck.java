package io.interlock.bench.work.journal;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Sees to it that what every sender has sent is there, whole and in its order. */
final class NumberCheck implements LongConsumer {

    /** Numbers of different senders differ above these bits. */
    private static final int NUMBER_BITS = 40;

    private final long[] next;

    NumberCheck(int senders) {
        next = new long[senders];
        Arrays.setAll(next, NumberCheck::first);
    }

    /** The first number of a sender; its others follow. */
    static long first(int sender) {
        return (long) sender << NUMBER_BITS;
    }

    @Override
    public void accept(long number) {
        int sender = (int) (number >> NUMBER_BITS);
        if (number != next[sender]) {
            throw new IllegalStateException("expected message " + next[sender] + ", got " + number);
        }
        next[sender]++;
    }
}
