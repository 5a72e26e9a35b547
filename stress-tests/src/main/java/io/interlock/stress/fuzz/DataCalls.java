package io.interlock.stress.fuzz;

import io.interlock.core.Segment;
import io.interlock.memory.IpcArray;
import io.interlock.memory.IpcBoolean;
import io.interlock.memory.IpcByteArray;
import io.interlock.memory.IpcDouble;
import io.interlock.memory.IpcDoubleArray;
import io.interlock.memory.IpcFloatArray;
import io.interlock.memory.IpcInt;
import io.interlock.memory.IpcIntArray;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcLongArray;
import io.interlock.memory.IpcShortArray;
import io.interlock.memory.IpcValue;
import io.interlock.stress.fuzz.Calls.Action;

/** Everything that values and arrays can be asked for; what they hold may be anything. */
final class DataCalls {

    private final Segment segment;
    private final Calls calls;

    private DataCalls(Segment segment, Calls calls) {
        this.segment = segment;
        this.calls = calls;
    }

    /** Uses all of them. */
    static void all(Segment segment, Calls calls) {
        DataCalls data = new DataCalls(segment, calls);
        data.ints();
        data.longs();
        data.doubles();
        data.booleans();
        data.byteArray();
        data.shortArray();
        data.intArray();
        data.longArray();
        data.floatArray();
        data.doubleArray();
    }

    private void each(Action... actions) {
        for (int i = 0; i < actions.length; i++) {
            calls.run("operation " + i, actions[i]);
        }
    }

    private void value(IpcValue value) {
        calls.run("toString", value::toString);
        SyncCalls.lockOf(calls, calls.get("getLock", value::getLock));
    }

    private void ints() {
        calls.on("int");
        IpcInt value = calls.get("open", () -> IpcInt.open(segment, "int"));
        if (value != null) {
            each(() -> IpcInt.open(segment, value.id()), value::get, () -> value.set(1), value::getPlain,
                    () -> value.setPlain(2), value::getAcquire, () -> value.setRelease(3), () -> value.getAndSet(4),
                    () -> value.compareAndSet(4, 5), () -> value.getAndAdd(1), value::incrementAndGet,
                    () -> value.updateAndGet(i -> i + 1), () -> value.accumulateAndGet(2, Integer::sum));
            value(value);
        }
    }

    private void longs() {
        calls.on("long");
        IpcLong value = calls.get("open", () -> IpcLong.open(segment, "long"));
        if (value != null) {
            each(() -> IpcLong.open(segment, value.id()), value::get, () -> value.set(1), value::getPlain,
                    () -> value.setPlain(2), value::getAcquire, () -> value.setRelease(3), () -> value.getAndSet(4),
                    () -> value.compareAndSet(4, 5), () -> value.getAndAdd(1), value::incrementAndGet,
                    () -> value.updateAndGet(i -> i + 1), () -> value.accumulateAndGet(2, Long::sum));
            value(value);
        }
    }

    private void doubles() {
        calls.on("double");
        IpcDouble value = calls.get("open", () -> IpcDouble.open(segment, "double"));
        if (value != null) {
            each(() -> IpcDouble.open(segment, value.id()), value::get, () -> value.getAndAdd(1.5),
                    () -> value.updateAndGet(d -> d / 2), () -> value.set(1), value::getPlain,
                    () -> value.setPlain(2), value::getAcquire, () -> value.setRelease(3), () -> value.getAndSet(4),
                    () -> value.compareAndSet(4, 5), () -> value.accumulateAndGet(2, Double::sum));
            value(value);
        }
    }

    private void booleans() {
        calls.on("boolean");
        IpcBoolean value = calls.get("open", () -> IpcBoolean.open(segment, "boolean"));
        if (value != null) {
            each(() -> IpcBoolean.open(segment, value.id()), value::get, () -> value.compareAndSet(false, true),
                    () -> value.getAndSet(false), () -> value.set(true), value::getPlain, () -> value.setPlain(true),
                    value::getAcquire, () -> value.setRelease(false));
            value(value);
        }
    }

    /** Whether the array is one to work with. */
    private boolean usable(IpcArray array) {
        if (array == null) {
            return false;
        }
        calls.number("length", 0, Integer.MAX_VALUE, array::length);
        calls.run("toString", array::toString);
        return array.length() > 0;
    }

    private void byteArray() {
        calls.on("bytes");
        IpcByteArray array = calls.get("open", () -> IpcByteArray.open(segment, "bytes"));
        if (usable(array)) {
            int last = array.length() - 1;
            byte[] one = new byte[1];
            each(() -> IpcByteArray.open(segment, array.id()), () -> array.get(last), () -> array.set(last, (byte) 1),
                    array::toArray, () -> array.get(last, one, 0, 1), () -> array.set(last, one, 0, 1),
                    () -> array.fill((byte) 2), array::getLock);
        }
    }

    private void shortArray() {
        calls.on("shorts");
        IpcShortArray array = calls.get("open", () -> IpcShortArray.open(segment, "shorts"));
        if (usable(array)) {
            int last = array.length() - 1;
            short[] one = new short[1];
            each(() -> IpcShortArray.open(segment, array.id()), () -> array.get(last),
                    () -> array.set(last, (short) 1), array::toArray, () -> array.get(last, one, 0, 1),
                    () -> array.set(last, one, 0, 1), () -> array.fill((short) 2), array::getLock);
        }
    }

    private void intArray() {
        calls.on("ints");
        IpcIntArray array = calls.get("open", () -> IpcIntArray.open(segment, "ints"));
        if (usable(array)) {
            int last = array.length() - 1;
            int[] one = new int[1];
            each(() -> IpcIntArray.open(segment, array.id()), () -> array.get(last), () -> array.set(last, 1),
                    () -> array.getPlain(last), () -> array.setPlain(last, 1), () -> array.getAcquire(last),
                    () -> array.setRelease(last, 1), () -> array.getAndSet(last, 2),
                    () -> array.compareAndSet(last, 2, 3), () -> array.getAndAdd(last, 1),
                    () -> array.updateAndGet(last, i -> i + 1), () -> array.accumulateAndGet(last, 1, Integer::sum),
                    array::toArray, () -> array.get(last, one, 0, 1), () -> array.set(last, one, 0, 1),
                    () -> array.fill(2), array::getLock);
        }
    }

    private void longArray() {
        calls.on("longs");
        IpcLongArray array = calls.get("open", () -> IpcLongArray.open(segment, "longs"));
        if (usable(array)) {
            int last = array.length() - 1;
            long[] one = new long[1];
            each(() -> IpcLongArray.open(segment, array.id()), () -> array.get(last), () -> array.set(last, 1),
                    () -> array.getPlain(last), () -> array.setPlain(last, 1), () -> array.getAcquire(last),
                    () -> array.setRelease(last, 1), () -> array.getAndSet(last, 2),
                    () -> array.compareAndSet(last, 2, 3), () -> array.getAndAdd(last, 1),
                    () -> array.updateAndGet(last, i -> i + 1), () -> array.accumulateAndGet(last, 1, Long::sum),
                    array::toArray, () -> array.get(last, one, 0, 1), () -> array.set(last, one, 0, 1),
                    () -> array.fill(2), array::getLock);
        }
    }

    private void floatArray() {
        calls.on("floats");
        IpcFloatArray array = calls.get("open", () -> IpcFloatArray.open(segment, "floats"));
        if (usable(array)) {
            int last = array.length() - 1;
            float[] one = new float[1];
            each(() -> IpcFloatArray.open(segment, array.id()), () -> array.get(last),
                    () -> array.getAndAdd(last, 1), () -> array.set(last, 1), () -> array.getPlain(last),
                    () -> array.setPlain(last, 1), () -> array.getAcquire(last), () -> array.setRelease(last, 1),
                    () -> array.getAndSet(last, 2), () -> array.compareAndSet(last, 2, 3), array::toArray,
                    () -> array.get(last, one, 0, 1), () -> array.set(last, one, 0, 1), () -> array.fill(2),
                    array::getLock);
        }
    }

    private void doubleArray() {
        calls.on("doubles");
        IpcDoubleArray array = calls.get("open", () -> IpcDoubleArray.open(segment, "doubles"));
        if (usable(array)) {
            int last = array.length() - 1;
            double[] one = new double[1];
            each(() -> IpcDoubleArray.open(segment, array.id()), () -> array.get(last),
                    () -> array.getAndAdd(last, 1), () -> array.updateAndGet(last, d -> d + 1),
                    () -> array.set(last, 1), () -> array.getPlain(last), () -> array.setPlain(last, 1),
                    () -> array.getAcquire(last), () -> array.setRelease(last, 1), () -> array.getAndSet(last, 2),
                    () -> array.compareAndSet(last, 2, 3), () -> array.accumulateAndGet(last, 1, Double::sum),
                    array::toArray, () -> array.get(last, one, 0, 1), () -> array.set(last, one, 0, 1),
                    () -> array.fill(2), array::getLock);
        }
    }
}
