package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcLongArray;
import java.util.Arrays;

/** Changes a number by one operation, and then a whole array. */
final class ValueDeed extends ObjectDeed {

    private static final int LENGTH = 64;

    private IpcLong value;
    private IpcLongArray array;
    private long seen;
    private long[] copied;

    @Override
    void prepare(Segment made) {
        value = IpcLong.create(made, "value", 41);
        array = IpcLongArray.create(made, "array", LENGTH);
    }

    @Override
    void act(Segment opened, Stage stage) {
        IpcLong mine = IpcLong.open(opened, "value");
        IpcLongArray elements = IpcLongArray.open(opened, "array");
        long[] source = new long[LENGTH];
        Arrays.fill(source, -1);
        stage.is("value-adding");
        mine.incrementAndGet();
        stage.is("array-copying");
        elements.set(0, source, 0, LENGTH);
    }

    @Override
    void look(String stage, boolean early) {
        seen = value.get();
        copied = array.toArray();
    }

    @Override
    Finding after(Fate fate) {
        long now = value.get();
        check(now == (fate == Fate.FINISHED ? 42 : seen), "the value is " + now);
        check(fate == Fate.FINISHED || Arrays.equals(copied, array.toArray()), "the array went on changing");
        for (long element : array.toArray()) {
            check(element == 0 || element == -1, "an element is torn: " + element);
        }
        check(value.incrementAndGet() == now + 1, "the value does not count on");
        return Finding.now("each number is the last one written; a copy may be half done");
    }
}
