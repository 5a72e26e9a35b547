package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Part;
import java.util.List;

/**
 * How many send what, and how many receive it.
 *
 * @param senders      processes, or threads
 * @param receivers    the same
 * @param messageBytes of each message; 8 are a number and nothing else
 * @param ringBytes    of every ring, without what it needs for itself
 */
record QueueShape(int senders, int receivers, int messageBytes, int ringBytes) {

    private static final int MOST_AT_ONCE = 64;
    private static final int PART_AT_ONCE = 8;
    private static final int WORDS = 4;

    /** The shape that the words of a part begin with. */
    static QueueShape of(Part.Setting setting) {
        List<Integer> words = setting.words().subList(0, WORDS).stream().map(Integer::valueOf).toList();
        return new QueueShape(words.get(0), words.get(1), words.get(2), words.get(3));
    }

    /** The word after those. */
    static String kind(Part.Setting setting) {
        return setting.words().get(WORDS);
    }

    /** What a part is told. */
    String[] words(String kind) {
        return new String[]{Integer.toString(senders), Integer.toString(receivers), Integer.toString(messageBytes),
            Integer.toString(ringBytes), kind};
    }

    /** Whether a message is a number and nothing else. */
    boolean isOfNumbers() {
        return messageBytes == Long.BYTES;
    }

    /** What is counted: messages if they are numbers, bytes otherwise. */
    long counted(long messages) {
        return isOfNumbers() ? messages : messages * messageBytes;
    }

    /** Most messages that a receiver takes in one go where it can take several: 64, but no more than 1/8 of a ring. */
    int atOnce() {
        return Math.max(1, Math.min(MOST_AT_ONCE, ringBytes / PART_AT_ONCE / messageBytes));
    }

    /** Of queues that count messages: as many as a ring has room for, with 8 bytes for the header of each. */
    int capacity() {
        return ringBytes / (messageBytes + Long.BYTES);
    }

    /** Whether senders and receivers can all run at the same time. */
    boolean fits() {
        return senders + receivers <= Runtime.getRuntime().availableProcessors();
    }
}
