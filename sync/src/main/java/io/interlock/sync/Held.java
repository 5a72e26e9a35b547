package io.interlock.sync;

import io.interlock.core.port.ThreadRecord;

/**
 * A hold of a lock, to be closed: {@code try (var held = lock.hold()) { ... }}.
 *
 * <p>It stands for the thread's hold of the lock, whatever its present token: after an {@code await} inside the block
 * it releases the hold that the await took back. Closing it twice is harmless.
 */
public final class Held implements AutoCloseable {

    private final IpcMutex lock;
    private final ThreadRecord owner;
    private final long firstToken;
    private boolean closed;

    Held(IpcMutex lock, ThreadRecord owner) {
        this.lock = lock;
        this.owner = owner;
        this.firstToken = lock.token();
    }

    /** The lock. */
    public IpcMutex lock() {
        return lock;
    }

    /** The hold's fencing token; see {@link IpcMutex#token()}. */
    public long token() {
        return isOwner() ? lock.token() : firstToken;
    }

    /** Whether the previous owner died; see {@link IpcMutex#previousOwnerDied()}. */
    public boolean previousOwnerDied() {
        return lock.previousOwnerDied();
    }

    /**
     * Releases the hold. Another thread than the one that acquired may do so for an {@link IpcLock} only.
     *
     * @throws IllegalMonitorStateException if the hold is over already, or another thread's recursive one
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!isOwner() && lock instanceof IpcLock plain) {
            plain.release(firstToken);
        } else {
            lock.unlockOwn();
        }
        closed = true;
    }

    private boolean isOwner() {
        return lock.me() == owner;
    }

    @Override
    public String toString() {
        return "Held[" + lock.name() + ", token " + firstToken + (closed ? ", closed]" : "]");
    }
}
