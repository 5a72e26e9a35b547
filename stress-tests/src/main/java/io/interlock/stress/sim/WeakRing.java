package io.interlock.stress.sim;

import io.interlock.core.layout.Layout;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustLock;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.memory.ring.Adding;
import io.interlock.memory.ring.Bytes;
import io.interlock.memory.ring.ProducerRole;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingLayout;
import io.interlock.memory.ring.RingWord;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies of operations on the shipped ring, with one flaw or none: the copy of what is there, the clearing, and the
 * end of an exclusive role. With none they must be as right as the shipped ones, which shows that it is the flaw that
 * is found.
 */
final class WeakRing {

    /** What is wrong with it. */
    enum Flaw {
        /** Nothing. */
        NONE,
        /** What was overwritten while it was copied is taken for what was there. */
        TRUSTS_THE_COPY,
        /** Only what consumers have seen before is copied. */
        COPIES_TO_AN_OLD_TAIL,
        /** Only what consumers have seen before is dropped. */
        CLEARS_TO_AN_OLD_TAIL,
        /** A role looks whether the end was asked for, and then frees the side. */
        LOOKS_BEFORE_IT_FREES
    }

    private static final int OPERATION_TAG = -1;
    private static final int ROLE_TAG = -2;

    private final Context context;
    private final Mem mem;
    private final Ring ring;
    private final SharedBlock block;
    private final Flaw flaw;

    WeakRing(Ring ring, SharedBlock block, Flaw flaw) {
        this.context = block.context();
        this.mem = context.mem;
        this.ring = ring;
        this.block = block;
        this.flaw = flaw;
    }

    private int at(String field) {
        return block.offset() + field(RingLayout.TYPE.layout(), field).offset();
    }

    /** The field with this name. */
    static Layout.Field field(Layout layout, String name) {
        return layout.fields().stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
    }

    /** What is in the ring, each item as {@link Twice} writes it. */
    List<Long> items() {
        List<Long> items = attempt();
        while (items == null) {
            items = attempt();
        }
        return items;
    }

    private List<Long> attempt() {
        long head;
        long tail;
        do {
            head = mem.getLongVolatile(at("head"));
            tail = mem.getLongVolatile(at(flaw == Flaw.COPIES_TO_AN_OLD_TAIL ? "seenTail" : "tail"));
        } while (head != mem.getLongVolatile(at("head")));
        int units = (int) RingWord.unitsBetween(head, tail);
        byte[] bytes = copy(RingWord.positionOf(head), units);
        long now = flaw == Flaw.TRUSTS_THE_COPY ? head : mem.getLongVolatile(at("head"));
        if (RingWord.messagesBetween(head, now) > RingWord.messagesBetween(head, tail)) {
            return null;
        }
        return itemsOf(bytes, (int) Math.min(RingWord.unitsBetween(head, now), units));
    }

    private byte[] copy(int position, int units) {
        int begin = block.offset() + RingLayout.TYPE.layout().lengthBytes();
        int ringUnits = ring.ringBytes() / RingWord.UNIT;
        byte[] bytes = new byte[units * RingWord.UNIT];
        for (int i = 0; i < units; i++) {
            int place = begin + (position + i & ringUnits - 1) * RingWord.UNIT;
            mem.getBytes(place, bytes, i * RingWord.UNIT, RingWord.UNIT);
        }
        return bytes;
    }

    private static List<Long> itemsOf(byte[] bytes, int skippedUnits) {
        List<Long> items = new ArrayList<>();
        int at = skippedUnits * RingWord.UNIT;
        while (at < bytes.length) {
            long header = Bytes.getLong(bytes, at);
            if (RecordHeader.isMessage(header)) {
                long first = Bytes.getLong(bytes, at + RecordHeader.LENGTH);
                items.add(first == Bytes.getLong(bytes, at + 2 * RecordHeader.LENGTH) ? first : Twice.TORN);
            }
            at += RecordHeader.units(RecordHeader.lengthOf(header)) * RingWord.UNIT;
        }
        return items;
    }

    /** Drops what is there. */
    void clear() {
        RobustLock lock = RobustLock.tagged(context, at("consumersLock"), OPERATION_TAG);
        lock.acquire(context.self.current());
        long tail = mem.getLongVolatile(at("tail"));
        long until = flaw == Flaw.CLEARS_TO_AN_OLD_TAIL ? mem.getLong(at("seenTail")) : RingWord.unsealed(tail);
        mem.putLong(at("seenTail"), until);
        mem.putLongVolatile(at("head"), until);
        lock.release();
    }

    /** Puts an item in an exclusive role, and gives the role up. */
    void putInRole(long item) throws InterruptedException {
        ProducerRole role = ring.producers.role();
        role.enter(Long.MAX_VALUE);
        int at = role.begin(2, 1, Long.MAX_VALUE, true);
        if (at == Adding.SHUT_DOWN) {
            role.close();
            throw new QueueShutDownException("refused");
        }
        ring.writeHeader(at, Long.BYTES);
        mem.putLong(at + RecordHeader.LENGTH, item);
        role.commit(2, 1);
        if (flaw != Flaw.LOOKS_BEFORE_IT_FREES || ring.isSealRequested()) {
            role.close();
        } else {
            RobustLock.tagged(context, at("producersLock"), ROLE_TAG).release();
        }
    }

    @Override
    public String toString() {
        return "WeakRing[" + flaw + "]";
    }
}
