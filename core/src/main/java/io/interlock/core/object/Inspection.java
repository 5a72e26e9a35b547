package io.interlock.core.object;

import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One object under the eyes of a {@link ObjectType.StateDescription}: where to read, and where to put what was
 * found.
 */
public final class Inspection {

    private final Mem mem;
    private final int block;
    private final long[] parameters;
    private final Owners owners;
    private final Map<String, Object> findings = new LinkedHashMap<>();

    /** Tells about a participant that stands in a word. */
    @FunctionalInterface
    public interface Owners {

        /** Such as {@code pid 4711} or {@code pid 4711, dead}. */
        String describe(int slot, int generation);
    }

    /** Makes one for the block at this offset. */
    public Inspection(Mem mem, int block, long[] parameters, Owners owners) {
        this.mem = mem;
        this.block = block;
        this.parameters = parameters.clone();
        this.owners = owners;
    }

    /** The 64-bit word at an offset of the object's layout. */
    public long int64(int offset) {
        return mem.getLongVolatile(block + offset);
    }

    /** The 32-bit word at an offset of the object's layout. */
    public int int32(int offset) {
        return mem.getIntVolatile(block + offset);
    }

    /** The byte at an offset of the object's layout. */
    public byte int8(int offset) {
        return mem.getByte(block + offset);
    }

    /** The 16-bit number at an offset of the object's layout. */
    public short int16(int offset) {
        return mem.getShort(block + offset);
    }

    /** What the object was created with; {@code index} 0 or 1. */
    public long parameter(int index) {
        return parameters[index];
    }

    /** Notes a finding; values are strings, numbers and booleans. */
    public void put(String name, Object value) {
        findings.put(name, value);
    }

    /** The participant of a lock word in words, dead or alive; "nobody" for a free one. */
    public String owner(long lockWord) {
        return participant(RobustWord.participantOf(lockWord));
    }

    /** A participant in words, dead or alive; "nobody" for 0. */
    public String participant(int participant) {
        if (participant == 0) {
            return "nobody";
        }
        int slot = RobustWord.slotOf(participant);
        int generation = RobustWord.generationOf(participant);
        return "participant " + slot + "." + generation + " (" + owners.describe(slot, generation) + ")";
    }

    /** What was found so far. */
    public Map<String, Object> findings() {
        return findings;
    }
}
