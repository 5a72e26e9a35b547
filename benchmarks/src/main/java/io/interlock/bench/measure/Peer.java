package io.interlock.bench.measure;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody who does the work of a row: Interlock, or what a user would take instead. */
public interface Peer {

    /** As the report calls it. */
    String name();

    /**
     * Makes it ready.
     *
     * @param directory an empty one in shared memory, its own until it is closed
     * @throws MissingPeerException if this machine does not have what it needs
     */
    Entrant enter(Path directory) throws IOException, InterruptedException, MissingPeerException;
}
