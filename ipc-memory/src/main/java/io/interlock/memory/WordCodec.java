package io.interlock.memory;

import io.interlock.memory.ring.RecordHeader;
import java.nio.ByteBuffer;

/** Items that fit into one word: they go into the ring and out of it without a buffer in between. */
abstract class WordCodec<E> implements Codec<E> {

    static final WordCodec<Integer> INT = new WordCodec<>("int32", Integer.BYTES) {
        @Override
        long toWord(Integer item) {
            return item;
        }

        @Override
        Integer toItem(long word) {
            return (int) word;
        }
    };

    static final WordCodec<Long> LONG = new WordCodec<>("int64", Long.BYTES) {
        @Override
        long toWord(Long item) {
            return item;
        }

        @Override
        Long toItem(long word) {
            return word;
        }
    };

    static final WordCodec<Double> DOUBLE = new WordCodec<>("float64", Double.BYTES) {
        @Override
        long toWord(Double item) {
            return Double.doubleToRawLongBits(item);
        }

        @Override
        Double toItem(long word) {
            return Double.longBitsToDouble(word);
        }
    };

    /** 4 or 8. */
    final int lengthBytes;
    /** The header of every message. */
    final long header;
    /** Units of every record. */
    final int units;
    private final String id;

    private WordCodec(String id, int lengthBytes) {
        this.id = id;
        this.lengthBytes = lengthBytes;
        this.header = RecordHeader.of(lengthBytes, RecordHeader.MESSAGE);
        this.units = RecordHeader.units(lengthBytes);
    }

    abstract long toWord(E item);

    abstract E toItem(long word);

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final void encode(E item, EncodeBuffer out) {
        if (lengthBytes == Long.BYTES) {
            out.putLong(toWord(item));
        } else {
            out.putInt((int) toWord(item));
        }
    }

    @Override
    public final E decode(ByteBuffer message) {
        if (message.remaining() != lengthBytes) {
            throw new IllegalArgumentException(
                    "the message has " + message.remaining() + " bytes, " + id + " has " + lengthBytes);
        }
        return toItem(lengthBytes == Long.BYTES ? message.getLong() : message.getInt());
    }

    @Override
    public final String toString() {
        return "Codec[" + id + "]";
    }
}
