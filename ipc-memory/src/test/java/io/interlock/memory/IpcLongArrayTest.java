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

class IpcLongArrayTest extends IpcArrayContract<IpcLongArray> {

    @Override
    IpcLongArray createAnonymous(Segment in, int length) {
        return IpcLongArray.create(in, length);
    }

    @Override
    IpcLongArray create(Segment in, String name, int length) {
        return IpcLongArray.create(in, name, length);
    }

    @Override
    IpcLongArray createOf(Segment in, int... numbers) {
        return IpcLongArray.createOf(in, elements(numbers));
    }

    @Override
    IpcLongArray createOf(Segment in, String name, int... numbers) {
        return IpcLongArray.createOf(in, name, elements(numbers));
    }

    @Override
    IpcLongArray createOfNull(Segment in, String name) {
        return IpcLongArray.createOf(in, name, (long[]) null);
    }

    @Override
    IpcLongArray open(Segment in, String name) {
        return IpcLongArray.open(in, name);
    }

    @Override
    IpcLongArray open(Segment in, int id) {
        return IpcLongArray.open(in, id);
    }

    @Override
    IpcLongArray openOrCreate(Segment in, String name, int length) {
        return IpcLongArray.openOrCreate(in, name, length);
    }

    @Override
    void put(IpcLongArray array, int index, int number) {
        array.set(index, (long) number);
    }

    @Override
    int at(IpcLongArray array, int index) {
        return (int) array.get(index);
    }

    @Override
    void fill(IpcLongArray array, int number) {
        array.fill((long) number);
    }

    @Override
    List<Integer> all(IpcLongArray array) {
        return numbers(array.toArray());
    }

    @Override
    void copyIn(IpcLongArray array, int index, List<Integer> source, int sourceIndex, int count) {
        array.set(index, elements(source.stream().mapToInt(Integer::intValue).toArray()), sourceIndex, count);
    }

    @Override
    List<Integer> copyOut(IpcLongArray array, int index, int targetLength, int targetIndex, int count) {
        long[] target = new long[targetLength];
        array.get(index, target, targetIndex, count);
        return numbers(target);
    }

    @Override
    void copyInNull(IpcLongArray array) {
        array.set(0, null, 0, 0);
    }

    @Override
    void copyOutNull(IpcLongArray array) {
        array.get(0, null, 0, 0);
    }

    @Override
    List<Consumer<IpcLongArray>> operations() {
        return List.of(
                v -> v.get(0), v -> v.set(0, 1), v -> v.getPlain(0), v -> v.setPlain(0, 1), v -> v.getAcquire(0),
                v -> v.setRelease(0, 1), v -> v.getAndSet(0, 1), v -> v.compareAndSet(0, 0, 1), v -> v.getAndAdd(0, 1),
                v -> v.addAndGet(0, 1), v -> v.getAndIncrement(0), v -> v.incrementAndGet(0), v -> v.getAndDecrement(0),
                v -> v.decrementAndGet(0), v -> v.getAndUpdate(0, x -> x), v -> v.updateAndGet(0, x -> x),
                v -> v.getAndAccumulate(0, 1, Long::sum), v -> v.accumulateAndGet(0, 1, Long::sum),
                v -> v.get(0, new long[1], 0, 1), v -> v.set(0, new long[1], 0, 1), v -> v.fill((long) 1),
                IpcLongArray::toArray);
    }

    @Override
    List<IndexedOperation<IpcLongArray>> indexed() {
        return List.of(
                (v, i) -> v.get(i), (v, i) -> v.set(i, 1), (v, i) -> v.getPlain(i), (v, i) -> v.setPlain(i, 1), (v,
                        i) -> v.getAcquire(i),
                (v, i) -> v.setRelease(i, 1), (v, i) -> v.getAndSet(i, 1), (v, i) -> v.compareAndSet(i, 0, 1), (v,
                        i) -> v.getAndAdd(i, 1),
                (v, i) -> v.addAndGet(i, 1), (v, i) -> v.getAndIncrement(i), (v, i) -> v.incrementAndGet(i), (v, i) -> v
                        .getAndDecrement(i),
                (v, i) -> v.decrementAndGet(i), (v, i) -> v.getAndUpdate(i, x -> x), (v, i) -> v.updateAndGet(i,
                        x -> x),
                (v, i) -> v.getAndAccumulate(i, 1, Long::sum), (v, i) -> v.accumulateAndGet(i, 1, Long::sum));
    }

    @Override
    int widthBytes() {
        return Long.BYTES;
    }

    @Override
    String text(int number) {
        return Long.toString((long) number);
    }

    private static long[] elements(int... numbers) {
        long[] elements = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            elements[i] = (long) numbers[i];
        }
        return elements;
    }

    private static List<Integer> numbers(long[] elements) {
        List<Integer> numbers = new ArrayList<>();
        for (long element : elements) {
            numbers.add((int) element);
        }
        return numbers;
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcLongArray v = IpcLongArray.create(segment, "v", 3);
            IpcLongArray theirs = IpcLongArray.open(other, "v");
            v.set(1, Long.MIN_VALUE);
            assertEquals(Long.MIN_VALUE, theirs.get(1));
            v.setPlain(1, Long.MAX_VALUE);
            assertEquals(Long.MAX_VALUE, theirs.getPlain(1));
            v.setRelease(1, -7);
            assertEquals(-7, theirs.getAcquire(1));
        }

        @Test
        void getAndSetReturnsWhatWasThere() {
            IpcLongArray v = IpcLongArray.create(segment, "v", 3);
            assertEquals(0, v.getAndSet(1, 5));
            assertEquals(5, v.getAndSet(1, 6));
        }

        @Test
        void compareAndSetChangesOnlyTheExpected() {
            IpcLongArray v = IpcLongArray.create(segment, "v", 3);
            assertTrue(v.compareAndSet(1, 0, 5));
            assertFalse(v.compareAndSet(1, 0, 6));
            assertEquals(5, v.get(1));
        }

        @Test
        void sumsReturnBeforeOrAfter() {
            IpcLongArray v = IpcLongArray.create(segment, "v", 3);
            assertEquals(0, v.getAndAdd(1, 5));
            assertEquals(12, v.addAndGet(1, 7));
            assertEquals(12, v.getAndIncrement(1));
            assertEquals(14, v.incrementAndGet(1));
            assertEquals(14, v.getAndDecrement(1));
            assertEquals(12, v.decrementAndGet(1));
            assertEquals(12, v.get(1));
        }

        @Test
        void sumsWrapAround() {
            IpcLongArray v = IpcLongArray.create(segment, "v", 3);
            v.set(1, Long.MAX_VALUE);
            assertEquals(Long.MIN_VALUE, v.incrementAndGet(1));
            assertEquals(Long.MAX_VALUE, v.decrementAndGet(1));
        }

        @Test
        void functionsReturnBeforeOrAfter() {
            IpcLongArray v = IpcLongArray.create(segment, "v", 3);
            v.set(1, 3);
            assertEquals(3, v.getAndUpdate(1, x -> x * 2));
            assertEquals(12, v.updateAndGet(1, x -> x * 2));
            assertEquals(12, v.getAndAccumulate(1, 5, (x, y) -> x - y));
            assertEquals(2, v.accumulateAndGet(1, 5, (x, y) -> x - y));
        }

        @Test
        void functionsAreCalledAgainIfAnotherWriterCameBetween() {
            IpcLongArray v = IpcLongArray.create(segment, "v", 3);
            int[] calls = {0};
            long result = v.updateAndGet(1, x -> {
                if (calls[0]++ == 0) {
                    v.set(1, 100);
                }
                return x + 1;
            });
            assertEquals(101, result);
            assertEquals(2, calls[0]);
        }

        @Test
        void aFunctionThatThrowsChangesNothing() {
            IpcLongArray v = IpcLongArray.create(segment, "v", 3);
            assertThrows(ArithmeticException.class, () -> v.updateAndGet(1, x -> 1 / x));
            assertEquals(0, v.get(1));
            assertThrows(NullPointerException.class, () -> v.updateAndGet(1, null));
            assertThrows(NullPointerException.class, () -> v.getAndUpdate(1, null));
            assertThrows(NullPointerException.class, () -> v.getAndAccumulate(1, 1, null));
            assertThrows(NullPointerException.class, () -> v.accumulateAndGet(1, 1, null));
        }
    }
}
