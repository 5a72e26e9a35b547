package io.interlock.memory.ring;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.EventCount;

/**
 * A bounded ring of messages between processes: its words, and what both sides ask of them. {@link Producers} add,
 * {@link Consumers} take.
 */
public final class Ring extends RingMemory {

    /* Design.
     *
     * Two locks and two words. Producers exclude each other by a robust lock, consumers by another. The bytes between
     * head and tail are complete records and never change, but for the type of one that is removed from the middle.
     * Only the holder of the producers' lock writes behind tail, and tail itself; only the holder of the consumers'
     * lock writes head. Each side commits by one release store of its word, count and position together, after which
     * the message exists, or is gone.                                                   SYNC ring.tail, ring.head
     *
     * Killed before the store: it never happened, what was half written lies outside. Killed after: it is done.
     * Whoever takes a lock over from a dead producer has nothing to repair. From a dead consumer: only a removal from
     * the middle takes two stores, mark and count, and the count can be found again (Consumers.repair).
     * Killed between the store and the wake-up: the sleepers look again at the end of their slice.
     *
     * Each side keeps the last value it saw of the other's word beside its own (seenHead, seenTail), so that the line
     * of the other side is read only when the ring looks full or empty. They are former values, so they err to the
     * safe side, whoever stored them and died.
     *
     * End of stream: SEALED in tail is the only truth, set by a holder of the producers' lock. Since a role stores tail
     * without CAS nobody else can set it, so shutdown() writes a request and then tries the lock. Who holds it sees the
     * request at its next operation, or after it has freed the lock: it frees, then looks at the request; the requester
     * requests, then looks at the lock; one of them sees the other.                       SYNC ring.requests
     * A waiting consumer seals, too: it takes over from a holder that died between the two. In the same way consumers
     * are asked to drop what is left; what the asker can drop by itself it drops before it asks, so that it can say how
     * much that was.
     *
     * Sources: the two-lock queue of Michael and Scott (1996) on the record format of Agrona's ring buffers. Rings
     * whose slots are claimed by CAS are faster in one process, but a claimer that is killed leaves a hole that nobody
     * can tell from a slow one.
     */

    /** Longest sleep of somebody whom a role on the other side cannot see. */
    private static final long UNSEEN_SLICE_NANOS = 2_000_000;

    /** The adding side. */
    public final Producers producers;
    /** The taking side. */
    public final Consumers consumers;

    final Side producersSide;
    final Side consumersSide;
    final EventCount notEmpty;
    final EventCount roomForOne;
    final EventCount roomForMore;

    /** A view of the ring in this block. */
    public Ring(SharedBlock block) {
        super(block);
        int at = block.offset();
        this.notEmpty = new EventCount(context, at + RingLayout.NOT_EMPTY_OFFSET);
        this.roomForOne = new EventCount(context, at + RingLayout.ROOM_FOR_ONE_OFFSET);
        this.roomForMore = new EventCount(context, at + RingLayout.ROOM_FOR_MORE_OFFSET);
        this.producersSide = new Side(context, at + RingLayout.PRODUCERS_LOCK_OFFSET);
        this.consumersSide = new Side(context, at + RingLayout.CONSUMERS_LOCK_OFFSET);
        this.producers = new Producers(this, mem.place(at + RingLayout.SEEN_HEAD_OFFSET, Long.BYTES));
        this.consumers = new Consumers(this, mem.place(at + RingLayout.SEEN_TAIL_OFFSET, Long.BYTES),
                mem.place(at + RingLayout.REMOVED_OFFSET, Long.BYTES));
    }

    /** Asks for the end of the stream, and brings it about unless somebody holds the producers' side for long. */
    public void shutdown() {
        request(SEAL);
        producers.sealAtOnce();
        wakeAll();
    }

    /** The same, and drops what is left; how many messages this call has dropped. */
    public int shutdownNow() {
        request(SEAL);
        producers.sealAtOnce();
        int dropped = consumers.dropAtOnce();
        wakeAll();
        return dropped;
    }

    /** Whether the stream has ended; brings it about if it was asked for and somebody died who should have. */
    public boolean sealIfRequested() {
        if (isSealRequested()) {
            producers.sealAtOnce();
        }
        return isSealed();
    }

    void request(int bits) {
        int seen = requests();
        while ((seen | bits) != seen && !mem.casInt(requestsPlace, seen, seen | bits)) {
            seen = requests(); // SYNC ring.requests: the CAS pairs with requests
        }
    }

    /** Wakes everybody, to look at what has changed for all. */
    void wakeAll() {
        notEmpty.signalAll();
        roomForOne.signalAll();
        roomForMore.signalAll();
    }

    /** Whether this thread is inside a claim or a handler. */
    boolean isInside(ThreadRecord me) {
        return producersSide.isHeldBy(me) || consumersSide.isHeldBy(me);
    }

    /**
     * A wait of somebody who holds a side already could only be ended by himself.
     *
     * @throws IllegalStateException if this thread is inside a claim or a handler of this ring
     */
    void requireOutside(ThreadRecord me) {
        if (isInside(me)) {
            throw new IllegalStateException("this thread is inside a claim or a handler of queue \"" + name()
                    + "\" and would wait for itself; commit or abort the claim, or return from the handler, first");
        }
    }

    /**
     * Makes a role on the other side see that this thread is about to sleep. A role does not fence between its store
     * and its look at the event count, so the sleeper does it for both, after registering and before it looks again.
     *
     * @return the moment until which it may sleep
     */
    long announceToRole(Side other, long deadline) {
        if (!other.isRole() || context.futex.barrier()) {
            return deadline;
        }
        long soon = context.deadline(UNSEEN_SLICE_NANOS);
        return deadline - soon < 0 ? deadline : soon;
    }

    /** What a role does between its store and its look at the event counts. */
    void roleFence(boolean fences) {
        if (fences) {
            mem.fullFence();
        } else {
            mem.compilerFence();
        }
    }

    /** Whether roles of this process must fence, since no barrier of another process reaches it. */
    public boolean rolesFence() {
        return !context.futex.barrier();
    }

    @Override
    public String toString() {
        return "Ring[" + name() + ", messages=" + size() + ", producers " + producersSide + ", consumers "
                + consumersSide + "]";
    }
}
