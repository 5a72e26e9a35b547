package io.interlock.memory.ring;

import io.interlock.core.Segment;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;

/** Looks at the memory of a queue past its operations, and changes it as no queue would. */
public final class RingProbe {

    private static final int OPERATION = -1;
    private static final int ROLE = -2;

    private final Mem mem;
    private final int at;

    /** On the object with this id. */
    public RingProbe(Segment segment, int id) {
        SharedBlock block = segment.directory().byId(id);
        this.mem = segment.context().mem;
        this.at = block.offset();
    }

    public long head() {
        return mem.getLongVolatile(at + RingLayout.HEAD_OFFSET);
    }

    public long tail() {
        return mem.getLongVolatile(at + RingLayout.TAIL_OFFSET);
    }

    public void setHead(long word) {
        mem.putLongVolatile(at + RingLayout.HEAD_OFFSET, word);
    }

    public void setTail(long word) {
        mem.putLongVolatile(at + RingLayout.TAIL_OFFSET, word);
    }

    /** Lets an empty ring begin at another point of the stream. */
    public void restartAt(long word) {
        setHead(word);
        setTail(word);
        mem.putLong(at + RingLayout.SEEN_HEAD_OFFSET, word);
        mem.putLong(at + RingLayout.SEEN_TAIL_OFFSET, word);
    }

    /** A word of so many messages and units. */
    public static long word(int messages, int units) {
        return (messages & 0x7FFF_FFFFL) << 32 | units & 0xFFFF_FFFFL;
    }

    /** Offset in the segment of the header of the oldest record, padding included. */
    public int oldestOffset() {
        return offsetOf(head());
    }

    private int offsetOf(long word) {
        int units = mem.getInt(at + RingLayout.RING_BYTES_OFFSET) / RingWord.UNIT;
        return at + RingLayout.RING_OFFSET + (RingWord.positionOf(word) & units - 1) * RingWord.UNIT;
    }

    public long header(int offset) {
        return mem.getLongVolatile(offset);
    }

    public void setHeader(int offset, long header) {
        mem.putLongVolatile(offset, header);
    }

    /** Offset in the segment of where the next record will begin. */
    public int nextOffset() {
        return offsetOf(tail());
    }

    /** Makes it look as if a process had died in the middle of an operation of the producers. */
    public void abandonProducers() {
        abandon(RingLayout.PRODUCERS_LOCK_OFFSET, OPERATION);
    }

    /** Makes it look as if a process had died in the middle of an operation of the consumers. */
    public void abandonConsumers() {
        abandon(RingLayout.CONSUMERS_LOCK_OFFSET, OPERATION);
    }

    /** Makes it look as if a process had died that had both exclusive roles. */
    public void abandonRoles() {
        abandon(RingLayout.PRODUCERS_LOCK_OFFSET, ROLE);
        abandon(RingLayout.CONSUMERS_LOCK_OFFSET, ROLE);
    }

    /** Makes it look as if a process had died in which thread 7 was in a claim and thread 8 in a handler. */
    public void abandonClaimAndHandler() {
        abandon(RingLayout.PRODUCERS_LOCK_OFFSET, 7);
        abandon(RingLayout.CONSUMERS_LOCK_OFFSET, 8);
    }

    /** The lock names a participant that never was. */
    private void abandon(int lockOffset, int upper) {
        mem.putLongVolatile(at + lockOffset + RobustLockLayout.WORD_OFFSET,
                RobustWord.held(upper, RobustWord.participant(200, 1), 0));
    }

    /** Says another size of the ring than it has. */
    public void setRingBytes(int bytes) {
        mem.putInt(at + RingLayout.RING_BYTES_OFFSET, bytes);
    }
}
