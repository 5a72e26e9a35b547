package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcFloatArrayTest extends IpcArrayContract<IpcFloatArray> {

    @Override
    IpcFloatArray createAnonymous(Segment in, int length) {
        return IpcFloatArray.create(in, length);
    }

    @Override
    IpcFloatArray create(Segment in, String name, int length) {
        return IpcFloatArray.create(in, name, length);
    }

    @Override
    IpcFloatArray createOf(Segment in, int... numbers) {
        return IpcFloatArray.createOf(in, elements(numbers));
    }

    @Override
    IpcFloatArray createOf(Segment in, String name, int... numbers) {
        return IpcFloatArray.createOf(in, name, elements(numbers));
    }

    @Override
    IpcFloatArray createOfNull(Segment in, String name) {
        return IpcFloatArray.createOf(in, name, (float[]) null);
    }

    @Override
    IpcFloatArray open(Segment in, String name) {
        return IpcFloatArray.open(in, name);
    }

    @Override
    IpcFloatArray open(Segment in, int id) {
        return IpcFloatArray.open(in, id);
    }

    @Override
    IpcFloatArray openOrCreate(Segment in, String name, int length) {
        return IpcFloatArray.openOrCreate(in, name, length);
    }

    @Override
    void put(IpcFloatArray array, int index, int number) {
        array.set(index, (float) number);
    }

    @Override
    int at(IpcFloatArray array, int index) {
        return (int) array.get(index);
    }

    @Override
    void fill(IpcFloatArray array, int number) {
        array.fill((float) number);
    }

    @Override
    List<Integer> all(IpcFloatArray array) {
        return numbers(array.toArray());
    }

    @Override
    void copyIn(IpcFloatArray array, int index, List<Integer> source, int sourceIndex, int count) {
        array.set(index, elements(source.stream().mapToInt(Integer::intValue).toArray()), sourceIndex, count);
    }

    @Override
    List<Integer> copyOut(IpcFloatArray array, int index, int targetLength, int targetIndex, int count) {
        float[] target = new float[targetLength];
        array.get(index, target, targetIndex, count);
        return numbers(target);
    }

    @Override
    void copyInNull(IpcFloatArray array) {
        array.set(0, null, 0, 0);
    }

    @Override
    void copyOutNull(IpcFloatArray array) {
        array.get(0, null, 0, 0);
    }

    @Override
    List<Consumer<IpcFloatArray>> operations() {
        return List.of(
                v -> v.get(0), v -> v.set(0, 1), v -> v.getPlain(0), v -> v.setPlain(0, 1), v -> v.getAcquire(0),
                v -> v.setRelease(0, 1), v -> v.getAndSet(0, 1), v -> v.compareAndSet(0, 0, 1), v -> v.getAndAdd(0, 1),
                v -> v.addAndGet(0, 1),
                v -> v.get(0, new float[1], 0, 1), v -> v.set(0, new float[1], 0, 1), v -> v.fill((float) 1),
                IpcFloatArray::toArray);
    }

    @Override
    List<IndexedOperation<IpcFloatArray>> indexed() {
        return List.of(
                (v, i) -> v.get(i), (v, i) -> v.set(i, 1), (v, i) -> v.getPlain(i), (v, i) -> v.setPlain(i, 1), (v,
                        i) -> v.getAcquire(i),
                (v, i) -> v.setRelease(i, 1), (v, i) -> v.getAndSet(i, 1), (v, i) -> v.compareAndSet(i, 0, 1), (v,
                        i) -> v.getAndAdd(i, 1),
                (v, i) -> v.addAndGet(i, 1));
    }

    @Override
    int widthBytes() {
        return Float.BYTES;
    }

    @Override
    String text(int number) {
        return Float.toString((float) number);
    }

    private static float[] elements(int... numbers) {
        float[] elements = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            elements[i] = (float) numbers[i];
        }
        return elements;
    }

    private static List<Integer> numbers(float[] elements) {
        List<Integer> numbers = new ArrayList<>();
        for (float element : elements) {
            numbers.add((int) element);
        }
        return numbers;
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcFloatArray v = IpcFloatArray.create(segment, "v", 3);
            IpcFloatArray theirs = IpcFloatArray.open(other, "v");
            v.set(1, Float.MIN_VALUE);
            assertEquals(Float.MIN_VALUE, theirs.get(1));
            v.setPlain(1, Float.NEGATIVE_INFINITY);
            assertEquals(Float.NEGATIVE_INFINITY, theirs.getPlain(1));
            v.setRelease(1, -0.25f);
            assertEquals(-0.25f, theirs.getAcquire(1));
        }

        @Test
        void getAndSetReturnsWhatWasThere() {
            IpcFloatArray v = IpcFloatArray.create(segment, "v", 3);
            assertEquals(0.0f, v.getAndSet(1, 5.5f));
            assertEquals(5.5f, v.getAndSet(1, 6.5f));
        }

        @Test
        void compareAndSetComparesBits() {
            IpcFloatArray v = IpcFloatArray.create(segment, "v", 3);
            assertFalse(v.compareAndSet(1, -0.0f, 1));
            assertTrue(v.compareAndSet(1, 0.0f, Float.NaN));
            assertFalse(v.compareAndSet(1, 0.0f, 1));
            assertTrue(v.compareAndSet(1, Float.NaN, 2.5f));
            assertEquals(2.5f, v.get(1));
        }

        @Test
        void sumsReturnBeforeOrAfter() {
            IpcFloatArray v = IpcFloatArray.create(segment, "v", 3);
            assertEquals(0.0f, v.getAndAdd(1, 0.5f));
            assertEquals(0.75f, v.addAndGet(1, 0.25f));
            assertEquals(0.75f, v.get(1));
            v.set(1, Float.NaN);
            assertTrue(Float.isNaN(v.getAndAdd(1, 1)));
        }
    }
}
