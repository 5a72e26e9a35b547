package io.interlock.memory;

import io.interlock.core.Segment;

/**
 * What producers and consumers of a stream of {@link Parcel}s write down in shared memory, so that it is there after
 * they were killed.
 */
final class StreamLog {

    /** Most producers, and most consumers. */
    static final int MOST = 4;

    private final int limit;
    private final IpcLongArray intended;
    private final IpcLongArray done;
    private final IpcLong stop;
    private final IpcLongArray[] seen = new IpcLongArray[MOST];

    private StreamLog(Segment segment, String name, int limit) {
        this.limit = limit;
        this.intended = IpcLongArray.openOrCreate(segment, name + "-intended", MOST);
        this.done = IpcLongArray.openOrCreate(segment, name + "-done", MOST);
        this.stop = IpcLong.openOrCreate(segment, name + "-stop");
        for (int i = 0; i < MOST; i++) {
            seen[i] = IpcLongArray.openOrCreate(segment, name + "-seen-" + i, (limit >>> 6) + 1);
        }
    }

    /** Opens or makes the log of this name, for numbers up to {@code limit}. */
    static StreamLog of(Segment segment, String name, int limit) {
        return new StreamLog(segment, name, limit);
    }

    int limit() {
        return limit;
    }

    /** Before a put: its last number. */
    void intends(int producer, long number) {
        intended.set(producer, number);
    }

    /** After a put has returned: its last number. */
    void hasDone(int producer, long number) {
        done.set(producer, number);
    }

    long intended(int producer) {
        return intended.get(producer);
    }

    long done(int producer) {
        return done.get(producer);
    }

    /** Marks a message as taken; false if it was before. */
    boolean mark(Parcel parcel) {
        long bit = 1L << parcel.number();
        return (seen[parcel.producer()].getAndUpdate(parcel.number() >>> 6, word -> word | bit) & bit) == 0;
    }

    /** Which messages of a producer were taken, 64 in a word. */
    long[] seen(int producer) {
        return seen[producer].toArray();
    }

    static boolean has(long[] seen, long number) {
        return (seen[(int) (number >>> 6)] & 1L << number) != 0;
    }

    void stop() {
        stop.set(1);
    }

    boolean isStopped() {
        return stop.get() != 0;
    }
}
