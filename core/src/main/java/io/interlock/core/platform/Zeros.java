package io.interlock.core.platform;

import io.interlock.core.port.Mem;

/** Zeroing a range by bulk copies; {@code ByteBuffer} has no fill of its own. */
final class Zeros {

    private static final byte[] BLOCK = new byte[8192];

    private Zeros() {
    }

    static void fill(Mem mem, int offset, int length) {
        for (int done = 0; done < length; done += BLOCK.length) {
            mem.putBytes(offset + done, BLOCK, 0, Math.min(BLOCK.length, length - done));
        }
    }
}
