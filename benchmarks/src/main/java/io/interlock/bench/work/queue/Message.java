package io.interlock.bench.work.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes of a message: its number in front and at the end, and whatever was there before in between. */
public final class Message {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Message() {
    }

    /** Writes the number. */
    public static void number(byte[] message, long number) {
        LONG.set(message, 0, number);
        LONG.set(message, message.length - Long.BYTES, number);
    }

    /** Reads the number, and sees to it that it is the same at both ends. */
    public static long numberOf(byte[] message) {
        long number = (long) LONG.get(message, 0);
        long end = (long) LONG.get(message, message.length - Long.BYTES);
        if (number != end) {
            throw new IllegalStateException("message " + number + " ends as message " + end);
        }
        return number;
    }
}
