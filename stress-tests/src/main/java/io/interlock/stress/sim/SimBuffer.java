package io.interlock.stress.sim;

import io.interlock.core.port.Mem;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.agrona.MutableDirectBuffer;

/**
 * A part of the simulated memory as Agrona's type, for claims and handlers: every access is a step, as by the library's
 * own. Of the many methods it has those that a scenario uses.
 */
final class SimBuffer {

    private final Mem mem;
    private final int offset;
    private final int length;

    private SimBuffer(Mem mem, int offset, int length) {
        this.mem = mem;
        this.offset = offset;
        this.length = length;
    }

    static MutableDirectBuffer of(Mem mem, int offset, int length) {
        SimBuffer buffer = new SimBuffer(mem, offset, length);
        return (MutableDirectBuffer) Proxy.newProxyInstance(SimBuffer.class.getClassLoader(),
                new Class<?>[]{MutableDirectBuffer.class}, (proxy, method, arguments) -> buffer.call(method,
                        arguments));
    }

    private Object call(Method method, Object[] arguments) {
        int parameters = method.getParameterCount();
        if (method.getName().equals("getLong") && parameters == 1) {
            return mem.getLong(at((int) arguments[0]));
        }
        if (method.getName().equals("putLong") && parameters == 2) {
            mem.putLong(at((int) arguments[0]), (long) arguments[1]);
            return null;
        }
        throw new UnsupportedOperationException(method.toString());
    }

    private int at(int index) {
        if (index < 0 || index > length - Long.BYTES) {
            throw new IndexOutOfBoundsException("index " + index + " of " + length + " bytes");
        }
        return offset + index;
    }

    @Override
    public String toString() {
        return "SimBuffer[" + offset + ", " + length + " bytes]";
    }
}
