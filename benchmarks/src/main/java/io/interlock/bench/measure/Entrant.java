package io.interlock.bench.measure;

import java.io.IOException;

/** A peer that is ready: its processes run, and wait for the next round. */
public interface Entrant extends AutoCloseable {

    /** Does the work once. */
    Figure round() throws IOException, InterruptedException;

    /** Ends its processes. */
    @Override
    void close();
}
