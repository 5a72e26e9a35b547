package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.interlock.core.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcByteArrayTest extends IpcArrayContract<IpcByteArray> {

    @Override
    IpcByteArray createAnonymous(Segment in, int length) {
        return IpcByteArray.create(in, length);
    }

    @Override
    IpcByteArray create(Segment in, String name, int length) {
        return IpcByteArray.create(in, name, length);
    }

    @Override
    IpcByteArray createOf(Segment in, int... numbers) {
        return IpcByteArray.createOf(in, elements(numbers));
    }

    @Override
    IpcByteArray createOf(Segment in, String name, int... numbers) {
        return IpcByteArray.createOf(in, name, elements(numbers));
    }

    @Override
    IpcByteArray createOfNull(Segment in, String name) {
        return IpcByteArray.createOf(in, name, (byte[]) null);
    }

    @Override
    IpcByteArray open(Segment in, String name) {
        return IpcByteArray.open(in, name);
    }

    @Override
    IpcByteArray open(Segment in, int id) {
        return IpcByteArray.open(in, id);
    }

    @Override
    IpcByteArray openOrCreate(Segment in, String name, int length) {
        return IpcByteArray.openOrCreate(in, name, length);
    }

    @Override
    void put(IpcByteArray array, int index, int number) {
        array.set(index, (byte) number);
    }

    @Override
    int at(IpcByteArray array, int index) {
        return array.get(index);
    }

    @Override
    void fill(IpcByteArray array, int number) {
        array.fill((byte) number);
    }

    @Override
    List<Integer> all(IpcByteArray array) {
        return numbers(array.toArray());
    }

    @Override
    void copyIn(IpcByteArray array, int index, List<Integer> source, int sourceIndex, int count) {
        array.set(index, elements(source.stream().mapToInt(Integer::intValue).toArray()), sourceIndex, count);
    }

    @Override
    List<Integer> copyOut(IpcByteArray array, int index, int targetLength, int targetIndex, int count) {
        byte[] target = new byte[targetLength];
        array.get(index, target, targetIndex, count);
        return numbers(target);
    }

    @Override
    void copyInNull(IpcByteArray array) {
        array.set(0, null, 0, 0);
    }

    @Override
    void copyOutNull(IpcByteArray array) {
        array.get(0, null, 0, 0);
    }

    @Override
    List<Consumer<IpcByteArray>> operations() {
        return List.of(
                v -> v.get(0), v -> v.set(0, (byte) 1),
                v -> v.get(0, new byte[1], 0, 1), v -> v.set(0, new byte[1], 0, 1), v -> v.fill((byte) 1),
                IpcByteArray::toArray);
    }

    @Override
    List<IndexedOperation<IpcByteArray>> indexed() {
        return List.of(
                (v, i) -> v.get(i), (v, i) -> v.set(i, (byte) 1));
    }

    @Override
    int widthBytes() {
        return Byte.BYTES;
    }

    @Override
    String text(int number) {
        return Byte.toString((byte) number);
    }

    private static byte[] elements(int... numbers) {
        byte[] elements = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            elements[i] = (byte) numbers[i];
        }
        return elements;
    }

    private static List<Integer> numbers(byte[] elements) {
        List<Integer> numbers = new ArrayList<>();
        for (byte element : elements) {
            numbers.add((int) element);
        }
        return numbers;
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcByteArray v = IpcByteArray.create(segment, "v", 3);
            v.set(1, Byte.MIN_VALUE);
            v.set(2, Byte.MAX_VALUE);
            IpcByteArray theirs = IpcByteArray.open(other, "v");
            assertEquals(0, theirs.get(0));
            assertEquals(Byte.MIN_VALUE, theirs.get(1));
            assertEquals(Byte.MAX_VALUE, theirs.get(2));
        }
    }
}
