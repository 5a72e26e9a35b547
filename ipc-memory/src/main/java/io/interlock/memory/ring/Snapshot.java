package io.interlock.memory.ring;

import java.util.Arrays;

/** A copy of what was in a ring at some moment, taken without a lock. */
public final class Snapshot {

    /* Design.
     *
     * Copy everything between head and tail, then read head again: what the new head has passed may have been
     * overwritten while it was copied, the rest cannot have been. The fence keeps the second read behind the copy.
     * Only the type of a record changes while it lies there, when it is removed, and a copy may be half of each; so
     * everything that is not a whole "message" was removed. A length never changes.
     */

    private final Ring ring;
    private final byte[] bytes;
    private final int base;
    private int at;
    private int recordAt;
    private int recordUnits;

    private Snapshot(Ring ring, byte[] bytes, int base, int skip) {
        this.ring = ring;
        this.bytes = bytes;
        this.base = base;
        this.at = skip * RingWord.UNIT;
    }

    /** Copies all messages. */
    public static Snapshot of(Ring ring) {
        Snapshot snapshot = attempt(ring);
        while (snapshot == null) {
            snapshot = attempt(ring);
        }
        return snapshot;
    }

    /** Null if more messages have gone than there were: then positions may have come round, and say nothing. */
    private static Snapshot attempt(Ring ring) {
        long head = ring.headVolatile();
        long tail = ring.tailVolatile();
        while (head != ring.headVolatile()) {
            head = ring.headVolatile();
            tail = ring.tailVolatile();
        }
        ring.checkWords(head, tail);
        int units = (int) RingWord.unitsBetween(head, tail);
        byte[] bytes = new byte[units * RingWord.UNIT];
        ring.copy(RingWord.positionOf(head), units, bytes);
        ring.mem.fullFence();
        long now = ring.headVolatile();
        ring.context.checkOpen();
        if (RingWord.messagesBetween(head, now) > RingWord.messagesBetween(head, tail)) {
            return null;
        }
        long passed = RingWord.unitsBetween(head, now);
        return new Snapshot(ring, bytes, RingWord.positionOf(head), (int) Math.min(passed, units));
    }

    /**
     * Copies the oldest message only.
     *
     * @return the snapshot, standing on it, or null if there is none
     */
    public static Snapshot ofFirst(Ring ring) {
        while (true) {
            long head = ring.headVolatile();
            long tail = ring.tailVolatile();
            if (head != ring.headVolatile()) {
                continue;
            }
            if (RingWord.isSameCount(head, tail)) {
                ring.context.checkOpen();
                return null;
            }
            Snapshot first = first(ring, head, tail);
            ring.mem.fullFence();
            if (head == ring.headVolatile()) {
                ring.context.checkOpen();
                return first;
            }
        }
    }

    /** The first message between; null if the words have changed meanwhile, or the only one is being removed. */
    private static Snapshot first(Ring ring, long head, long tail) {
        ring.checkWords(head, tail);
        int limit = RingWord.positionOf(tail);
        for (int position = RingWord.positionOf(head); position != limit;) {
            long header = ring.mem.getLong(ring.offsetOf(position));
            ring.mem.fullFence();
            if (head != ring.headVolatile()) {
                return null;
            }
            int units = ring.checkedUnits(header, position, limit);
            if (RecordHeader.isMessage(header)) {
                byte[] bytes = new byte[units * RingWord.UNIT];
                ring.copy(position, units, bytes);
                ring.mem.fullFence();
                if (head != ring.headVolatile()) {
                    return null;
                }
                Snapshot snapshot = new Snapshot(ring, bytes, position, 0);
                if (snapshot.next()) {
                    return snapshot;
                }
            }
            position += units;
        }
        return null;
    }

    /** Goes to the next message; false if there is none. */
    public boolean next() {
        while (at < bytes.length) {
            long header = Bytes.getLong(bytes, at);
            int length = RecordHeader.lengthOf(header);
            int units = RecordHeader.units(length);
            if (length < 0 || units <= 0 || units > (bytes.length - at) / RingWord.UNIT) {
                ring.checkedUnits(header, base + at / RingWord.UNIT, base + bytes.length / RingWord.UNIT);
                return false;
            }
            recordAt = at;
            recordUnits = units;
            at += units * RingWord.UNIT;
            if (RecordHeader.isMessage(header)) {
                return true;
            }
        }
        return false;
    }

    /** The bytes in which the present message lies. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where its payload begins in them. */
    public int payloadAt() {
        return recordAt + RecordHeader.LENGTH;
    }

    /** Bytes of its payload. */
    public int payloadLength() {
        return RecordHeader.lengthOf(Bytes.getLong(bytes, recordAt));
    }

    /** Where it was in the ring. */
    public int position() {
        return base + recordAt / RingWord.UNIT;
    }

    /** Its header and payload, and what pads them. */
    public byte[] record() {
        return Arrays.copyOfRange(bytes, recordAt, recordAt + recordUnits * RingWord.UNIT);
    }

    @Override
    public String toString() {
        return "Snapshot[" + bytes.length + " bytes of " + ring.name() + "]";
    }
}
