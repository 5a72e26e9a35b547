package io.interlock.memory.ring;

import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.AdaptiveSpin;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustLock;

/** The adding side of a ring: its steps, put together to an operation; {@link Claims} and roles do it otherwise. */
public final class Producers extends RingMemory implements Adding {

    /* Design.
     *
     * begin     lock; compare tail with seenHead, then with head; write padding if the record would go across the end.
     * commit    tail.setRelease; unlock, which is a full fence; look whether consumers sleep.
     * In a role: tail.setRelease; look. The sleeper makes that safe: Ring.announceToRole and docs/adr/0010.
     *
     * Two kinds of sleepers: those who want one place, and only the number of messages is in their way; and those who
     * want bytes or several places. One place wakes one of the former. Nobody can tell which of the latter will fit, so
     * they are all woken, but not before there is as much as the most modest of them wants: who sleeps for a batch is
     * woken once for it and not at each take. He registers, then lowers the wish, then looks again; who wakes withdraws
     * the wish, then signals. So a wish that is withdrawn was that of somebody who is woken, and who finds too large a
     * wish has stored head before the sleeper's look.                                                SYNC ring.wanted
     *
     * A sleeper of the first kind that goes on to wait for bytes, or gives up, passes its wake-up on. A role sleeps
     * among the latter: a wake-up that goes to somebody whom it locks out would be lost.
     */

    private final Ring ring;
    private final Side side;
    private final long seenHeadPlace;
    private final RobustLock operation;
    private final AdaptiveSpin spin;
    private final EventCount notEmpty;
    /** Of whoever holds the side, from reserve to publish: tail, moved over the padding. */
    private long from;

    Producers(Ring ring, long seenHeadPlace) {
        super(ring);
        this.ring = ring;
        this.side = ring.producersSide;
        this.seenHeadPlace = seenHeadPlace;
        this.operation = side.operation;
        this.spin = new AdaptiveSpin(ring.context);
        this.notEmpty = ring.notEmpty;
    }

    @Override
    public int begin(int units, int messages, long timeoutNanos, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        int at = operation.tryAcquireUnmarked() ? reserveOrLeave(operation, units, messages) : BUSY;
        return at >= 0 || at == SHUT_DOWN ? at
                : beginSlowly(operation, at, units, messages, timeoutNanos, interruptible);
    }

    @Override
    public void commit(int units, int messages) {
        try {
            publish(units, messages);
        } finally {
            operation.releaseUnmarked();
        }
        announce(messages);
        sealIfRequested();
    }

    @Override
    public void abort() {
        operation.releaseUnmarked();
        passOn();
        sealIfRequested();
    }

    /** The same for claims, in which foreign code runs between begin and commit. */
    public Adding claims() {
        return new Claims(ring, this);
    }

    /** An exclusive role, still to be entered. */
    public ProducerRole role() {
        return new ProducerRole(ring, this);
    }

    int beginSlowly(RobustLock view, int reason, int units, int messages, long timeoutNanos,
            boolean interruptible) throws InterruptedException {
        ThreadRecord me = context.self.current();
        if (timeoutNanos > 0 && !ring.isInside(me)) {
            return awaitBegin(view, me, units, messages, context.deadline(timeoutNanos), interruptible);
        }
        if (side.isHeldBy(me)) {
            ring.requireOutside(me);
        }
        int at = reason == BUSY ? beginAtOnce(view, me, units, messages) : reason;
        if (at < 0 && at != SHUT_DOWN && timeoutNanos > 0) {
            ring.requireOutside(me);
        }
        return at;
    }

    private int beginAtOnce(RobustLock view, ThreadRecord me, int units, int messages) {
        if (side.enterAtOnce(view, me)) {
            return reserveOrLeave(view, units, messages);
        }
        return isSealRequested() ? SHUT_DOWN : BUSY;
    }

    private int awaitBegin(RobustLock view, ThreadRecord me, int units, int messages, long deadline,
            boolean interruptible) throws InterruptedException {
        int at = BUSY;
        try {
            while (true) {
                at = enterAndReserve(view, me, units, messages, deadline, interruptible);
                if (at >= 0 || at == SHUT_DOWN) {
                    return at;
                }
                if (context.isOver(deadline)) {
                    at = at == BUSY ? beginAtOnce(view, me, units, messages) : at;
                    return at;
                }
                if (at != BUSY) {
                    awaitRoom(at, units, messages, deadline, me, interruptible);
                    at = BUSY;
                }
            }
        } finally {
            if (at < 0) {
                passOn();
            }
        }
    }

    private int enterAndReserve(RobustLock view, ThreadRecord me, int units, int messages, long deadline,
            boolean interruptible) throws InterruptedException {
        if (isSealRequested()) {
            sealAtOnce();
            return SHUT_DOWN;
        }
        if (!side.enter(view, me, deadline, interruptible)) {
            context.checkOpen();
            return BUSY;
        }
        return reserveOrLeave(view, units, messages);
    }

    int reserveOrLeave(RobustLock view, int units, int messages) {
        int at = BUSY;
        try {
            at = reserve(units, messages);
        } finally {
            if (at < 0) {
                view.release();
            }
        }
        if (at < 0) {
            sealIfRequested();
        }
        return at;
    }

    /** Holding the side: finds room and pads up to it. */
    int reserve(int units, int messages) {
        if (isRequestedPlain(SEAL)) {
            seal();
            return SHUT_DOWN;
        }
        long tail = mem.getLong(tailPlace);
        if (!hasRoom(mem.getLong(seenHeadPlace), tail, units, messages)) {
            long head = look(headPlace); // SYNC ring.head: acquire; pairs with the stores of Consumers
            checkWords(head, tail);
            mem.putLong(seenHeadPlace, head);
            if (!hasRoom(head, tail, units, messages)) {
                return messages > 1 || hasPlaces(head, tail, 1) ? NO_ROOM : FULL;
            }
        }
        from = pad(tail, units);
        return offsetOf(RingWord.positionOf(from));
    }

    /** Writes what must lie between tail and a record; tail, moved over it. */
    private long pad(long tail, int units) {
        int position = RingWord.positionOf(tail);
        int padding = padding(position, units);
        if (padding == 0) {
            return tail;
        }
        mem.putLong(placeOf(position),
                RecordHeader.of(padding * RingWord.UNIT - RecordHeader.LENGTH, RecordHeader.PADDING));
        return RingWord.plus(tail, 0, padding);
    }

    /** Holding the side: the one store after which the messages exist. */
    void publish(int units, int messages) {
        // SYNC ring.tail: release; pairs with tailVolatile
        mem.putLongRelease(tailPlace, RingWord.plus(from, messages, units));
    }

    void announce(int messages) {
        if (EventCount.waitersOf(mem.getLongVolatile(notEmptyPlace)) != 0) {
            notEmpty.signal(messages);
        }
    }

    /** Holding the side: the one store after which nothing can be added. */
    private void seal() {
        long tail = mem.getLong(tailPlace);
        if (!RingWord.isSealed(tail)) {
            mem.putLongVolatile(tailPlace, tail | RingWord.SEALED); // SYNC ring.tail: pairs with tailVolatile
            ring.wakeAll();
        }
    }

    /** Seals if the end was asked for, and the side is free, or its owner dead, or in the middle of an operation. */
    void sealAtOnce() {
        if (!isSealed() && side.enterAtOnce(operation, context.self.current())) {
            try {
                seal();
            } finally {
                operation.releaseUnmarked();
            }
        }
    }

    /** For a holder that has just freed the side: whoever asked meanwhile relies on it. */
    void sealIfRequested() {
        if (isRequestedPlain(SEAL)) { // behind the fence that freeing the lock was
            sealAtOnce();
        }
    }

    /** Without holding the side: waits until there may be room. */
    void awaitRoom(int reason, int units, int messages, long deadline, ThreadRecord me, boolean interruptible)
            throws InterruptedException {
        if (reason == NO_ROOM) {
            passOn();
        }
        if (spin(units, messages, deadline)) {
            return;
        }
        EventCount waiters = reason == FULL ? ring.roomForOne : ring.roomForMore;
        long ticket = waiters.register();
        if (reason != FULL) {
            want(units, messages);
        }
        long until = ring.announceToRole(ring.consumersSide, deadline);
        if (isWorthwhile(units, messages) || context.isOver(deadline)) {
            waiters.cancel(ticket);
        } else if (interruptible && Thread.interrupted()) {
            waiters.cancel(ticket);
            throw new InterruptedException();
        } else {
            waiters.sleep(ticket, until, me, interruptible);
        }
    }

    /** Lowers the wish of those who wait for more than a place. */
    private void want(int units, int messages) {
        long seen;
        long lower;
        do {
            seen = mem.getLongVolatile(wantedRoomOffset);
            int fewestMessages = seen == 0 ? messages : Math.min(messages, (int) (seen >>> 32));
            int fewestUnits = seen == 0 ? units : Math.min(units, (int) seen);
            lower = (long) fewestMessages << 32 | fewestUnits;
        } while (lower != seen && !mem.casLong(wantedRoomOffset, seen, lower)); // SYNC ring.wanted: pairs with isWanted
    }

    private boolean spin(int units, int messages, long deadline) {
        long until = spin.begin(deadline);
        do {
            if (isWorthwhile(units, messages)) {
                return spin.succeeded();
            }
        } while (spin.goOn(until));
        return false;
    }

    private boolean isWorthwhile(int units, int messages) {
        return hasRoomNow(units, messages) || isSealRequested();
    }

    /**
     * Gives a wake-up for one place, which this thread may have got and does not use, to another. The tail is read
     * first: both words only grow, so that the answer errs to "there is a place".
     */
    void passOn() {
        if (ring.roomForOne.waiters() > 0) {
            long tail = tailVolatile();
            if (hasPlaces(headVolatile(), tail, 1)) {
                ring.roomForOne.signal(1);
            }
        }
    }

    @Override
    public String toString() {
        return "Producers[" + side + "]";
    }
}
