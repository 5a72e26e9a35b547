package io.interlock.memory;

import io.interlock.core.Segment;
import io.interlock.core.object.SharedBlock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The lock that a handle of a value or array has: one of the object's own, made on demand; one given; or none. */
final class ObjectLock {

    private static final String NAME = "lock";

    private final Segment segment;
    private final SharedBlock block;
    private final boolean none;
    private final AtomicReference<IpcMutex> lock;

    private ObjectLock(Segment segment, SharedBlock block, boolean none, IpcMutex lock) {
        this.segment = segment;
        this.block = block;
        this.none = none;
        this.lock = new AtomicReference<>(lock);
    }

    static ObjectLock onDemand(Segment segment, SharedBlock block) {
        return new ObjectLock(segment, block, false, null);
    }

    ObjectLock given(IpcMutex given) {
        return new ObjectLock(segment, block, false, Objects.requireNonNull(given, "lock must not be null"));
    }

    ObjectLock none() {
        return new ObjectLock(segment, block, true, null);
    }

    SharedBlock block() {
        return block;
    }

    /** The lock; threads that ask at the same time get the same one, so that its owner-death hook is set once. */
    IpcMutex get() {
        if (none) {
            throw new UnsupportedOperationException("this handle of \"" + block.label()
                    + "\" came from withoutLock() and has no lock; take another handle, or call withLock(lock)");
        }
        block.context().checkOpen();
        IpcMutex known = lock.get();
        if (known == null) {
            IpcMutex made = IpcRLock.partOf(segment, block.id(), NAME);
            known = lock.compareAndSet(null, made) ? made : lock.get();
        }
        return known;
    }
}
