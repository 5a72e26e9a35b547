package io.interlock.core.attach;

import io.interlock.core.error.ParticipantsFullException;
import io.interlock.core.format.HeaderLayout;
import io.interlock.core.format.ParticipantLayout;
import io.interlock.core.platform.LockBytes;
import io.interlock.core.port.Liveness;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The participants table: who is attached, and who of them lives. */
public final class Participants {

    /* Design.
     *
     * A slot belongs to whoever holds its lock byte; the kernel sees to it that only one does, and that the byte is
     * free once the holder is gone. Taking a slot: lock the byte; clean what an earlier participant of the slot left
     * behind
     * (its words would look alive again when the 18-bit generation comes round); raise the generation; work.
     * Killed on the way: the byte is free again, and the next one repeats.           SYNC participant.generation
     *
     * dead(slot, generation) := the slot's generation is another one, or nobody holds the byte. Final: a generation
     * never takes its byte again. Between the lock and the raise a question about the old generation errs towards
     * "alive".
     *
     * Slots are taken round-robin, so that a generation comes round as late as possible.
     */

    private static final int SLOT_LENGTH = ParticipantLayout.LAYOUT.lengthBytes();

    private final Mem mem;
    private final LockBytes lockBytes;
    private final int table;
    private final int slots;

    /** The table of a segment. */
    public Participants(Mem mem, LockBytes lockBytes) {
        this.mem = mem;
        this.lockBytes = lockBytes;
        this.table = mem.getInt(HeaderLayout.PARTICIPANTS_OFFSET);
        this.slots = mem.getInt(HeaderLayout.MAX_PARTICIPANTS_OFFSET);
    }

    /** How many slots there are. */
    public int slots() {
        return slots;
    }

    /**
     * Takes the lock byte of a slot.
     *
     * @throws ParticipantsFullException if every slot is held
     */
    int takeSlot() {
        long first = mem.getAndAddLong(HeaderLayout.NEXT_SLOT_OFFSET, 1);
        for (int i = 0; i < slots; i++) {
            int slot = (int) Long.remainderUnsigned(first + i, slots);
            if (lockBytes.tryLock(slot)) {
                return slot;
            }
        }
        throw new ParticipantsFullException("all " + slots + " participant slots of the segment are taken by live"
                + " processes; create it with more (SegmentOptions.maxParticipants)");
    }

    /** Begins a new generation of a slot whose byte this process holds. */
    long enter(int slot) {
        int at = offset(slot);
        long generation = mem.getLongVolatile(at + ParticipantLayout.GENERATION_OFFSET) + 1;
        mem.putLong(at + ParticipantLayout.PID_OFFSET, ProcessHandle.current().pid());
        mem.putLong(at + ParticipantLayout.PID_NAMESPACE_OFFSET, pidNamespace());
        mem.putLong(at + ParticipantLayout.STARTED_OFFSET,
                ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElse(0L));
        mem.putLong(at + ParticipantLayout.ATTACHED_OFFSET, System.currentTimeMillis());
        mem.putLong(at + ParticipantLayout.LEFT_OFFSET, 0);
        putCommand(at + ParticipantLayout.COMMAND_OFFSET);
        // SYNC participant.generation: release; pairs with isDead
        mem.putLongVolatile(at + ParticipantLayout.GENERATION_OFFSET, generation);
        return generation;
    }

    /** Says whether the participant is about to leave of its own accord: for people, who would think that it died. */
    void setLeaving(int slot, boolean leaving) {
        mem.putLong(offset(slot) + ParticipantLayout.LEFT_OFFSET, leaving ? System.currentTimeMillis() : 0);
    }

    /** Whether the slot was used before. */
    boolean isUsed(int slot) {
        return generation(slot) != 0;
    }

    /** The present or last generation of a slot; 0 if it was never used. */
    public long generation(int slot) {
        return mem.getLongVolatile(offset(slot) + ParticipantLayout.GENERATION_OFFSET);
    }

    /** Whether anybody holds the slot now. */
    public boolean isHeld(int slot) {
        return lockBytes.isLocked(slot);
    }

    /** How many slots are held now. */
    public int living() {
        int living = 0;
        for (int slot = 0; slot < slots; slot++) {
            if (isUsed(slot) && isHeld(slot)) {
                living++;
            }
        }
        return living;
    }

    /** Whether anybody but the holder of this slot is attached; pass -1 to ask for anybody at all. */
    boolean othersThan(int slot) {
        return slot < 0 ? lockBytes.anyLocked(0, slots)
                : lockBytes.anyLocked(0, slot) || lockBytes.anyLocked(slot + 1, slots);
    }

    /** Answers about the dead, for the holder of a slot; pass -1 for an onlooker. */
    public Liveness liveness(int mySlot) {
        return (slot, generation) -> isDead(slot, generation, mySlot);
    }

    private boolean isDead(int slot, int generation, int mySlot) {
        if (slot < 0 || slot >= slots) {
            return true;
        }
        // SYNC participant.generation: acquire; pairs with enter
        if (((int) generation(slot) & RobustWord.GENERATION_MASK) != generation) {
            return true;
        }
        return slot != mySlot && !lockBytes.isLocked(slot);
    }

    /** What stands in a slot, for people. */
    public ParticipantInfo info(int slot) {
        int at = offset(slot);
        byte[] command = new byte[ParticipantLayout.COMMAND_LENGTH];
        mem.getBytes(at + ParticipantLayout.COMMAND_OFFSET, command, 0, command.length);
        int length = 0;
        while (length < command.length && command[length] != 0) {
            length++;
        }
        return new ParticipantInfo(slot, generation(slot), state(slot),
                mem.getLong(at + ParticipantLayout.PID_OFFSET), new String(command, 0, length, StandardCharsets.UTF_8),
                Instant.ofEpochMilli(mem.getLong(at + ParticipantLayout.STARTED_OFFSET)),
                Instant.ofEpochMilli(mem.getLong(at + ParticipantLayout.ATTACHED_OFFSET)));
    }

    private ParticipantInfo.State state(int slot) {
        if (isHeld(slot)) {
            return ParticipantInfo.State.ALIVE;
        }
        return mem.getLong(offset(slot) + ParticipantLayout.LEFT_OFFSET) != 0 ? ParticipantInfo.State.LEFT
                : ParticipantInfo.State.DEAD;
    }

    private void putCommand(int offset) {
        String command = System.getProperty("sun.java.command", "java");
        byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
        mem.zero(offset, ParticipantLayout.COMMAND_LENGTH);
        mem.putBytes(offset, bytes, 0, Math.min(bytes.length, ParticipantLayout.COMMAND_LENGTH));
    }

    private static long pidNamespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Long.parseLong(link.replaceAll("\\D", ""));
        } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
            return 0;
        }
    }

    private int offset(int slot) {
        return table + slot * SLOT_LENGTH;
    }
}
