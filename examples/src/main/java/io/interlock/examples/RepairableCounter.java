package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.examples.Counter.Mode;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;

/**
 * A number to which processes add under a lock, and which is right again after any of them was killed.
 *
 * <p>An addition is two stores: into the {@link Ledger}, then into the number. A process that is killed between them
 * leaves the number one behind the ledger. The next owner of the lock is told of the death before it enters, and puts
 * the number right.
 */
final class RepairableCounter {

    private final Ledger ledger;
    private final IpcLong number;
    private final IpcMutex lock;

    RepairableCounter(Segment segment, Mode mode) {
        this.ledger = Ledger.open(segment);
        this.number = IpcLong.open(segment, "counter");
        this.lock = mode == Mode.LOCK ? IpcLock.open(segment, "lock") : number.getLock();
        lock.onOwnerDeath(this::repair);
    }

    /** Adds one for a process. */
    void add(int process) {
        lock.lock();
        try {
            ledger.count(process);
            number.set(number.get() + 1);
        } finally {
            lock.unlock();
        }
        ledger.note(process);
    }

    /** Whether anybody is in the middle of an addition, or of a repair. */
    boolean isLocked() {
        return lock.isLocked();
    }

    /**
     * Makes the number what the ledger says; under the lock. One dead owner leaves it one behind at most. More is a
     * loss that has nothing to do with the death, and must not be hidden by the repair.
     */
    void repair() {
        long sum = ledger.sum();
        long behind = sum - number.get();
        if (behind < 0 || behind > 1) {
            throw new IllegalStateException("the counter is " + behind + " behind the ledger's " + sum
                    + ", a process that died can have left it 0 or 1 behind");
        }
        number.set(sum);
    }
}
