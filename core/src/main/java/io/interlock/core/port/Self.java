package io.interlock.core.port;

import java.util.function.Consumer;

/** Everything that is bound to the calling thread. */
public interface Self {

    /** The record of the calling thread, made at its first call; allocates nothing afterwards. */
    ThreadRecord current();

    /** Visits the records of all threads of this attachment, dead ones included as long as they hold something. */
    void forEach(Consumer<ThreadRecord> visitor);

    /** Tells the processor that the thread is spinning. */
    void spinHint();

    /** How often to look again before going to sleep; 0 where spinning cannot help. */
    int spins();
}
