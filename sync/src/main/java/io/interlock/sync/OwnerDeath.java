package io.interlock.sync;

/** What a lock does about the death of an owner, chosen when the lock is made. */
public enum OwnerDeath {
    /** The next owner is told ({@link IpcMutex#previousOwnerDied()}); its unlock ends the matter. */
    TOLD_ONCE,
    /** Every next owner is told until one calls {@link IpcMutex#markConsistent()}. */
    REPAIR_REQUIRED
}
