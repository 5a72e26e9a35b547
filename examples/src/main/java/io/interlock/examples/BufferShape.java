package io.interlock.examples;

/**
 * Who produces and who takes what. Items are the numbers 0, 1, ...; each producer has a run of them, so that an item
 * tells its producer and its sequence number; an item's kind is its remainder by the number of consumers.
 *
 * @param selective whether a consumer takes only its own kind
 */
record BufferShape(int producers, int consumers, int items, boolean selective) {

    /** First item of a producer; the next producer's first item is the end of its run. */
    int firstItem(int producer) {
        return (int) ((long) items * producer / producers);
    }

    int producerOf(int item) {
        int guess = (int) ((long) item * producers / items);
        while (firstItem(guess + 1) <= item) {
            guess++;
        }
        return guess;
    }

    int kindOf(int item) {
        return item % consumers;
    }

    /** How many items there are of a kind. */
    int itemsOfKind(int kind) {
        return items / consumers + (kind < items % consumers ? 1 : 0);
    }
}
