package io.interlock.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends messages and batches that say of themselves what they are, and writes down each call: the life of one process
 * that appends, under a number of its own.
 */
final class Appending {

    private static final int LARGEST_BATCH = 5;

    private final IpcJournal<String> journal;
    private final LoadLog log;
    private final int life;
    private final Random random;
    private final int usualBytes;
    private final int largeBytes;
    private final int rollEvery;
    private volatile long longestGapNanos;

    /**
     * Of this life.
     *
     * @param largeBytes length of some messages; the others are short
     * @param rollEvery  so seldom it begins a new file before its time; 0: never
     */
    Appending(IpcJournal<String> journal, LoadLog log, int life, int usualBytes, int largeBytes, int rollEvery) {
        this.journal = journal;
        this.log = log;
        this.life = life;
        this.random = new Random(life * 0x9E3779B97F4A7C15L);
        this.usualBytes = usualBytes;
        this.largeBytes = largeBytes;
        this.rollEvery = rollEvery;
    }

    /** Appends until it is told to stop; how many calls it has made. */
    int run() {
        String padding = "x".repeat(Math.max(usualBytes, largeBytes));
        int call = 0;
        long last = System.nanoTime();
        while (!log.isStopped() && call < LoadLog.LIMIT) {
            if (rollEvery > 0 && random.nextInt(rollEvery) == 0) {
                Inside.beginNewFile(journal);
            }
            List<String> batch = batch(call, padding);
            log.begins(call);
            long first = batch.size() == 1 ? journal.append(batch.get(0)) : journal.appendAll(batch);
            log.returned(call, first);
            long now = System.nanoTime();
            log.took(now - last);
            longestGapNanos = Math.max(longestGapNanos, now - last);
            if (random.nextInt(4) == 0) {
                LockSupport.parkNanos(random.nextInt(100_000));
            }
            last = System.nanoTime();
            call++;
        }
        return call;
    }

    /** The longest time without an append since this was asked last. */
    long longestGapNanos() {
        long longest = longestGapNanos;
        longestGapNanos = 0;
        return longest;
    }

    private List<String> batch(int call, String padding) {
        int size = random.nextInt(3) == 0 ? 1 + random.nextInt(LARGEST_BATCH) : 1;
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int length = random.nextInt(200) == 0 ? largeBytes : random.nextInt(usualBytes);
            batch.add(life + " " + call + " " + i + " " + size + " " + padding.substring(0, length));
        }
        return batch;
    }
}
