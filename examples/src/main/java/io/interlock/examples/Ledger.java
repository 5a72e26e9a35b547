package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLongArray;

/**
 * Who has added how much: two numbers for each process, on cache lines of its own, which nobody else writes.
 *
 * <ul>
 * <li><i>counted</i>: additions as they stand in the books. Written under the lock, before the sum itself, by one store
 * that has happened or has not: what repairs the sum goes by it.
 * <li><i>noted</i>: additions that have returned to the process. Written after the lock was released, and read by
 * nobody but the judge.
 * </ul>
 *
 * <p>At whatever instruction a process is killed, <i>counted</i> is <i>noted</i> or one more.
 */
final class Ledger {

    private static final String NAME = "ledger";
    /** In numbers: 128 bytes. */
    private static final int STRIDE = 16;
    private static final int NOTED = 1;

    private final IpcLongArray numbers;

    private Ledger(IpcLongArray numbers) {
        this.numbers = numbers;
    }

    static Ledger create(Segment segment, int processes) {
        return new Ledger(IpcLongArray.create(segment, NAME, processes * STRIDE));
    }

    static Ledger open(Segment segment) {
        return new Ledger(IpcLongArray.open(segment, NAME));
    }

    int processes() {
        return numbers.length() / STRIDE;
    }

    /** One more addition of this process; under the lock. What it stores afterwards is not seen before this. */
    void count(int process) {
        int counted = process * STRIDE;
        numbers.setRelease(counted, numbers.getPlain(counted) + 1);
    }

    /** The addition has returned. */
    void note(int process) {
        int noted = process * STRIDE + NOTED;
        numbers.setRelease(noted, numbers.getPlain(noted) + 1);
    }

    long counted(int process) {
        return numbers.get(process * STRIDE);
    }

    long noted(int process) {
        return numbers.get(process * STRIDE + NOTED);
    }

    /** Whether the process is between the two, and so most likely holds the lock. */
    boolean isAdding(int process) {
        long noted = noted(process);
        return counted(process) > noted;
    }

    /**
     * How much a process that was killed has completed. It is what the process itself has noted, or one more if it was
     * killed between the addition and the note: only the books know which. They are not believed beyond that, so
     * whatever else is wrong with them shows as a difference from the sum.
     */
    long completedBy(int killed) {
        long noted = noted(killed);
        return Math.max(noted, Math.min(noted + 1, counted(killed)));
    }

    /** What the books say that all have added. */
    long sum() {
        long sum = 0;
        for (int process = 0; process < processes(); process++) {
            sum += counted(process);
        }
        return sum;
    }
}
