package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcShortArrayTest extends IpcArrayContract<IpcShortArray> {

    @Override
    IpcShortArray createAnonymous(Segment in, int length) {
        return IpcShortArray.create(in, length);
    }

    @Override
    IpcShortArray create(Segment in, String name, int length) {
        return IpcShortArray.create(in, name, length);
    }

    @Override
    IpcShortArray createOf(Segment in, int... numbers) {
        return IpcShortArray.createOf(in, elements(numbers));
    }

    @Override
    IpcShortArray createOf(Segment in, String name, int... numbers) {
        return IpcShortArray.createOf(in, name, elements(numbers));
    }

    @Override
    IpcShortArray createOfNull(Segment in, String name) {
        return IpcShortArray.createOf(in, name, (short[]) null);
    }

    @Override
    IpcShortArray open(Segment in, String name) {
        return IpcShortArray.open(in, name);
    }

    @Override
    IpcShortArray open(Segment in, int id) {
        return IpcShortArray.open(in, id);
    }

    @Override
    IpcShortArray openOrCreate(Segment in, String name, int length) {
        return IpcShortArray.openOrCreate(in, name, length);
    }

    @Override
    void put(IpcShortArray array, int index, int number) {
        array.set(index, (short) number);
    }

    @Override
    int at(IpcShortArray array, int index) {
        return array.get(index);
    }

    @Override
    void fill(IpcShortArray array, int number) {
        array.fill((short) number);
    }

    @Override
    List<Integer> all(IpcShortArray array) {
        return numbers(array.toArray());
    }

    @Override
    void copyIn(IpcShortArray array, int index, List<Integer> source, int sourceIndex, int count) {
        array.set(index, elements(source.stream().mapToInt(Integer::intValue).toArray()), sourceIndex, count);
    }

    @Override
    List<Integer> copyOut(IpcShortArray array, int index, int targetLength, int targetIndex, int count) {
        short[] target = new short[targetLength];
        array.get(index, target, targetIndex, count);
        return numbers(target);
    }

    @Override
    void copyInNull(IpcShortArray array) {
        array.set(0, null, 0, 0);
    }

    @Override
    void copyOutNull(IpcShortArray array) {
        array.get(0, null, 0, 0);
    }

    @Override
    List<Consumer<IpcShortArray>> operations() {
        return List.of(
                v -> v.get(0), v -> v.set(0, (short) 1),
                v -> v.get(0, new short[1], 0, 1), v -> v.set(0, new short[1], 0, 1), v -> v.fill((short) 1),
                IpcShortArray::toArray);
    }

    @Override
    List<IndexedOperation<IpcShortArray>> indexed() {
        return List.of(
                (v, i) -> v.get(i), (v, i) -> v.set(i, (short) 1));
    }

    @Override
    int widthBytes() {
        return Short.BYTES;
    }

    @Override
    String text(int number) {
        return Short.toString((short) number);
    }

    private static short[] elements(int... numbers) {
        short[] elements = new short[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            elements[i] = (short) numbers[i];
        }
        return elements;
    }

    private static List<Integer> numbers(short[] elements) {
        List<Integer> numbers = new ArrayList<>();
        for (short element : elements) {
            numbers.add((int) element);
        }
        return numbers;
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcShortArray v = IpcShortArray.create(segment, "v", 3);
            v.set(1, Short.MIN_VALUE);
            v.set(2, Short.MAX_VALUE);
            IpcShortArray theirs = IpcShortArray.open(other, "v");
            assertEquals(0, theirs.get(0));
            assertEquals(Short.MIN_VALUE, theirs.get(1));
            assertEquals(Short.MAX_VALUE, theirs.get(2));
        }
    }
}
