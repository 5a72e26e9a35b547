package io.interlock.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message of a test stream: whose it is, and which of his. Length and content of its body follow from these, so that
 * whoever reads it knows whether it is intact: mostly up to 300 bytes, now and then up to 4 KiB.
 *
 * @param producer number of the producer
 * @param number   1, 2, 3 ... of this producer
 */
record Parcel(int producer, int number) {

    /** Ends the stream for one consumer. */
    static final Parcel PILL = new Parcel(0, 0);
    /** Most of them whose messages fit into half of 64 KiB, whatever their lengths. */
    static final int LARGEST_BATCH = 7;

    private static final int HEADER_BYTES = 8;

    /** Refuses to read what is not intact. */
    static final Codec<Parcel> CODEC = new Codec<>() {
        @Override
        public String id() {
            return "test.parcel";
        }

        @Override
        public void encode(Parcel parcel, EncodeBuffer out) {
            out.putBytes(parcel.bytes());
        }

        @Override
        public Parcel decode(ByteBuffer message) {
            return read(message);
        }
    };

    /** The whole message. */
    byte[] bytes() {
        long word = mixed((long) producer << 32 | number);
        byte[] bytes = new byte[HEADER_BYTES + bodyBytes(word)];
        ByteBuffer out = ByteBuffer.wrap(bytes).putInt(producer).putInt(number);
        while (out.remaining() >= Long.BYTES) {
            word = mixed(word);
            out.putLong(word);
        }
        while (out.hasRemaining()) {
            word = mixed(word);
            out.put((byte) word);
        }
        return bytes;
    }

    /** Reads a message, from its position to its limit. */
    static Parcel read(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        if (bytes.length < HEADER_BYTES) {
            throw new IllegalStateException("a message of " + bytes.length + " bytes");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        Parcel parcel = new Parcel(header.getInt(), header.getInt());
        if (!Arrays.equals(bytes, parcel.bytes())) {
            throw new IllegalStateException("not intact: " + parcel + " in " + bytes.length + " bytes");
        }
        return parcel;
    }

    private static int bodyBytes(long word) {
        int random = (int) (word >>> 33);
        return random % 64 == 0 ? random / 64 % 4097 : random / 64 % 301;
    }

    private static long mixed(long word) {
        long z = word + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        return z ^ z >>> 29;
    }
}
