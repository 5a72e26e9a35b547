package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcBooleanTest extends IpcValueContract<IpcBoolean> {

    @Override
    IpcBoolean createAnonymous(Segment in) {
        return IpcBoolean.create(in, false);
    }

    @Override
    IpcBoolean create(Segment in, String name) {
        return IpcBoolean.create(in, name);
    }

    @Override
    IpcBoolean open(Segment in, String name) {
        return IpcBoolean.open(in, name);
    }

    @Override
    IpcBoolean open(Segment in, int id) {
        return IpcBoolean.open(in, id);
    }

    @Override
    IpcBoolean openOrCreate(Segment in, String name) {
        return IpcBoolean.openOrCreate(in, name);
    }

    @Override
    IpcBoolean createChanged(Segment in, String name) {
        return IpcBoolean.create(in, name, true);
    }

    @Override
    IpcBoolean openOrCreateChanged(Segment in, String name) {
        return IpcBoolean.openOrCreate(in, name, true);
    }

    @Override
    void change(IpcBoolean value) {
        value.set(true);
    }

    @Override
    Object read(IpcBoolean value) {
        return value.get();
    }

    @Override
    Object initial() {
        return false;
    }

    @Override
    Object changed() {
        return true;
    }

    @Override
    List<Consumer<IpcBoolean>> operations() {
        return List.of(
                v -> v.get(), v -> v.set(true), v -> v.getPlain(), v -> v.setPlain(true), v -> v.getAcquire(),
                v -> v.setRelease(true), v -> v.getAndSet(true), v -> v.compareAndSet(false, true));
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcBoolean v = IpcBoolean.create(segment, "v");
            IpcBoolean theirs = IpcBoolean.open(other, "v");
            v.set(true);
            assertTrue(theirs.get());
            v.setPlain(false);
            assertFalse(theirs.getPlain());
            v.setRelease(true);
            assertTrue(theirs.getAcquire());
        }

        @Test
        void getAndSetReturnsWhatWasThere() {
            IpcBoolean v = IpcBoolean.create(segment, "v");
            assertFalse(v.getAndSet(true));
            assertTrue(v.getAndSet(false));
            assertFalse(v.get());
        }

        @Test
        void compareAndSetChangesOnlyTheExpected() {
            IpcBoolean v = IpcBoolean.create(segment, "v");
            assertTrue(v.compareAndSet(false, true));
            assertFalse(v.compareAndSet(false, true));
            assertTrue(v.get());
            assertTrue(v.compareAndSet(true, false));
            assertFalse(v.get());
        }
    }
}
