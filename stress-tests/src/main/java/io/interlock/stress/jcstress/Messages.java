package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.ring.RecordHeader;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.RingWord;
import java.util.Arrays;
import java.util.function.Supplier;

/** Messages that fill half of the smallest ring, so that two fill it; one byte from beginning to end. */
final class Messages {

    /** Units of a record, header included. */
    static final int UNITS = 8;
    /** What somebody sees who looks too early or too late. */
    static final int BROKEN = -1;
    /** What somebody gets who gets nothing. */
    static final int NONE = 0;

    private static final int BYTES = UNITS * RingWord.UNIT - RecordHeader.LENGTH;
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final byte[][] ALL = {filledWith(0), filledWith(1), filledWith(2), filledWith(3), filledWith(4)};
    /** How often somebody looks for a message. */
    private static final int LOOKS = 50;

    private Messages() {
    }

    private static byte[] filledWith(int value) {
        byte[] message = new byte[BYTES];
        Arrays.fill(message, (byte) value);
        return message;
    }

    /** The message of this byte, from 1 to 4. */
    static byte[] of(int value) {
        return ALL[value];
    }

    /** Of which byte a message is, or {@link #BROKEN}; {@link #NONE} for null. */
    static int valueOf(byte[] message) {
        if (message == null) {
            return NONE;
        }
        int value = message[0];
        return value > 0 && value < ALL.length && Arrays.equals(message, ALL[value]) ? value : BROKEN;
    }

    /** Takes a message that somebody puts meanwhile; {@link #NONE} if it does not come for long. */
    static int await(Supplier<byte[]> poll) {
        byte[] message = poll.get();
        for (int i = 0; message == null && i < LOOKS; i++) {
            Thread.onSpinWait();
            message = poll.get();
        }
        return valueOf(message);
    }

    /** Adds a message to a queue in which there is room, or will be. */
    static void put(IpcQueue<byte[]> queue, byte[] message) {
        while (!queue.offer(message)) {
            Thread.onSpinWait();
        }
    }

    /** Writes the header of a message into the ring, and nothing else. */
    static void writeHeader(Ring ring, int at) {
        ring.writeHeader(at, BYTES);
    }

    /** Writes a message's bytes behind its header. */
    static void writePayload(Mem mem, int at, int value) {
        for (int i = RecordHeader.LENGTH; i < UNITS * RingWord.UNIT; i += RingWord.UNIT) {
            mem.putLong(at + i, value * EACH_BYTE);
        }
    }

    /** Of which byte the message at this offset is, or {@link #BROKEN}. */
    static int valueAt(Mem mem, int at) {
        byte[] message = new byte[BYTES];
        mem.getBytes(at + RecordHeader.LENGTH, message, 0, BYTES);
        return valueOf(message);
    }
}
