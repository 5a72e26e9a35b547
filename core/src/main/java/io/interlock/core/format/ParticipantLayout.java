package io.interlock.core.format;

import io.interlock.core.layout.Layout;

/**
 * One slot of the participants table. Whether its participant lives is told by the slot's lock byte alone; what stands
 * here beside the generation is for people to read.
 */
public final class ParticipantLayout {

    private static final Layout.Builder B = Layout.builder();

    /** Counts the participants that have had this slot; its low 18 bits stand in every word that they own. */
    public static final int GENERATION_OFFSET =
            B.int64("generation", "holder of the slot's lock byte", "release/acquire  [SYNC participant.generation]");
    public static final int PID_OFFSET = B.int64("pid", "participant", "plain");
    public static final int PID_NAMESPACE_OFFSET = B.int64("pidNamespace", "participant", "plain, an inode number");
    public static final int STARTED_OFFSET = B.int64("processStartEpochMillis", "participant", "plain");
    public static final int ATTACHED_OFFSET = B.int64("attachedEpochMillis", "participant", "plain");
    /** When the participant left of its own accord; 0 while it is attached, and for ever if it died. */
    public static final int LEFT_OFFSET = B.int64("leftEpochMillis", "participant", "plain");
    public static final int COMMAND_OFFSET = B.text("command", 80, "participant", "plain");

    public static final Layout LAYOUT = B.build("Participant", 1);

    /** Bytes of {@link #COMMAND_OFFSET}. */
    public static final int COMMAND_LENGTH = 80;

    private ParticipantLayout() {
    }
}
