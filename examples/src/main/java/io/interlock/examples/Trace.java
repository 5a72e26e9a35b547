package io.interlock.examples;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where the time of one thread goes: it says which phase it enters, again and again. Phases may last less than a
 * microsecond, and there may be millions, so that they are summed up in slices of time. When the room for slices is
 * used up, each two become one, and slices are twice as long from then on.
 */
final class Trace {

    /** What a thread does, in the order in which a slice tells it. */
    enum Phase {
        TAKE, WAIT, COMPUTE, PUT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Notes nothing, which costs the test of a field. */
    static final Trace OFF = new Trace(0);

    // What a trace is as an array: these three, and then the slices.
    static final int PID = 0;
    static final int STARTED_MICROS = 1;
    static final int SLICES = 2;
    static final int FIRST_SLICE = 3;

    // What a slice is: its start, and for each phase its time and how often it was entered.
    static final int START_NANOS = 0;
    static final int PHASE_NANOS = 1;
    static final int PHASE_ENTRIES = 2;
    static final int SLICE_LENGTH = 1 + 2 * Phase.values().length;

    private static final long FIRST_SLICE_NANOS = 100_000;

    private final int maxSlices;
    private final long[] words;
    private final long startedNanos;
    private long sliceNanos = FIRST_SLICE_NANOS;
    private int slice = FIRST_SLICE;
    private Phase phase;
    private long enteredNanos;

    private Trace(int maxSlices) {
        this.maxSlices = maxSlices;
        words = new long[length(maxSlices)];
        words[PID] = ProcessHandle.current().pid();
        words[STARTED_MICROS] = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        startedNanos = System.nanoTime();
    }

    /** A trace of at most so many slices, an even number; {@link #OFF} if it is 0. */
    static Trace of(int maxSlices) {
        return maxSlices == 0 ? OFF : new Trace(maxSlices);
    }

    /** Length of {@link #toArray()}. */
    static int length(int maxSlices) {
        return FIRST_SLICE + maxSlices * SLICE_LENGTH;
    }

    /** From now on the thread does this. */
    void enter(Phase next) {
        if (maxSlices > 0) {
            change(next, System.nanoTime() - startedNanos);
        }
    }

    /** The thread is done. */
    void end() {
        enter(null);
    }

    private void change(Phase next, long now) {
        if (phase == null) {
            words[slice + START_NANOS] = now;
        } else {
            int place = slice + 2 * phase.ordinal();
            words[place + PHASE_NANOS] += now - enteredNanos;
            words[place + PHASE_ENTRIES]++;
            if (next == null || now - words[slice + START_NANOS] >= sliceNanos) {
                startSlice(now);
            }
        }
        phase = next;
        enteredNanos = now;
    }

    private void startSlice(long now) {
        slice += SLICE_LENGTH;
        if (slice == words.length) {
            joinPairs();
        }
        words[slice + START_NANOS] = now;
    }

    /** Slices follow each other without a gap, so that two are one that starts when the first does. */
    private void joinPairs() {
        int joined = FIRST_SLICE;
        for (int pair = FIRST_SLICE; pair < words.length; pair += 2 * SLICE_LENGTH) {
            words[joined + START_NANOS] = words[pair + START_NANOS];
            for (int i = PHASE_NANOS; i < SLICE_LENGTH; i++) {
                words[joined + i] = words[pair + i] + words[pair + SLICE_LENGTH + i];
            }
            joined += SLICE_LENGTH;
        }
        Arrays.fill(words, joined, words.length, 0);
        slice = joined;
        sliceNanos *= 2;
    }

    /** The finished slices, and what is before them. */
    long[] toArray() {
        words[SLICES] = (slice - FIRST_SLICE) / SLICE_LENGTH;
        return words.clone();
    }
}
