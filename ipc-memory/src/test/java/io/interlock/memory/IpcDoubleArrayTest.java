package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcDoubleArrayTest extends IpcArrayContract<IpcDoubleArray> {

    @Override
    IpcDoubleArray createAnonymous(Segment in, int length) {
        return IpcDoubleArray.create(in, length);
    }

    @Override
    IpcDoubleArray create(Segment in, String name, int length) {
        return IpcDoubleArray.create(in, name, length);
    }

    @Override
    IpcDoubleArray createOf(Segment in, int... numbers) {
        return IpcDoubleArray.createOf(in, elements(numbers));
    }

    @Override
    IpcDoubleArray createOf(Segment in, String name, int... numbers) {
        return IpcDoubleArray.createOf(in, name, elements(numbers));
    }

    @Override
    IpcDoubleArray createOfNull(Segment in, String name) {
        return IpcDoubleArray.createOf(in, name, (double[]) null);
    }

    @Override
    IpcDoubleArray open(Segment in, String name) {
        return IpcDoubleArray.open(in, name);
    }

    @Override
    IpcDoubleArray open(Segment in, int id) {
        return IpcDoubleArray.open(in, id);
    }

    @Override
    IpcDoubleArray openOrCreate(Segment in, String name, int length) {
        return IpcDoubleArray.openOrCreate(in, name, length);
    }

    @Override
    void put(IpcDoubleArray array, int index, int number) {
        array.set(index, (double) number);
    }

    @Override
    int at(IpcDoubleArray array, int index) {
        return (int) array.get(index);
    }

    @Override
    void fill(IpcDoubleArray array, int number) {
        array.fill((double) number);
    }

    @Override
    List<Integer> all(IpcDoubleArray array) {
        return numbers(array.toArray());
    }

    @Override
    void copyIn(IpcDoubleArray array, int index, List<Integer> source, int sourceIndex, int count) {
        array.set(index, elements(source.stream().mapToInt(Integer::intValue).toArray()), sourceIndex, count);
    }

    @Override
    List<Integer> copyOut(IpcDoubleArray array, int index, int targetLength, int targetIndex, int count) {
        double[] target = new double[targetLength];
        array.get(index, target, targetIndex, count);
        return numbers(target);
    }

    @Override
    void copyInNull(IpcDoubleArray array) {
        array.set(0, null, 0, 0);
    }

    @Override
    void copyOutNull(IpcDoubleArray array) {
        array.get(0, null, 0, 0);
    }

    @Override
    List<Consumer<IpcDoubleArray>> operations() {
        return List.of(
                v -> v.get(0), v -> v.set(0, 1), v -> v.getPlain(0), v -> v.setPlain(0, 1), v -> v.getAcquire(0),
                v -> v.setRelease(0, 1), v -> v.getAndSet(0, 1), v -> v.compareAndSet(0, 0, 1), v -> v.getAndAdd(0, 1),
                v -> v.addAndGet(0, 1), v -> v.getAndUpdate(0, x -> x), v -> v.updateAndGet(0, x -> x),
                v -> v.getAndAccumulate(0, 1, Double::sum), v -> v.accumulateAndGet(0, 1, Double::sum),
                v -> v.get(0, new double[1], 0, 1), v -> v.set(0, new double[1], 0, 1), v -> v.fill((double) 1),
                IpcDoubleArray::toArray);
    }

    @Override
    List<IndexedOperation<IpcDoubleArray>> indexed() {
        return List.of(
                (v, i) -> v.get(i), (v, i) -> v.set(i, 1), (v, i) -> v.getPlain(i), (v, i) -> v.setPlain(i, 1), (v,
                        i) -> v.getAcquire(i),
                (v, i) -> v.setRelease(i, 1), (v, i) -> v.getAndSet(i, 1), (v, i) -> v.compareAndSet(i, 0, 1), (v,
                        i) -> v.getAndAdd(i, 1),
                (v, i) -> v.addAndGet(i, 1), (v, i) -> v.getAndUpdate(i, x -> x), (v, i) -> v.updateAndGet(i, x -> x),
                (v, i) -> v.getAndAccumulate(i, 1, Double::sum), (v, i) -> v.accumulateAndGet(i, 1, Double::sum));
    }

    @Override
    int widthBytes() {
        return Double.BYTES;
    }

    @Override
    String text(int number) {
        return Double.toString((double) number);
    }

    private static double[] elements(int... numbers) {
        double[] elements = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            elements[i] = (double) numbers[i];
        }
        return elements;
    }

    private static List<Integer> numbers(double[] elements) {
        List<Integer> numbers = new ArrayList<>();
        for (double element : elements) {
            numbers.add((int) element);
        }
        return numbers;
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcDoubleArray v = IpcDoubleArray.create(segment, "v", 3);
            IpcDoubleArray theirs = IpcDoubleArray.open(other, "v");
            v.set(1, Double.MIN_VALUE);
            assertEquals(Double.MIN_VALUE, theirs.get(1));
            v.setPlain(1, Double.NEGATIVE_INFINITY);
            assertEquals(Double.NEGATIVE_INFINITY, theirs.getPlain(1));
            v.setRelease(1, -0.25);
            assertEquals(-0.25, theirs.getAcquire(1));
        }

        @Test
        void getAndSetReturnsWhatWasThere() {
            IpcDoubleArray v = IpcDoubleArray.create(segment, "v", 3);
            assertEquals(0.0, v.getAndSet(1, 5.5));
            assertEquals(5.5, v.getAndSet(1, 6.5));
        }

        @Test
        void compareAndSetComparesBits() {
            IpcDoubleArray v = IpcDoubleArray.create(segment, "v", 3);
            assertFalse(v.compareAndSet(1, -0.0, 1));
            assertTrue(v.compareAndSet(1, 0.0, Double.NaN));
            assertFalse(v.compareAndSet(1, 0.0, 1));
            assertTrue(v.compareAndSet(1, Double.NaN, 2.5));
            assertEquals(2.5, v.get(1));
        }

        @Test
        void sumsReturnBeforeOrAfter() {
            IpcDoubleArray v = IpcDoubleArray.create(segment, "v", 3);
            assertEquals(0.0, v.getAndAdd(1, 0.5));
            assertEquals(0.75, v.addAndGet(1, 0.25));
            assertEquals(0.75, v.get(1));
            v.set(1, Double.NaN);
            assertTrue(Double.isNaN(v.getAndAdd(1, 1)));
        }

        @Test
        void functionsReturnBeforeOrAfter() {
            IpcDoubleArray v = IpcDoubleArray.create(segment, "v", 3);
            v.set(1, 3);
            assertEquals(3, v.getAndUpdate(1, x -> x * 2));
            assertEquals(12, v.updateAndGet(1, x -> x * 2));
            assertEquals(12, v.getAndAccumulate(1, 5, (x, y) -> x - y));
            assertEquals(2, v.accumulateAndGet(1, 5, (x, y) -> x - y));
            assertThrows(NullPointerException.class, () -> v.updateAndGet(1, null));
            assertThrows(NullPointerException.class, () -> v.getAndUpdate(1, null));
            assertThrows(NullPointerException.class, () -> v.getAndAccumulate(1, 1, null));
            assertThrows(NullPointerException.class, () -> v.accumulateAndGet(1, 1, null));
        }

        @Test
        void functionsAreCalledAgainIfAnotherWriterCameBetween() {
            IpcDoubleArray v = IpcDoubleArray.create(segment, "v", 3);
            int[] calls = {0};
            assertEquals(101, v.updateAndGet(1, x -> {
                if (calls[0]++ == 0) {
                    v.set(1, 100);
                }
                return x + 1;
            }));
            assertEquals(2, calls[0]);
        }
    }
}
