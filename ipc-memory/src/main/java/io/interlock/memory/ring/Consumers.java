package io.interlock.memory.ring;

import io.interlock.core.port.ThreadRecord;
import io.interlock.core.robust.AdaptiveSpin;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustLock;
import io.interlock.memory.error.QueueDamagedException;

/** The taking side of a ring: its steps, put together to an operation; {@link Handlers} and roles do it otherwise. */
public final class Consumers extends RingMemory implements Taking {

    /* Design.
     *
     * begin     lock; compare head with seenTail, then with tail; go over padding and removed records.
     * commit    head.setRelease; unlock, which is a full fence; look whether producers sleep.
     * In a handler the lock stays, so that each commit fences by itself. In a role: head.setRelease; look; the sleeper
     * makes that safe (Ring.announceToRole).
     *
     * Empty is a matter of counts, never of positions: removed records may lie between. When the last message goes,
     * head moves to the position of the tail that was seen, over whatever lies between, so that no byte stays taken.
     *
     * A removal from the middle marks the record, then stores head with the count of one message more. Killed between
     * the two, the count is one too low until the next owner, who is told of the death, has counted the records.
     *
     * A consumer that is woken, and finds the side held by a role, passes its wake-up on before it waits for the lock:
     * the role may sleep on the same event count.
     */

    private final Ring ring;
    private final Side side;
    private final long seenTailPlace;
    private final long removedPlace;
    private final RobustLock operation;
    private final AdaptiveSpin spin;
    private final EventCount roomForOne;
    private final EventCount roomForMore;
    /** Of whoever holds the side, from front to publish: head without the oldest message. */
    private long next;

    Consumers(Ring ring, long seenTailPlace, long removedPlace) {
        super(ring);
        this.ring = ring;
        this.side = ring.consumersSide;
        this.seenTailPlace = seenTailPlace;
        this.removedPlace = removedPlace;
        this.operation = side.operation;
        this.spin = new AdaptiveSpin(ring.context);
        this.roomForOne = ring.roomForOne;
        this.roomForMore = ring.roomForMore;
    }

    @Override
    public int begin(long timeoutNanos, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        int at = operation.tryAcquireUnmarked() ? frontOrLeave() : BUSY;
        return at >= 0 || at == ENDED ? at : beginSlowly(operation, at, timeoutNanos, interruptible);
    }

    @Override
    public void commit() {
        try {
            publish();
        } finally {
            operation.releaseUnmarked();
        }
        announce(1);
        dropIfRequested();
    }

    @Override
    public void abort() {
        operation.releaseUnmarked();
        passOn();
        dropIfRequested();
    }

    /** The same for handlers, foreign code that looks at the messages where they lie. */
    public Reading handlers() {
        return new Handlers(ring, this);
    }

    /** An exclusive role, still to be entered. */
    public ConsumerRole role() {
        return new ConsumerRole(ring, this);
    }

    /**
     * Waits until there is a message, or the end; takes nothing.
     *
     * @return false if the time is over
     */
    public boolean await(long timeoutNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (timeoutNanos > 0 && !isWorthwhile()) {
            ThreadRecord me = context.self.current();
            ring.requireOutside(me);
            long deadline = context.deadline(timeoutNanos);
            while (!isWorthwhile() && !context.isOver(deadline)) {
                awaitMessage(deadline, me, true);
            }
            passOn();
        }
        return isWorthwhile();
    }

    @Override
    public int copy(byte[] target, int limitBytes, int max, Batch batch) {
        long head = mem.getLong(headPlace);
        long tail = tailVolatile();
        checkWords(head, tail);
        mem.putLong(seenTailPlace, tail);
        int limit = RingWord.positionOf(tail);
        int begin = RingWord.positionOf(overRemoved(head, tail));
        int position = begin;
        int end = begin;
        int messages = 0;
        int available = Math.min(max, RingWord.messagesBetween(head, tail));
        while (messages < available && position != limit) {
            long header = mem.getLong(placeOf(position));
            position += checkedUnits(header, position, limit);
            if ((long) (position - begin) * RingWord.UNIT > limitBytes) {
                break;
            }
            if (RecordHeader.isMessage(header)) {
                messages++;
                end = position;
            }
        }
        if (messages == 0) {
            return TOO_LARGE;
        }
        copy(begin, end - begin, target);
        batch.messages = messages;
        batch.begin = begin;
        batch.next = after(RingWord.plus(head, messages, end - RingWord.positionOf(head)), tail);
        return (end - begin) * RingWord.UNIT;
    }

    @Override
    public void commit(Batch batch) {
        try {
            publish(batch.next);
        } finally {
            operation.releaseUnmarked();
        }
        announce(batch.messages);
        dropIfRequested();
    }

    /**
     * Removes one message from wherever it is.
     *
     * @param position its position when it was seen
     * @param record   its header and payload when it was seen
     * @return false if it is not there any more
     * @throws IllegalStateException if somebody holds the side for long
     */
    public boolean remove(int position, byte[] record) {
        enterOrRefuse("remove from");
        boolean removed = false;
        boolean whole = false;
        try {
            repairAfterDeath();
            removed = isThere(position, record);
            if (removed) {
                markRemoved(position);
            }
            whole = true;
        } finally {
            leave(operation, whole);
        }
        if (removed) {
            announce(1);
        }
        dropIfRequested();
        context.checkOpen();
        return removed;
    }

    /** Drops all messages, damaged ones included; how many they were. */
    public int clear() {
        enterOrRefuse("clear");
        int dropped;
        try {
            dropped = drop();
        } finally {
            operation.releaseUnmarked();
        }
        ring.wakeAll();
        context.checkOpen();
        return dropped;
    }

    /** Drops all messages if the side is free, or its owner dead, or in the middle of an operation. */
    int dropAtOnce() {
        ThreadRecord me = context.self.current();
        if (!side.enterAtOnce(operation, me)) {
            ring.request(DROP);
            if (!side.enterAtOnce(operation, me)) {
                return 0;
            }
        }
        try {
            int dropped = drop();
            ring.request(DROP);
            return dropped;
        } finally {
            operation.releaseUnmarked();
        }
    }

    void dropIfRequested() {
        if (isRequestedPlain(DROP)) { // behind the fence that freeing the lock was
            dropAtOnce();
            ring.wakeAll();
        }
    }

    private void enterOrRefuse(String what) {
        context.checkOpen();
        ThreadRecord me = context.self.current();
        if (!side.enterAtOnce(operation, me)) {
            context.checkOpen();
            throw new IllegalStateException("cannot " + what + " queue \"" + name()
                    + "\": its consuming side is " + side + "; wait until that has ended");
        }
        if (context.isClosed()) {
            operation.releaseUntold();
            context.checkOpen();
        }
    }

    private int beginSlowly(RobustLock view, int reason, long timeoutNanos, boolean interruptible)
            throws InterruptedException {
        ThreadRecord me = context.self.current();
        if (timeoutNanos > 0 && !ring.isInside(me)) {
            return awaitBegin(view, me, context.deadline(timeoutNanos), interruptible);
        }
        if (side.isHeldBy(me)) {
            ring.requireOutside(me);
        }
        int at = reason == BUSY ? beginAtOnce(view, me) : reason;
        if (at < 0 && at != ENDED && timeoutNanos > 0) {
            ring.requireOutside(me);
        }
        return at;
    }

    private int beginAtOnce(RobustLock view, ThreadRecord me) {
        if (side.enterAtOnce(view, me)) {
            return frontOrLeave(view);
        }
        return isEnded() ? ENDED : BUSY;
    }

    private int awaitBegin(RobustLock view, ThreadRecord me, long deadline, boolean interruptible)
            throws InterruptedException {
        int at = BUSY;
        try {
            while (true) {
                at = enterAndFront(view, me, deadline, interruptible);
                if (at >= 0 || at == ENDED) {
                    return at;
                }
                if (context.isOver(deadline)) {
                    at = at == BUSY ? beginAtOnce(view, me) : at;
                    return at;
                }
                if (at == EMPTY) {
                    awaitMessage(deadline, me, interruptible);
                    at = BUSY;
                }
            }
        } finally {
            if (at < 0) {
                passOn();
            }
        }
    }

    private int enterAndFront(RobustLock view, ThreadRecord me, long deadline, boolean interruptible)
            throws InterruptedException {
        if (side.isRole()) {
            passOn();
        }
        if (!side.enter(view, me, deadline, interruptible)) {
            context.checkOpen();
            return isEnded() ? ENDED : BUSY;
        }
        return frontOrLeave(view);
    }

    /** After an acquisition that has seen no mark of a death. */
    private int frontOrLeave() {
        int at = BUSY;
        try {
            at = front();
        } finally {
            if (at < 0) {
                operation.releaseUnmarked();
            }
        }
        return at;
    }

    int frontOrLeave(RobustLock view) {
        int at = BUSY;
        boolean whole = false;
        try {
            repairAfterDeath();
            whole = true;
            at = front();
        } finally {
            if (at < 0) {
                leave(view, whole);
            }
        }
        return at;
    }

    private static void leave(RobustLock view, boolean whole) {
        if (whole) {
            view.release();
        } else {
            view.releaseUntold();
        }
    }

    /** Holding the side: offset of the oldest message's record, or {@link #EMPTY}, {@link #ENDED}. */
    int front() {
        if (isRequestedPlain(DROP)) {
            drop();
        }
        long head = mem.getLong(headPlace);
        long tail = mem.getLong(seenTailPlace);
        if (RingWord.isSameCount(head, tail)) {
            tail = look(tailPlace); // SYNC ring.tail: acquire; pairs with the stores of Producers
            if (RingWord.isSameCount(head, tail)) {
                return RingWord.isSealed(tail) ? ENDED : EMPTY;
            }
            checkWords(head, tail);
            forgetRemovals();
            mem.putLong(seenTailPlace, tail);
        }
        int position = RingWord.positionOf(head);
        int room = Math.min(RingWord.positionOf(tail) - position, unitsToEnd(position));
        long header = room > 0 ? mem.getLong(placeOf(position)) : 0;
        if (!RecordHeader.isMessageWithin(header, room)) {
            return skip(head, tail);
        }
        next = after(RingWord.plus(head, 1, RecordHeader.units(RecordHeader.lengthOf(header))), tail);
        return offsetOf(position);
    }

    /** All messages that were there at the last removal are gone, and head has moved over what was removed. */
    private void forgetRemovals() {
        if (mem.getLong(removedPlace) != 0) {
            mem.putLong(removedPlace, 0);
        }
    }

    /** Goes over padding and removed records to the first message, of which the counts say that it is there. */
    private int skip(long head, long tail) {
        checkWords(head, tail);
        int position = RingWord.positionOf(head);
        int limit = RingWord.positionOf(tail);
        long header;
        while (!RecordHeader.isMessage(header = mem.getLong(placeOf(position)))) {
            position += checkedUnits(header, position, limit);
            if (position == limit) {
                throw noMessage(head, tail);
            }
        }
        int end = position + checkedUnits(header, position, limit);
        next = after(RingWord.plus(head, 1, end - RingWord.positionOf(head)), tail);
        return offsetOf(position);
    }

    private QueueDamagedException noMessage(long head, long tail) {
        context.checkOpen();
        return new QueueDamagedException("queue \"" + name() + "\" is damaged: its words count "
                + RingWord.messagesBetween(head, tail) + " messages, none was found; clear() makes it usable again");
    }

    /** Holding the side: the one store after which messages are gone. */
    void publish(long head) {
        mem.putLongRelease(headPlace, head); // SYNC ring.head: release; pairs with headVolatile
    }

    /** The same for the oldest message alone. */
    void publish() {
        publish(next);
    }

    /** For a handler, which does not free the side before the look at the sleepers: a full fence. */
    void publishFenced() {
        mem.putLongVolatile(headPlace, next); // SYNC ring.head: pairs with headVolatile
    }

    /**
     * Head, moved over what was removed, so that its bytes are free. To look at the next record costs as much as the
     * rest of a commit, so it is done only after a removal, until no message is left that was there then.
     */
    private long after(long head, long seenTail) {
        if (RingWord.isSameCount(head, seenTail)) {
            return RingWord.withPosition(head, RingWord.positionOf(seenTail));
        }
        return mem.getLong(removedPlace) != 0 ? overRemoved(head, seenTail) : head;
    }

    /** Holding the side: moves head to tail; how many messages that were. */
    private int drop() {
        long head = mem.getLong(headPlace);
        long tail = RingWord.unsealed(tailVolatile());
        mem.putLong(seenTailPlace, tail);
        mem.putLongVolatile(headPlace, tail); // SYNC ring.head: pairs with headVolatile
        return RingWord.messagesBetween(head, tail);
    }

    /** What lies between head and tail has not moved since it was seen, unless 2^32 units have passed. */
    private boolean isThere(int position, byte[] record) {
        long head = mem.getLong(headPlace);
        long tail = tailVolatile();
        checkWords(head, tail);
        long before = position - RingWord.positionOf(head) & 0xFFFF_FFFFL;
        if (before + record.length / RingWord.UNIT > RingWord.unitsBetween(head, tail)
                || record.length > unitsToEnd(position) * RingWord.UNIT) {
            return false;
        }
        int offset = offsetOf(position);
        for (int i = 0; i < record.length; i++) {
            if (mem.getByte(offset + i) != record[i]) {
                return false;
            }
        }
        return true;
    }

    private void markRemoved(int position) {
        int at = offsetOf(position);
        mem.putLong(removedPlace, 1);
        mem.putLong(at, RecordHeader.of(RecordHeader.lengthOf(mem.getLong(at)), RecordHeader.REMOVED));
        long tail = tailVolatile();
        mem.putLong(seenTailPlace, tail);
        long head = RingWord.plus(mem.getLong(headPlace), 1, 0);
        mem.putLongVolatile(headPlace, after(head, tail)); // SYNC ring.head: pairs with headVolatile
    }

    /** Head, moved over padding and removed records; not over what is damaged, which the next to take will report. */
    private long overRemoved(long head, long tail) {
        int position = RingWord.positionOf(head);
        int limit = RingWord.positionOf(tail);
        while (position != limit) {
            long header = mem.getLong(placeOf(position));
            int units = RecordHeader.units(RecordHeader.lengthOf(header));
            if (RecordHeader.isMessage(header) || !RecordHeader.isWellFormed(header)
                    || Integer.compareUnsigned(units, limit - position) > 0) {
                break;
            }
            position += units;
        }
        return RingWord.withPosition(head, position);
    }

    /** Holding the side: if its last owner died, counts what is there, as he may have been about to do. */
    private void repairAfterDeath() {
        if (operation.isInconsistent()) {
            repair();
        }
    }

    /** The same for a role that has just entered; it leaves if that fails. */
    void repairInRole() {
        boolean whole = false;
        try {
            repairAfterDeath();
            side.role.clearInconsistent();
            whole = true;
        } finally {
            if (!whole) {
                side.role.releaseUntold();
            }
        }
    }

    private void repair() {
        long head = mem.getLong(headPlace);
        long tail = tailVolatile();
        checkWords(head, tail);
        int messages = 0;
        int limit = RingWord.positionOf(tail);
        for (int position = RingWord.positionOf(head); position != limit;) {
            long header = mem.getLong(placeOf(position));
            position += checkedUnits(header, position, limit);
            messages += RecordHeader.isMessage(header) ? 1 : 0;
        }
        mem.putLong(seenTailPlace, tail);
        mem.putLong(removedPlace, 1);
        // SYNC ring.head: pairs with headVolatile
        mem.putLongVolatile(headPlace, after(RingWord.countedBack(head, tail, messages), tail));
        ring.wakeAll();
    }

    void announce(int messages) {
        if (EventCount.waitersOf(mem.getLongVolatile(roomForOnePlace)) != 0) {
            roomForOne.signal(messages);
        }
        if (EventCount.waitersOf(mem.getLong(roomForMorePlace)) != 0) { // behind the volatile load above
            announceMore();
        }
    }

    private void announceMore() {
        if (isWanted()) {
            mem.putLongVolatile(wantedRoomOffset, 0);
            roomForMore.signalAll();
        }
    }

    /** Whether there is as much room as the most modest of those wants who wait for more than a place. */
    private boolean isWanted() {
        long wanted = mem.getLongVolatile(wantedRoomOffset); // SYNC ring.wanted: pairs with want
        return wanted == 0 || hasRoom(headVolatile(), tailVolatile(), (int) wanted, (int) (wanted >>> 32));
    }

    /** Without holding the side, or in a role: waits until there may be a message. */
    void awaitMessage(long deadline, ThreadRecord me, boolean interruptible) throws InterruptedException {
        if (spin(deadline)) {
            return;
        }
        ring.sealIfRequested();
        long ticket = ring.notEmpty.register();
        long until = ring.announceToRole(ring.producersSide, deadline);
        if (isWorthwhile() || context.isOver(deadline)) {
            ring.notEmpty.cancel(ticket);
        } else if (interruptible && Thread.interrupted()) {
            ring.notEmpty.cancel(ticket);
            throw new InterruptedException();
        } else {
            ring.notEmpty.sleep(ticket, until, me, interruptible);
        }
    }

    private boolean spin(long deadline) {
        long until = spin.begin(deadline);
        do {
            if (isWorthwhile()) {
                return spin.succeeded();
            }
        } while (spin.goOn(until));
        return false;
    }

    private boolean isWorthwhile() {
        return !isEmpty() || isSealed();
    }

    /** Gives a wake-up, which this thread may have got and does not use, to another. */
    void passOn() {
        if (ring.notEmpty.waiters() > 0 && !isEmpty()) {
            ring.notEmpty.signal(1);
        }
    }

    @Override
    public String toString() {
        return "Consumers[" + side + "]";
    }
}
