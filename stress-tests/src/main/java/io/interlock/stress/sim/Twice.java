package io.interlock.stress.sim;

import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import java.nio.ByteBuffer;

/** Writes each number twice, so that one can see whether a message is whole. */
final class Twice implements Codec<Long> {

    /** What a message is read as whose numbers differ. */
    static final long TORN = -1;

    @Override
    public String id() {
        return "twice";
    }

    @Override
    public void encode(Long item, EncodeBuffer out) {
        out.putLong(item);
        out.putLong(item);
    }

    @Override
    public Long decode(ByteBuffer message) {
        long first = message.getLong();
        return first == message.getLong() ? first : TORN;
    }
}
