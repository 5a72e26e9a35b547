package io.interlock.memory.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, in native order. */
public final class Bytes {

    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private Bytes() {
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.nativeOrder()).withInvokeExactBehavior();
    }

    public static int getInt(byte[] bytes, int index) {
        return (int) INTS.get(bytes, index);
    }

    public static void putInt(byte[] bytes, int index, int value) {
        INTS.set(bytes, index, value);
    }

    public static long getLong(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    public static void putLong(byte[] bytes, int index, long value) {
        LONGS.set(bytes, index, value);
    }
}
