package io.interlock.memory.ring;

import io.interlock.core.error.SegmentFormatException;
import io.interlock.core.format.RobustLockLayout;
import io.interlock.core.layout.Layout;
import io.interlock.core.object.Inspection;
import io.interlock.core.object.ObjectRequest;
import io.interlock.core.object.ObjectType;
import io.interlock.core.object.OwnerRegion;
import io.interlock.core.object.SharedBlock;
import io.interlock.core.port.Mem;
import io.interlock.core.robust.EventCount;
import io.interlock.core.robust.RobustLock;
import io.interlock.core.robust.RobustWord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The block of a queue: two locks, two positions, who waits, and the ring behind them. */
public final class RingLayout {

    /** Bytes that the name of a codec may have. */
    public static final int MAX_CODEC_BYTES = 64;
    /** Largest ring. */
    public static final int MAX_BYTES = 1 << 30;
    /** Smallest ring. */
    public static final int MIN_BYTES = 128;

    private static final String UNDER_PRODUCERS = "holder of producersLock";
    private static final String UNDER_CONSUMERS = "holder of consumersLock";
    private static final String EVENT_COUNT = "see EventCount  [SYNC eventcount.sequence]";
    private static final Layout.Builder B = Layout.builder();

    /* Each side has its lock and its words in one cache line: who gets the lock gets all. */
    static final int PRODUCERS_LOCK_OFFSET =
            B.int64Array("producersLock", RobustLockLayout.USED_BYTES / 8, "its holder", "see RobustLock");
    /** See {@link RingWord}: behind the newest message. */
    static final int TAIL_OFFSET = B.int64("tail", UNDER_PRODUCERS, "release/acquire  [SYNC ring.tail]");
    /** A former {@code head}: what producers last saw of it. */
    static final int SEEN_HEAD_OFFSET = B.int64("seenHead", UNDER_PRODUCERS, "plain, under the lock");
    static final int CONSUMERS_LOCK_OFFSET =
            B.isolate().int64Array("consumersLock", RobustLockLayout.USED_BYTES / 8, "its holder", "see RobustLock");
    /** See {@link RingWord}: before the oldest message. */
    static final int HEAD_OFFSET = B.int64("head", UNDER_CONSUMERS, "release/acquire  [SYNC ring.head]");
    /** A former {@code tail}: what consumers last saw of it. */
    static final int SEEN_TAIL_OFFSET = B.int64("seenTail", UNDER_CONSUMERS, "plain, under the lock");
    /** 1 if a record between head and seenTail may have been removed. */
    static final int REMOVED_OFFSET = B.int64("removed", UNDER_CONSUMERS, "plain, under the lock");
    /** Consumers wait for a message. */
    static final int NOT_EMPTY_OFFSET = B.isolate().int64("notEmpty", "any process", EVENT_COUNT);
    /** Producers of one message wait for the number of messages to fall. */
    static final int ROOM_FOR_ONE_OFFSET = B.isolate().int64("roomForOne", "any process", EVENT_COUNT);
    /** Producers wait for bytes, or for room for several messages. */
    static final int ROOM_FOR_MORE_OFFSET = B.int64("roomForMore", "any process", EVENT_COUNT);
    /** The least that one of the latter wants, messages:32 | units:32; 0 if that is not known. */
    static final int WANTED_ROOM_OFFSET =
            B.int64("wantedRoom", "waiting producers down, consumers to 0", "CAS, volatile  [SYNC ring.wanted]");
    /** Bit 0: seal the tail. Bit 1: drop what is left. For the holder of the lock in question. */
    static final int REQUESTS_OFFSET =
            B.isolate().int32("requests", "any process", "CAS, bits are only set  [SYNC ring.requests]");
    /** Most messages at once. */
    static final int MAX_MESSAGES_OFFSET = B.int32("maxMessages", "creator", "plain");
    /** Bytes of the ring, a power of two. */
    static final int RING_BYTES_OFFSET = B.int32("ringBytes", "creator", "plain");
    static final int RESERVED_OFFSET = B.int32("reserved", "nobody", "plain");
    /** Id of the codec by which messages are written. */
    static final int CODEC_OFFSET = B.text("codec", MAX_CODEC_BYTES, "creator", "plain");

    static final Layout LAYOUT = B.build("Queue", 1);
    /** Where the ring begins. */
    static final int RING_OFFSET = LAYOUT.lengthBytes();

    private static final OwnerRegion LOCKS = new OwnerRegion(PRODUCERS_LOCK_OFFSET,
            CONSUMERS_LOCK_OFFSET - PRODUCERS_LOCK_OFFSET, 2, OwnerRegion.Kind.ROBUST_LOCK);
    private static final int QUEUE_CODE = 40;

    /** The kind of object that a queue is. */
    public static final ObjectType TYPE =
            new ObjectType(QUEUE_CODE, LAYOUT, List.of(LOCKS), RingLayout::describe);

    private RingLayout() {
    }

    /**
     * A new ring.
     *
     * @param name        may be empty
     * @param maxMessages most messages at once, at least 1
     * @param ringBytes   a power of two in [{@link #MIN_BYTES}, {@link #MAX_BYTES}]
     * @param codec       at most {@link #MAX_CODEC_BYTES} bytes of UTF-8
     */
    public static ObjectRequest request(String name, int maxMessages, int ringBytes, String codec) {
        byte[] codecBytes = codec.getBytes(StandardCharsets.UTF_8);
        return ObjectRequest.of(TYPE, name, (mem, offset) -> {
            mem.putInt(offset + PRODUCERS_LOCK_OFFSET + RobustLockLayout.FLAGS_OFFSET, RobustLock.RECURSIVE);
            mem.putInt(offset + CONSUMERS_LOCK_OFFSET + RobustLockLayout.FLAGS_OFFSET, RobustLock.RECURSIVE);
            mem.putInt(offset + MAX_MESSAGES_OFFSET, maxMessages);
            mem.putInt(offset + RING_BYTES_OFFSET, ringBytes);
            mem.putBytes(offset + CODEC_OFFSET, codecBytes, 0, codecBytes.length);
        }).ofLength(blockBytes(ringBytes)).with(maxMessages, ringBytes);
    }

    /** Bytes of the block with a ring of this size. */
    public static int blockBytes(int ringBytes) {
        return RING_OFFSET + ringBytes;
    }

    /** Id of the codec of an existing ring. */
    public static String codecOf(SharedBlock block) {
        byte[] text = new byte[MAX_CODEC_BYTES];
        block.context().mem.getBytes(block.offset() + CODEC_OFFSET, text, 0, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /** How large a ring is, in bytes and in messages. */
    record Size(int ringBytes, int maxMessages) {
    }

    /** What a block says of its size, read once and checked: accesses rely on it. */
    static Size sizeOf(SharedBlock block) {
        Mem mem = block.context().mem;
        int ringBytes = mem.getInt(block.offset() + RING_BYTES_OFFSET);
        int maxMessages = mem.getInt(block.offset() + MAX_MESSAGES_OFFSET);
        block.context().checkOpen();
        if (Integer.bitCount(ringBytes) != 1 || ringBytes < MIN_BYTES || ringBytes > MAX_BYTES || maxMessages < 1
                || block.length() < (long) RING_OFFSET + ringBytes) {
            throw new SegmentFormatException("segment is damaged: queue \"" + block.label() + "\" says a ring of "
                    + ringBytes + " bytes for " + maxMessages + " messages, its block has " + block.length()
                    + " bytes");
        }
        return new Size(ringBytes, maxMessages);
    }

    private static void describe(Inspection object) {
        long tail = object.int64(TAIL_OFFSET);
        long head = object.int64(HEAD_OFFSET);
        object.put("messages", RingWord.messagesBetween(head, tail));
        object.put("maxMessages", object.parameter(0));
        object.put("bytes", RingWord.unitsBetween(head, tail) * RingWord.UNIT);
        object.put("maxBytes", object.parameter(1));
        object.put("shutDown", RingWord.isSealed(tail));
        describeLock(object, "producers", PRODUCERS_LOCK_OFFSET);
        describeLock(object, "consumers", CONSUMERS_LOCK_OFFSET);
        object.put("waitingConsumers", EventCount.waitersOf(object.int64(NOT_EMPTY_OFFSET)));
        object.put("waitingProducers", EventCount.waitersOf(object.int64(ROOM_FOR_ONE_OFFSET))
                + EventCount.waitersOf(object.int64(ROOM_FOR_MORE_OFFSET)));
    }

    private static void describeLock(Inspection object, String side, int offset) {
        long word = object.int64(offset + RobustLockLayout.WORD_OFFSET);
        object.put(side + "Lock", object.owner(word));
        if (!RobustWord.isFree(word)) {
            object.put(side + "LockedAs", Side.purposeOf(word));
        }
        object.put(side + "OwnerDeaths", object.int64(offset + RobustLockLayout.DEATHS_OFFSET));
    }
}
