package io.interlock.core.attach;

import java.time.Instant;

/**
 * A slot of the participants table, for people to read.
 *
 * @param slot           the slot
 * @param generation     how many participants have had it, this one included
 * @param alive          whether it is attached now
 * @param pid            process id as that process saw it; says nothing about life
 * @param command        what the process runs, shortened
 * @param processStarted when the process started
 * @param attached       when it attached
 */
public record ParticipantInfo(int slot, long generation, boolean alive, long pid, String command,
        Instant processStarted, Instant attached) {
}
