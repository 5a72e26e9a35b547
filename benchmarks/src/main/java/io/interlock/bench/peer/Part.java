package io.interlock.bench.peer;

import java.nio.file.Path;
import java.util.List;

/** What one JVM of a peer does. It has a constructor that takes a {@link Setting}, and is ready when that returns. */
public interface Part {

    /**
     * Where and how much.
     *
     * @param directory  that of the peer
     * @param number     of the process, from 0
     * @param processes  how many there are
     * @param operations how many there are in one round, by all processes together
     * @param words      whatever else the peer wants to say
     */
    record Setting(Path directory, int number, int processes, long operations, List<String> words) {
    }

    /** Does its part of a round. */
    Lap round() throws Exception;
}
