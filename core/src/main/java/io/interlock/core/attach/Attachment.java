package io.interlock.core.attach;

import io.interlock.core.format.HeaderLayout;
import io.interlock.core.platform.CrashPoints;
import io.interlock.core.platform.JvmSelf;
import io.interlock.core.platform.MappedFile;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.nio.file.Path;

/** This process's one attachment to one segment file, shared by all of its handles. */
public final class Attachment {

    private final MappedFile file;
    private final Mem mem;
    private final Participants participants;
    private final int slot;
    private final Context root;
    private final Janitor janitor;
    private final Path path;
    private int handles;

    private Attachment(MappedFile file, Mem mem, Participants participants, int slot, Context root, Path path) {
        this.file = file;
        this.mem = mem;
        this.participants = participants;
        this.slot = slot;
        this.root = root;
        this.path = path;
        this.janitor = new Janitor(root);
    }

    /** Becomes a participant of a mapped segment. */
    static Attachment enter(MappedFile file, Mem mem, Path path) {
        Participants participants = new Participants(mem, file.lockBytes());
        int slot = participants.takeSlot();
        Futex futex = CrashPoints.around(file.futex(mem), mem);
        CrashPoints.at("attach.held");
        file.settle(slot);
        JvmSelf self = new JvmSelf();
        if (participants.isUsed(slot)) {
            new Reaper(new Context(mem, futex, participants.liveness(slot), System::nanoTime, self, 0)).reap(slot);
        }
        if (!futex.reachesOthers()) {
            mem.putIntVolatile(HeaderLayout.DEAF_OFFSET, 1);
        }
        int participant = RobustWord.participant(slot, participants.enter(slot));
        Context root =
                new Context(mem, futex, participants.liveness(slot), System::nanoTime, self, participant);
        return new Attachment(file, mem, participants, slot, root, path);
    }

    /** What stays the same through a rename of the file. */
    Object key() {
        return file.key();
    }

    /** The path under which it was opened last. */
    public Path path() {
        return path;
    }

    /** The shared words. */
    public Mem mem() {
        return mem;
    }

    /** Who else is attached. */
    public Participants participants() {
        return participants;
    }

    /** This process's slot. */
    public int slot() {
        return slot;
    }

    /** Frees the recursive locks of threads that have ended. */
    public Janitor janitor() {
        return janitor;
    }

    /** Whether the last to detach removes the file. */
    boolean isTemporary() {
        return mem.getInt(HeaderLayout.TEMPORARY_OFFSET) != 0;
    }

    /** A new handle. */
    Context openHandle() {
        handles++;
        participants.setLeaving(slot, false); // without JNA an attachment outlives its last handle
        return root.anotherHandle();
    }

    /** How many handles there are. */
    int handles() {
        return handles;
    }

    /** One handle less; true if it was the last. */
    boolean closeHandle() {
        return --handles == 0;
    }

    /** Cuts the mapping off; false if it has to stay until the process ends. */
    boolean detach() {
        participants.setLeaving(slot, true);
        CrashPoints.at("detach.leaving");
        boolean detached = file.detach(slot);
        CrashPoints.at("detach.left");
        if (detached) {
            root.close();
        }
        return detached;
    }
}
