package io.interlock.examples;

import io.interlock.memory.Codec;
import io.interlock.memory.EncodeBuffer;
import java.nio.ByteBuffer;

/** Messages of any number of integers, none included. */
final class IntsCodec implements Codec<int[]> {

    @Override
    public String id() {
        return "io.interlock.examples.ints";
    }

    @Override
    public void encode(int[] items, EncodeBuffer out) {
        for (int item : items) {
            out.putInt(item);
        }
    }

    @Override
    public int[] decode(ByteBuffer message) {
        int[] items = new int[message.remaining() / Integer.BYTES];
        message.asIntBuffer().get(items);
        return items;
    }
}
