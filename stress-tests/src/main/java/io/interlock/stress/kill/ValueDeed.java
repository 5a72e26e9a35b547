package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcLongArray;

/** Changes a number by one operation, and then all elements of an array. */
final class ValueDeed extends ObjectDeed {

    private static final int LENGTH = 3;

    private IpcLong value;
    private IpcLongArray array;
    private long seen;
    private long set;

    @Override
    void prepare(Segment made) {
        value = IpcLong.create(made, "value", 41);
        array = IpcLongArray.create(made, "array", LENGTH);
    }

    @Override
    void act(Segment opened, Stage stage) {
        IpcLong mine = IpcLong.open(opened, "value");
        IpcLongArray elements = IpcLongArray.open(opened, "array");
        stage.is("value-adding");
        mine.incrementAndGet();
        stage.is("array-setting");
        for (int i = 0; i < LENGTH; i++) {
            elements.set(i, -1);
        }
    }

    @Override
    void look(Where where) {
        seen = value.get();
        set = elementsSet();
    }

    @Override
    Finding after(Fate fate) {
        long now = value.get();
        check(now == (fate == Fate.FINISHED ? 42 : seen), "the value is " + now);
        check(elementsSet() == (fate == Fate.FINISHED ? LENGTH : set), elementsSet() + " elements are set");
        check(value.incrementAndGet() == now + 1, "the value does not count on");
        return new Finding("each number is the last one written", null);
    }

    /** How many of them, all before those that are not. */
    private long elementsSet() {
        int count = 0;
        while (count < LENGTH && array.get(count) == -1) {
            count++;
        }
        for (int i = count; i < LENGTH; i++) {
            check(array.get(i) == 0, "element " + i + " is " + array.get(i));
        }
        return count;
    }
}
