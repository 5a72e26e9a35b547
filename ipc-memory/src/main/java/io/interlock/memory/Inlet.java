package io.interlock.memory;

import io.interlock.core.port.Context;
import io.interlock.core.port.Mem;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.memory.ring.Adding;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingWord;
import java.util.Collection;
import java.util.Objects;

/** Items on their way into a ring: encoded first, then added in one of the ways of adding. */
final class Inlet<E> {

    private final Ring ring;
    private final Mem mem;
    private final Context context;
    private final Codec<E> codec;
    private final WordCodec<E> words;
    private final Adding adding;

    Inlet(Ring ring, Codec<E> codec, Adding adding) {
        this.ring = ring;
        this.mem = ring.mem();
        this.context = ring.context();
        this.codec = codec;
        this.words = codec instanceof WordCodec<E> w ? w : null;
        this.adding = adding;
    }

    /** Adds an item; false if there was no room in time, or somebody else held the side. */
    boolean put(E item, long timeoutNanos, boolean interruptible) throws InterruptedException {
        Objects.requireNonNull(item, "item must not be null");
        return words != null ? putWord(words.toWord(item), timeoutNanos, interruptible)
                : putBytes(item, timeoutNanos, interruptible);
    }

    /** Adds an item if there is room now. */
    boolean offer(E item) {
        try {
            return put(item, 0, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    private boolean putWord(long word, long timeoutNanos, boolean interruptible) throws InterruptedException {
        int at = adding.begin(words.units, 1, timeoutNanos, interruptible);
        if (at < 0) {
            return refused(at);
        }
        requireOpen(adding);
        mem.putLong(at, words.header);
        if (words.lengthBytes == Long.BYTES) {
            mem.putLong(at + RecordHeader.LENGTH, word);
        } else {
            mem.putInt(at + RecordHeader.LENGTH, (int) word);
        }
        adding.commit(words.units, 1);
        return committed();
    }

    private boolean putBytes(E item, long timeoutNanos, boolean interruptible) throws InterruptedException {
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            encode(item, buffer);
            requireFits(buffer, "a message", buffer.payloadLength());
            return add(buffer, 1, timeoutNanos, interruptible);
        } finally {
            buffer.giveBack();
        }
    }

    /** Adds all items in one commit, or none. */
    boolean putAll(Collection<? extends E> items, long timeoutNanos, boolean interruptible)
            throws InterruptedException {
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            int count = 0;
            for (E item : items) {
                encode(Objects.requireNonNull(item, "item must not be null"), buffer);
                count++;
            }
            if (count > ring.maxMessages()) {
                throw new IllegalArgumentException("a batch of " + count + " items can never fit into queue \""
                        + ring.name() + "\", which holds " + ring.maxMessages());
            }
            requireFits(buffer, "a batch of " + count + " messages", buffer.size());
            return count == 0 || add(buffer, count, timeoutNanos, interruptible);
        } finally {
            buffer.giveBack();
        }
    }

    /** Adds all items in one commit if there is room for all now, else none. */
    boolean offerAll(Collection<? extends E> items) {
        try {
            return putAll(items, 0, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /** Adds an item, encoded once, in as many attempts as the caller likes. */
    void put(E item, long sliceNanos, Slice afterEach) throws InterruptedException {
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            encode(Objects.requireNonNull(item, "item must not be null"), buffer);
            add(buffer, sliceNanos, afterEach);
        } finally {
            buffer.giveBack();
        }
    }

    /** Adds a message of these bytes, whatever the codec. */
    void putRaw(byte[] source, int index, int length, long sliceNanos, Slice afterEach) throws InterruptedException {
        EncodeBuffer buffer = EncodeBuffer.borrow();
        try {
            buffer.startMessage();
            buffer.putBytes(source, index, length);
            buffer.endMessage();
            add(buffer, sliceNanos, afterEach);
        } finally {
            buffer.giveBack();
        }
    }

    private void add(EncodeBuffer buffer, long sliceNanos, Slice afterEach) throws InterruptedException {
        requireFits(buffer, "a message", buffer.payloadLength());
        while (!add(buffer, 1, sliceNanos, true)) {
            afterEach.isOver();
        }
    }

    /** What is asked when nothing has happened for a slice. */
    @FunctionalInterface
    interface Slice {

        /** Throws if it makes no sense to wait longer. */
        void isOver();
    }

    /** Finds room for a message that the caller writes where it will lie; null if there is none in time. */
    Claim claim(Adding way, int lengthBytes, long timeoutNanos, boolean interruptible) throws InterruptedException {
        if (lengthBytes < 0) {
            throw new IllegalArgumentException("lengthBytes must not be negative, lengthBytes=" + lengthBytes);
        }
        requireFits((long) lengthBytes + RecordHeader.LENGTH, "a message", lengthBytes);
        int at = way.begin(RecordHeader.units(lengthBytes), 1, timeoutNanos, interruptible);
        if (at < 0 && !refused(at)) {
            return null;
        }
        requireOpen(way);
        Claim claim = null;
        try {
            claim = new Claim(ring, way, at, lengthBytes);
        } finally {
            if (claim == null) {
                way.abort();
            }
        }
        return claim;
    }

    /** The same if there is room now; else null. */
    Claim tryClaim(Adding way, int lengthBytes) {
        try {
            return claim(way, lengthBytes, 0, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    /** After a begin: a handle that was closed meanwhile must not change anything. */
    private void requireOpen(Adding begun) {
        if (context.isKnownClosed()) {
            begun.abort();
            context.checkOpen();
        }
    }

    private void encode(E item, EncodeBuffer buffer) {
        if (words != null) {
            buffer.putRecord(words.header, words.toWord(item), words.lengthBytes);
            return;
        }
        buffer.startMessage();
        codec.encode(item, buffer);
        buffer.endMessage();
    }

    private boolean add(EncodeBuffer buffer, int messages, long timeoutNanos, boolean interruptible)
            throws InterruptedException {
        int units = buffer.size() / RingWord.UNIT;
        int at = adding.begin(units, messages, timeoutNanos, interruptible);
        if (at < 0) {
            return refused(at);
        }
        requireOpen(adding);
        boolean written = false;
        try {
            mem.putBytes(at, buffer.bytes(), 0, buffer.size());
            written = true;
        } finally {
            if (!written) {
                adding.abort();
            }
        }
        adding.commit(units, messages);
        return committed();
    }

    /** After a commit, which ends with a volatile load, so that this one comes after what was stored. */
    private boolean committed() {
        if (context.isKnownClosed()) {
            context.checkOpen();
        }
        return true;
    }

    private void requireFits(EncodeBuffer buffer, String what, int payload) {
        requireFits(buffer.size(), what, payload);
    }

    private void requireFits(long recordBytes, String what, int payload) {
        long most = (long) ring.largestUnits() * RingWord.UNIT;
        if (recordBytes > most) {
            throw new IllegalArgumentException(what + " of " + payload + " bytes is too large for queue \""
                    + ring.name() + "\": the largest has " + largest(what, most)
                    + ", half the ring; create the queue with a larger capacity");
        }
    }

    private static String largest(String what, long most) {
        return "a message".equals(what) ? most - RecordHeader.LENGTH + " bytes"
                : most + " bytes, " + RecordHeader.LENGTH + " for each message included";
    }

    private boolean refused(int reason) {
        context.checkOpen();
        if (reason == Adding.SHUT_DOWN) {
            throw new QueueShutDownException("queue \"" + ring.name() + "\" was shut down, nothing can be put");
        }
        return false;
    }

    @Override
    public String toString() {
        return "Inlet[" + adding + "]";
    }
}
