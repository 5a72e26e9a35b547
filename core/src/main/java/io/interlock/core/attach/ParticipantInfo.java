package io.interlock.core.attach;

import java.time.Instant;

/**
 * A slot of the participants table, for people to read.
 *
 * @param slot           the slot
 * @param generation     how many participants have had it, this one included
 * @param state          whether it is attached now
 * @param pid            process id as that process saw it; says nothing about life
 * @param command        what the process runs, shortened
 * @param processStarted when the process started
 * @param attached       when it attached
 */
public record ParticipantInfo(int slot, long generation, State state, long pid, String command,
        Instant processStarted, Instant attached) {

    /** What became of a participant. */
    public enum State {
        /** It is attached. */
        ALIVE,
        /** It closed its last handle. */
        LEFT,
        /** It ended without that. */
        DEAD
    }

    /** Whether it is attached now. */
    public boolean alive() {
        return state == State.ALIVE;
    }
}
