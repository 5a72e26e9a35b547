package io.interlock.core.port;

import java.util.function.Consumer;

/**
 * Everything that is bound to the calling thread. A class and not an interface: while one implementation is loaded the
 * compiler then needs no check of which it is.
 */
public abstract class Self {

    /** The record of the calling thread, made at its first call; allocates nothing afterwards. */
    public abstract ThreadRecord current();

    /**
     * Whether this is what {@link #current()} would return, for those who remember a record: a load where the other is
     * a long chain of them.
     *
     * @param record may be null
     */
    public abstract boolean isCurrent(ThreadRecord record);

    /** Visits the records of all threads of this attachment, dead ones included as long as they hold something. */
    public abstract void forEach(Consumer<ThreadRecord> visitor);

    /** Tells the processor that the thread is spinning. */
    public abstract void spinHint();

    /** How long to look before going to sleep, in nanoseconds; 0 where that cannot help. */
    public abstract long spinNanos();
}
