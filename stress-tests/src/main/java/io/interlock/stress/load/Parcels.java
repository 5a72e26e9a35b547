package io.interlock.stress.load;

import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Messages that are a value and a body that follows from it in length and content, so that whoever reads one knows
 * whether it is intact: up to 300 bytes, now and then up to 1500.
 */
final class Parcels implements Codec<Long> {

    static final Parcels CODEC = new Parcels();

    private static final int RARE = 64;
    private static final int USUAL_BYTES = 300;
    private static final int MOST_BYTES = 1500;

    private Parcels() {
    }

    @Override
    public String id() {
        return "stress.parcel";
    }

    @Override
    public void encode(Long value, EncodeBuffer out) {
        out.putBytes(bytes(value));
    }

    @Override
    public Long decode(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        if (bytes.length < Long.BYTES) {
            throw new IllegalStateException("a message of " + bytes.length + " bytes");
        }
        long value = ByteBuffer.wrap(bytes).getLong();
        if (!Arrays.equals(bytes, bytes(value))) {
            throw new IllegalStateException("not intact: value " + value + " in " + bytes.length + " bytes");
        }
        return value;
    }

    /** The whole message. */
    static byte[] bytes(long value) {
        long word = mixed(value);
        int random = (int) (word >>> 33);
        byte[] bytes = new byte[Long.BYTES + random / RARE % (random % RARE == 0 ? MOST_BYTES : USUAL_BYTES)];
        ByteBuffer out = ByteBuffer.wrap(bytes).putLong(value);
        while (out.hasRemaining()) {
            word = mixed(word);
            out.put((byte) word);
        }
        return bytes;
    }

    private static long mixed(long word) {
        long z = word + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        return z ^ z >>> 29;
    }
}
