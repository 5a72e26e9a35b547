package io.interlock.memory.ring;

import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.memory.error.QueueDamagedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/** Where the words and records of a ring lie, and how to read them. */
public class RingMemory {

    /* Design.
     *
     * The ring and its two sides inherit this instead of sharing one: after every volatile access the compiler reads
     * fields again, and one object between a side and the memory would be read dozens of times for each message. The
     * price of one object was a quarter of the time of a put and take. For the same reason the words are places, not
     * offsets: checked once.
     */

    /** Bit of the request word: seal the tail. */
    static final int SEAL = 1;
    /** Bit of the request word: drop what is left. */
    static final int DROP = 2;

    final Context context;
    final Mem mem;
    final long tailPlace;
    final long headPlace;
    final long requestsPlace;
    final int wantedRoomOffset;
    final long notEmptyPlace;
    final long roomForOnePlace;
    final long roomForMorePlace;
    private final int ringOffset;
    private final long ringPlace;
    private final int ringUnits;
    private final int maxMessages;
    private final String name;
    private final ByteBuffer buffer;
    private final Pace pace;

    /** Of the ring in this block. */
    RingMemory(SharedBlock block) {
        RingLayout.Size size = RingLayout.sizeOf(block);
        this.name = block.label();
        this.context = block.context();
        this.mem = context.mem;
        this.buffer = mem.buffer();
        int at = block.offset();
        this.tailPlace = mem.place(at + RingLayout.TAIL_OFFSET, Long.BYTES);
        this.headPlace = mem.place(at + RingLayout.HEAD_OFFSET, Long.BYTES);
        this.requestsPlace = mem.place(at + RingLayout.REQUESTS_OFFSET, Long.BYTES);
        this.wantedRoomOffset = at + RingLayout.WANTED_ROOM_OFFSET;
        this.notEmptyPlace = mem.place(at + RingLayout.NOT_EMPTY_OFFSET, Long.BYTES);
        this.roomForOnePlace = mem.place(at + RingLayout.ROOM_FOR_ONE_OFFSET, Long.BYTES);
        this.roomForMorePlace = mem.place(at + RingLayout.ROOM_FOR_MORE_OFFSET, Long.BYTES);
        this.ringOffset = at + RingLayout.RING_OFFSET;
        this.ringUnits = size.ringBytes() / RingWord.UNIT;
        this.ringPlace = mem.place(ringOffset, size.ringBytes());
        this.maxMessages = size.maxMessages();
        this.pace = new Pace(context, ringUnits, maxMessages);
    }

    /** The same once more. */
    RingMemory(RingMemory other) {
        this.name = other.name;
        this.context = other.context;
        this.mem = other.mem;
        this.buffer = other.buffer;
        this.tailPlace = other.tailPlace;
        this.headPlace = other.headPlace;
        this.requestsPlace = other.requestsPlace;
        this.wantedRoomOffset = other.wantedRoomOffset;
        this.notEmptyPlace = other.notEmptyPlace;
        this.roomForOnePlace = other.roomForOnePlace;
        this.roomForMorePlace = other.roomForMorePlace;
        this.ringOffset = other.ringOffset;
        this.ringPlace = other.ringPlace;
        this.ringUnits = other.ringUnits;
        this.maxMessages = other.maxMessages;
        this.pace = new Pace(context, ringUnits, maxMessages);
    }

    /** Most messages at once. */
    public int maxMessages() {
        return maxMessages;
    }

    /** Bytes of the ring, headers and padding of its messages included. */
    public int ringBytes() {
        return ringUnits * RingWord.UNIT;
    }

    /** Most units that messages which are added together may have, headers included: what always fits at last. */
    public int largestUnits() {
        return ringUnits / 2;
    }

    /** How many messages there are; never more than there may be, whatever damaged words say. */
    public int size() {
        while (true) {
            long head = headVolatile();
            long tail = tailVolatile();
            if (head == headVolatile()) {
                return Math.min(RingWord.messagesBetween(head, tail), Math.min(ringUnits, maxMessages));
            }
        }
    }

    /** Whether there is no message. */
    public boolean isEmpty() {
        return RingWord.isSameCount(headVolatile(), tailVolatile());
    }

    /** Whether nothing will ever be added again. */
    public boolean isSealed() {
        return RingWord.isSealed(tailVolatile());
    }

    /** Whether nothing is left and nothing will come. */
    boolean isEnded() {
        long tail = tailVolatile();
        return RingWord.isSealed(tail) && RingWord.isSameCount(headVolatile(), tail);
    }

    /** Whether somebody has asked for the end of the stream. */
    public boolean isSealRequested() {
        return (requests() & SEAL) != 0;
    }

    /**
     * For whoever holds a side or has just freed it: whether this bit is there. Plain: the volatile accesses of every
     * operation keep the compiler from remembering it, and freeing a lock is a fence.
     */
    final boolean isRequestedPlain(int bits) {
        return (mem.getInt(requestsPlace) & bits) != 0;
    }

    /**
     * Reads the word of the other side, because what is known of it does not suffice to go on; volatile. Comes after a
     * pause while messages come in a stream.
     */
    final long look(long place) {
        pace.beforeLook();
        long word = mem.getLongVolatile(place);
        pace.saw(word);
        return word;
    }

    int requests() {
        return mem.getIntVolatile(requestsPlace); // SYNC ring.requests: pairs with request
    }

    long headVolatile() {
        return mem.getLongVolatile(headPlace); // SYNC ring.head: acquire; pairs with the stores of Consumers
    }

    long tailVolatile() {
        return mem.getLongVolatile(tailPlace); // SYNC ring.tail: acquire; pairs with the stores of Producers
    }

    /** Where a position lies in the segment. */
    int offsetOf(int position) {
        return ringOffset + ((position & ringUnits - 1) << 3);
    }

    /** The same as a place. */
    long placeOf(int position) {
        return ringPlace + ((long) (position & ringUnits - 1) << 3);
    }

    /** Copies units out, across the end of the ring if they go on there. */
    void copy(int position, int units, byte[] target) {
        int first = Math.min(units, unitsToEnd(position));
        mem.getBytes(offsetOf(position), target, 0, first * RingWord.UNIT);
        mem.getBytes(ringOffset, target, first * RingWord.UNIT, (units - first) * RingWord.UNIT);
    }

    /** Units that are left before the end of the ring. */
    int unitsToEnd(int position) {
        return ringUnits - (position & ringUnits - 1);
    }

    /** Units of padding that a record at this position needs before it, so as not to go across the end. */
    int padding(int position, int units) {
        int toEnd = unitsToEnd(position);
        return units <= toEnd ? 0 : toEnd;
    }

    /** Whether there is room between a head, possibly a former one, and the tail. */
    boolean hasRoom(long head, long tail, int units, int messages) {
        int all = padding(RingWord.positionOf(tail), units) + units;
        return RingWord.unitsBetween(head, tail) + all <= ringUnits && hasPlaces(head, tail, messages);
    }

    /** Whether so many messages more are allowed; yes if the head is newer than the tail, as if there were none. */
    boolean hasPlaces(long head, long tail, int messages) {
        int there = RingWord.messagesBetween(head, tail);
        return there <= maxMessages - messages || there > ringUnits;
    }

    /** Whether there is room now. The head is read first: it only grows, so that the answer errs to "no". */
    boolean hasRoomNow(int units, int messages) {
        long head = headVolatile();
        return hasRoom(head, tailVolatile(), units, messages);
    }

    /** Refuses words that no ring can have. */
    void checkWords(long head, long tail) {
        if (RingWord.unitsBetween(head, tail) > ringUnits
                || RingWord.messagesBetween(head, tail) > RingWord.unitsBetween(head, tail)) {
            context.checkOpen();
            throw damaged("its head is at unit " + Integer.toUnsignedLong(RingWord.positionOf(head))
                    + " and its tail at unit " + Integer.toUnsignedLong(RingWord.positionOf(tail)) + " with "
                    + RingWord.messagesBetween(head, tail) + " messages between, in a ring of " + ringUnits
                    + " units");
        }
    }

    /** Units of a record, after its header was found to be one that can stand there. */
    int checkedUnits(long header, int position, int limit) {
        int units = RecordHeader.units(RecordHeader.lengthOf(header));
        if (!RecordHeader.isWellFormed(header) || Integer.compareUnsigned(units, limit - position) > 0
                || units > unitsToEnd(position)) {
            context.checkOpen();
            throw damaged("the record header at offset " + offsetOf(position) + " of the segment is 0x"
                    + Long.toHexString(header) + ", which is no record of at most "
                    + Integer.toUnsignedLong(limit - position) * RingWord.UNIT + " bytes");
        }
        return units;
    }

    private QueueDamagedException damaged(String how) {
        return new QueueDamagedException(
                "queue \"" + name + "\" is damaged: " + how + "; clear() empties it and makes it usable again");
    }

    /** A part of the segment; for the payload of a record. */
    public ByteBuffer buffer(int offset, int length) {
        return buffer.slice(offset, length).order(ByteOrder.nativeOrder());
    }

    /** The same as Agrona's type. */
    public MutableDirectBuffer directBuffer(int offset, int length) {
        return mem.directBuffer(offset, length);
    }

    /** The whole ring as Agrona's type. */
    public MutableDirectBuffer directRing() {
        return mem.directBuffer(ringOffset, ringBytes());
    }

    /** Where an offset of the segment lies in the ring. */
    public int offsetInRing(int offset) {
        return offset - ringOffset;
    }

    /** Writes the header of a message of this length. */
    public void writeHeader(int offset, int length) {
        mem.putLong(offset, RecordHeader.of(length, RecordHeader.MESSAGE));
    }

    /** Length in bytes of the payload of the record at this offset. */
    public int lengthAt(int offset) {
        return RecordHeader.lengthOf(mem.getLong(offset));
    }

    /** The shared words. */
    public Mem mem() {
        return mem;
    }

    /** The handle of the segment. */
    public Context context() {
        return context;
    }

    /** To be called after every operation: one on a closed segment did nothing. */
    public void checkOpen() {
        context.checkOpen();
    }

    /** Name of the queue, for messages. */
    public String name() {
        return name;
    }
}
