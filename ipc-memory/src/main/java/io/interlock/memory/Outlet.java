package io.interlock.memory;

import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.memory.error.CodecException;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.memory.ring.Bytes;
import io.interlock.memory.ring.Reading;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingWord;
import io.interlock.memory.ring.Taking;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;

/** Items on their way out of a ring: copied and committed in one of the ways of taking, then decoded. */
final class Outlet<E> {

    /** Most bytes that one commit of a batch takes, unless its first message alone has more. */
    private static final int BATCH_BYTES = 64 << 10;

    private final Ring ring;
    private final Mem mem;
    private final Context context;
    private final Codec<E> codec;
    private final WordCodec<E> words;
    private final Taking taking;
    private final String carrier;
    private DirectBuffer direct;

    Outlet(Ring ring, Codec<E> codec, Taking taking) {
        this.ring = ring;
        this.mem = ring.mem();
        this.context = ring.context();
        this.codec = codec;
        this.words = codec instanceof WordCodec<E> w ? w : null;
        this.taking = taking;
        this.carrier = carrier(ring);
    }

    /** A ring as messages to people name it. */
    static String carrier(Ring ring) {
        return "queue \"" + ring.name() + "\"";
    }

    /**
     * Takes the oldest item, waiting for one as long as it takes.
     *
     * @throws QueueShutDownException if none will ever come
     */
    E take() throws InterruptedException {
        E item = take(Long.MAX_VALUE, true);
        if (item == null) {
            throw ended();
        }
        return item;
    }

    /** Takes the oldest item; null if there was none in time, none will ever come, or somebody else held the side. */
    E take(long timeoutNanos, boolean interruptible) throws InterruptedException {
        return words != null ? takeWord(timeoutNanos, interruptible) : takeBytes(timeoutNanos, interruptible);
    }

    /** Takes the oldest item if there is one now. */
    E poll() {
        try {
            return take(0, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    private E takeWord(long timeoutNanos, boolean interruptible) throws InterruptedException {
        int at = taking.begin(timeoutNanos, interruptible);
        if (at < 0) {
            context.checkOpen();
            return null;
        }
        requireOpen();
        if (mem.getLong(at) != words.header) {
            return takeForeign(at);
        }
        long word = words.lengthBytes == Long.BYTES ? mem.getLong(at + RecordHeader.LENGTH)
                : mem.getInt(at + RecordHeader.LENGTH);
        taking.commit();
        if (context.isKnownClosed()) {
            context.checkOpen();
        }
        return words.toItem(word);
    }

    /** After a begin: a handle that was closed meanwhile must not change anything. */
    private void requireOpen() {
        if (context.isKnownClosed()) {
            taking.abort();
            context.checkOpen();
        }
    }

    /** A message that somebody has written without the codec. */
    private E takeForeign(int at) {
        EncodeBuffer buffer = null;
        try {
            buffer = EncodeBuffer.borrow();
        } finally {
            if (buffer == null) {
                taking.abort();
            }
        }
        try {
            int length = copy(at, buffer);
            return decode(buffer, 0, length);
        } finally {
            buffer.giveBack();
        }
    }

    private E takeBytes(long timeoutNanos, boolean interruptible) throws InterruptedException {
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            int length = take(buffer, timeoutNanos, interruptible);
            return length < 0 ? null : decode(buffer, 0, length);
        } finally {
            buffer.giveBack();
        }
    }

    /** Takes the oldest message as bytes, into the buffer from index 0; its length, or a negative result. */
    int take(EncodeBuffer buffer, long timeoutNanos, boolean interruptible) throws InterruptedException {
        int at = taking.begin(timeoutNanos, interruptible);
        if (at < 0) {
            context.checkOpen();
            return at;
        }
        return copy(at, buffer);
    }

    /** After a begin: copies the payload and commits. */
    private int copy(int at, EncodeBuffer buffer) {
        boolean copied = false;
        int length;
        try {
            length = ring.lengthAt(at);
            mem.getBytes(at + RecordHeader.LENGTH, buffer.room(length), 0, length);
            context.checkOpen();
            copied = true;
        } finally {
            if (!copied) {
                taking.abort();
            }
        }
        taking.commit();
        context.checkOpen();
        return length;
    }

    /** Takes up to {@code max} items in one commit, waiting for the first as long as it takes. See {@link #take()}. */
    List<E> takeUpTo(int max) throws InterruptedException {
        List<E> items = takeUpTo(max, Long.MAX_VALUE, true);
        if (items.isEmpty()) {
            throw ended();
        }
        return items;
    }

    private QueueShutDownException ended() {
        return new QueueShutDownException("queue \"" + ring.name() + "\" was shut down and everything was taken");
    }

    /** Takes up to {@code max} items in one commit; waits for the first. */
    List<E> takeUpTo(int max, long timeoutNanos, boolean interruptible) throws InterruptedException {
        requirePositive(max);
        List<E> items = new ArrayList<>();
        try {
            takeBatch(items, max, timeoutNanos, interruptible);
        } catch (CodecException e) {
            throw e.with(items);
        }
        return items;
    }

    private static void requirePositive(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1, max=" + max);
        }
    }

    /** Takes the items that are there at the beginning, up to {@code max}; how many. */
    int drainTo(Collection<? super E> target, int max) {
        int limit = Math.min(max, ring.size());
        context.checkOpen();
        int taken = 0;
        try {
            while (taken < limit) {
                int more = takeBatch(target, limit - taken, 0, false);
                if (more == 0) {
                    break;
                }
                taken += more;
            }
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
        return taken;
    }

    private int takeBatch(Collection<? super E> target, int max, long timeoutNanos, boolean interruptible)
            throws InterruptedException {
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            buffer.room(Math.min(BATCH_BYTES, ring.ringBytes()));
            Taking.Batch batch = new Taking.Batch();
            int at = taking.begin(timeoutNanos, interruptible);
            if (at < 0) {
                context.checkOpen();
                return 0;
            }
            int length = copyBatch(at, buffer, max, batch);
            decodeAll(buffer, length, target);
            return batch.messages();
        } finally {
            buffer.giveBack();
        }
    }

    private int copyBatch(int at, EncodeBuffer buffer, int max, Taking.Batch batch) {
        boolean copied = false;
        int length;
        try {
            length = copyWhole(at, buffer, max, batch);
            copied = true;
        } finally {
            if (!copied) {
                taking.abort();
            }
        }
        taking.commit(batch);
        context.checkOpen();
        return length;
    }

    /** After a begin: copies records, the first one however long it is; commits nothing. */
    private int copyWhole(int at, EncodeBuffer buffer, int max, Taking.Batch batch) {
        int length = taking.copy(buffer.bytes(), Math.min(BATCH_BYTES, ring.ringBytes()), max, batch);
        if (length == Taking.TOO_LARGE) {
            int first = RecordHeader.units(ring.lengthAt(at)) * RingWord.UNIT;
            length = taking.copy(buffer.room(first), first, 1, batch);
        }
        if (length < 0) {
            throw new IllegalStateException("no message of queue \"" + ring.name() + "\" was copied: " + length);
        }
        context.checkOpen();
        return length;
    }

    /** Shows copies of the oldest messages to a handler, and commits once it has returned; how many. */
    int transfer(int max, long timeoutNanos, TransferHandler handler) throws InterruptedException {
        Objects.requireNonNull(handler, "handler must not be null");
        requirePositive(max);
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            buffer.room(Math.min(BATCH_BYTES, ring.ringBytes()));
            Taking.Batch batch = new Taking.Batch();
            int at = taking.begin(timeoutNanos, true);
            if (at < 0) {
                context.checkOpen();
                return 0;
            }
            int received = 0;
            try {
                received = handOver(at, buffer, max, batch, handler);
            } finally {
                if (received == 0) {
                    taking.abort();
                }
            }
            if (received == 0) {
                return 0;
            }
            taking.commit(batch);
            context.checkOpen();
            return batch.messages();
        } finally {
            buffer.giveBack();
        }
    }

    /** After a begin: the handler has so many; they are what the batch is about. */
    private int handOver(int at, EncodeBuffer buffer, int max, Taking.Batch batch, TransferHandler handler)
            throws InterruptedException {
        int length = copyWhole(at, buffer, max, batch);
        int received = handler.onMessages(messages(buffer, length),
                positions(buffer, length, batch));
        if (received < 0 || received > batch.messages()) {
            throw new IllegalStateException("the handler says that it has received " + received + " messages of "
                    + batch.messages());
        }
        if (received > 0 && received < batch.messages()) {
            copyWhole(at, buffer, received, batch);
        }
        return received;
    }

    /** The messages among copied records, as codecs get them. */
    private static List<ByteBuffer> messages(EncodeBuffer buffer, int length) {
        List<ByteBuffer> messages = new ArrayList<>();
        byte[] bytes = buffer.bytes();
        for (int at = 0; at < length;) {
            long header = Bytes.getLong(bytes, at);
            int payload = RecordHeader.lengthOf(header);
            if (RecordHeader.isMessage(header)) {
                messages.add(buffer.part(at + RecordHeader.LENGTH, payload));
            }
            at += RecordHeader.units(payload) * RingWord.UNIT;
        }
        return messages;
    }

    /** Where in the ring's stream the messages among copied records are, and where the last one ends. */
    private static int[] positions(EncodeBuffer buffer, int length, Taking.Batch batch) {
        int[] positions = new int[batch.messages() + 1];
        int found = 0;
        byte[] bytes = buffer.bytes();
        for (int at = 0; at < length;) {
            long header = Bytes.getLong(bytes, at);
            if (RecordHeader.isMessage(header)) {
                positions[found++] = batch.begin() + at / RingWord.UNIT;
            }
            at += RecordHeader.units(RecordHeader.lengthOf(header)) * RingWord.UNIT;
        }
        positions[found] = batch.begin() + length / RingWord.UNIT;
        return positions;
    }

    private void decodeAll(EncodeBuffer buffer, int length, Collection<? super E> target) {
        CodecException failure = null;
        for (ByteBuffer message : messages(buffer, length)) {
            try {
                target.add(Encoding.decode(message, codec, carrier));
            } catch (CodecException e) {
                failure = joined(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static CodecException joined(CodecException first, CodecException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    /** A message as an item. */
    E decode(EncodeBuffer buffer, int from, int length) {
        return Encoding.decode(buffer.part(from, length), codec, carrier);
    }

    /** Shows messages to a handler, each gone when it has returned; how many. */
    int read(Reading reading, MessageHandler handler, int limit) {
        Objects.requireNonNull(handler, "handler must not be null");
        return readEach(reading, limit, at -> handler.onMessage(
                ring.buffer(at + RecordHeader.LENGTH, ring.lengthAt(at)).asReadOnlyBuffer().order(
                        ByteOrder.nativeOrder())));
    }

    /** The same through Agrona's buffers. */
    int readDirect(Reading reading, DirectMessageHandler handler, int limit) {
        Objects.requireNonNull(handler, "handler must not be null");
        DirectBuffer whole = direct();
        return readEach(reading, limit,
                at -> handler.onMessage(whole, ring.offsetInRing(at) + RecordHeader.LENGTH, ring.lengthAt(at)));
    }

    private int readEach(Reading reading, int limit, RecordHandler handler) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must not be negative, limit=" + limit);
        }
        int at = limit == 0 ? Taking.EMPTY : reading.begin();
        if (at < 0) {
            context.checkOpen();
            return 0;
        }
        int read = 0;
        try {
            context.checkOpen();
            while (at >= 0 && read < limit) {
                handler.onRecord(at);
                at = reading.next();
                read++;
            }
        } finally {
            reading.end();
        }
        context.checkOpen();
        return read;
    }

    /** Sees the record at an offset of the segment. */
    @FunctionalInterface
    private interface RecordHandler {

        void onRecord(int at);
    }

    private DirectBuffer direct() {
        if (direct == null) {
            direct = ring.directRing();
        }
        return direct;
    }

    @Override
    public String toString() {
        return "Outlet[" + taking + "]";
    }
}
