package io.interlock.memory;

import io.interlock.memory.ring.Bytes;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.RingWord;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Where a {@link Codec} writes an item: a buffer that grows. Numbers are in the native order of the machine, as in the
 * buffer from which {@link Codec#decode} reads.
 *
 * <p>Those who write new kinds of queue {@linkplain #borrow() borrow} one, let codecs write to it, and give it back.
 */
public final class EncodeBuffer extends OutputStream {

    /* Design.
     *
     * The records of one put lie here as they will lie in the ring, so that they go there in one copy. One buffer for
     * each thread; a codec that uses a queue itself finds it in use, and gets another one. The same buffers serve as
     * private copies on the way out.
     */

    private static final int FIRST_BYTES = 1024;
    /** A buffer that has become larger is not kept. */
    private static final int LARGEST_KEPT_BYTES = 1 << 20;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;
    private static final ThreadLocal<EncodeBuffer> BUFFERS = ThreadLocal.withInitial(EncodeBuffer::new);

    private byte[] bytes = new byte[FIRST_BYTES];
    private ByteBuffer view = view(bytes);
    private int size;
    private int messageAt;
    private boolean inUse;

    private EncodeBuffer() {
    }

    /** This thread's buffer, empty; to be given back by the same thread. */
    public static EncodeBuffer borrow() {
        EncodeBuffer buffer = BUFFERS.get();
        if (buffer.inUse) {
            buffer = new EncodeBuffer();
        }
        buffer.inUse = true;
        buffer.size = 0;
        return buffer;
    }

    /** The end of a borrow: whoever borrowed it does not touch it any more. */
    public void giveBack() {
        if (bytes.length > LARGEST_KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
            view = view(bytes);
        }
        inUse = false;
    }

    /** Begins a message. */
    void startMessage() {
        messageAt = size;
        require(RecordHeader.LENGTH);
        size += RecordHeader.LENGTH;
    }

    /** Ends a message: its header, and what pads it. */
    void endMessage() {
        int length = size - messageAt - RecordHeader.LENGTH;
        Bytes.putLong(bytes, messageAt, RecordHeader.of(length, RecordHeader.MESSAGE));
        int padding = -size & RingWord.UNIT - 1;
        require(padding);
        Arrays.fill(bytes, size, size + padding, (byte) 0);
        size += padding;
    }

    /** A whole message of one word, of 4 or 8 bytes. */
    void putRecord(long header, long word, int lengthBytes) {
        messageAt = size;
        require(RecordHeader.LENGTH + Long.BYTES);
        Bytes.putLong(bytes, size, header);
        if (lengthBytes == Long.BYTES) {
            Bytes.putLong(bytes, size + RecordHeader.LENGTH, word);
        } else {
            Bytes.putLong(bytes, size + RecordHeader.LENGTH, 0);
            Bytes.putInt(bytes, size + RecordHeader.LENGTH, (int) word);
        }
        size += RecordHeader.LENGTH + Long.BYTES;
    }

    /** Bytes of the payload of the newest message, which was ended. */
    int payloadLength() {
        return RecordHeader.lengthOf(Bytes.getLong(bytes, messageAt));
    }

    /** The bytes, of which {@link #size()} were written; the array is valid until the next write. */
    public byte[] bytes() {
        return bytes;
    }

    /** The bytes, at least so many; their content is lost. */
    byte[] room(int lengthBytes) {
        size = 0;
        require(lengthBytes);
        return bytes;
    }

    /** A part as a codec gets it; valid until the next write. */
    public ByteBuffer part(int from, int length) {
        return from == 0 ? view.clear().limit(length).order(ByteOrder.nativeOrder())
                : view.clear().slice(from, length).order(ByteOrder.nativeOrder());
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /** Adds a byte. */
    public void putByte(byte value) {
        require(1);
        bytes[size++] = value;
    }

    /** Adds four bytes. */
    public void putInt(int value) {
        require(Integer.BYTES);
        Bytes.putInt(bytes, size, value);
        size += Integer.BYTES;
    }

    /** Writes over four bytes that were written before. */
    public void setInt(int index, int value) {
        Objects.checkFromIndexSize(index, Integer.BYTES, size);
        Bytes.putInt(bytes, index, value);
    }

    /** Adds eight bytes. */
    public void putLong(long value) {
        require(Long.BYTES);
        Bytes.putLong(bytes, size, value);
        size += Long.BYTES;
    }

    /** Writes over eight bytes that were written before. */
    public void setLong(int index, long value) {
        Objects.checkFromIndexSize(index, Long.BYTES, size);
        Bytes.putLong(bytes, index, value);
    }

    /** Adds eight bytes: IEEE 754 binary64. */
    public void putDouble(double value) {
        putLong(Double.doubleToRawLongBits(value));
    }

    /** Adds all bytes of an array. */
    public void putBytes(byte[] source) {
        putBytes(source, 0, source.length);
    }

    /** Adds a part of an array. */
    public void putBytes(byte[] source, int index, int length) {
        Objects.checkFromIndexSize(index, length, source.length);
        require(length);
        System.arraycopy(source, index, bytes, size, length);
        size += length;
    }

    /** Adds what is left of a buffer. */
    public void putBytes(ByteBuffer source) {
        int length = source.remaining();
        require(length);
        source.get(bytes, size, length);
        size += length;
    }

    /** Adds a byte, the low 8 bits of {@code value}. */
    @Override
    public void write(int value) {
        putByte((byte) value);
    }

    /** Adds a part of an array. */
    @Override
    public void write(byte[] source, int index, int length) {
        putBytes(source, index, length);
    }

    /** Nothing; for codecs that wrap the buffer in a stream. */
    @Override
    public void close() {
        // The buffer belongs to the queue.
    }

    private void require(int more) {
        if (more > bytes.length - size) {
            grow((long) size + more);
        }
    }

    private void grow(long needed) {
        if (needed > MAX_BYTES) {
            throw new IllegalArgumentException("a message has more than " + MAX_BYTES + " bytes, which no queue takes");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * bytes.length)));
        view = view(bytes);
    }

    private static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public String toString() {
        return "EncodeBuffer[" + size + " bytes]";
    }
}
