package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpcIntTest extends IpcValueContract<IpcInt> {

    @Override
    IpcInt createAnonymous(Segment in) {
        return IpcInt.create(in, 0);
    }

    @Override
    IpcInt create(Segment in, String name) {
        return IpcInt.create(in, name);
    }

    @Override
    IpcInt open(Segment in, String name) {
        return IpcInt.open(in, name);
    }

    @Override
    IpcInt open(Segment in, int id) {
        return IpcInt.open(in, id);
    }

    @Override
    IpcInt openOrCreate(Segment in, String name) {
        return IpcInt.openOrCreate(in, name);
    }

    @Override
    IpcInt createChanged(Segment in, String name) {
        return IpcInt.create(in, name, 100);
    }

    @Override
    IpcInt openOrCreateChanged(Segment in, String name) {
        return IpcInt.openOrCreate(in, name, 100);
    }

    @Override
    void change(IpcInt value) {
        value.set(100);
    }

    @Override
    Object read(IpcInt value) {
        return value.get();
    }

    @Override
    Object initial() {
        return 0;
    }

    @Override
    Object changed() {
        return 100;
    }

    @Override
    List<Consumer<IpcInt>> operations() {
        return List.of(
                v -> v.get(), v -> v.set(1), v -> v.getPlain(), v -> v.setPlain(1), v -> v.getAcquire(),
                v -> v.setRelease(1), v -> v.getAndSet(1), v -> v.compareAndSet(0, 1), v -> v.getAndAdd(1),
                v -> v.addAndGet(1), v -> v.getAndIncrement(), v -> v.incrementAndGet(), v -> v.getAndDecrement(),
                v -> v.decrementAndGet(), v -> v.getAndUpdate(x -> x), v -> v.updateAndGet(x -> x),
                v -> v.getAndAccumulate(1, Integer::sum), v -> v.accumulateAndGet(1, Integer::sum));
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcInt v = IpcInt.create(segment, "v");
            IpcInt theirs = IpcInt.open(other, "v");
            v.set(Integer.MIN_VALUE);
            assertEquals(Integer.MIN_VALUE, theirs.get());
            v.setPlain(Integer.MAX_VALUE);
            assertEquals(Integer.MAX_VALUE, theirs.getPlain());
            v.setRelease(-7);
            assertEquals(-7, theirs.getAcquire());
        }

        @Test
        void getAndSetReturnsWhatWasThere() {
            IpcInt v = IpcInt.create(segment, "v");
            assertEquals(0, v.getAndSet(5));
            assertEquals(5, v.getAndSet(6));
        }

        @Test
        void compareAndSetChangesOnlyTheExpected() {
            IpcInt v = IpcInt.create(segment, "v");
            assertTrue(v.compareAndSet(0, 5));
            assertFalse(v.compareAndSet(0, 6));
            assertEquals(5, v.get());
        }

        @Test
        void sumsReturnBeforeOrAfter() {
            IpcInt v = IpcInt.create(segment, "v");
            assertEquals(0, v.getAndAdd(5));
            assertEquals(12, v.addAndGet(7));
            assertEquals(12, v.getAndIncrement());
            assertEquals(14, v.incrementAndGet());
            assertEquals(14, v.getAndDecrement());
            assertEquals(12, v.decrementAndGet());
            assertEquals(12, v.get());
        }

        @Test
        void sumsWrapAround() {
            IpcInt v = IpcInt.create(segment, "v");
            v.set(Integer.MAX_VALUE);
            assertEquals(Integer.MIN_VALUE, v.incrementAndGet());
            assertEquals(Integer.MAX_VALUE, v.decrementAndGet());
        }

        @Test
        void functionsReturnBeforeOrAfter() {
            IpcInt v = IpcInt.create(segment, "v");
            v.set(3);
            assertEquals(3, v.getAndUpdate(x -> x * 2));
            assertEquals(12, v.updateAndGet(x -> x * 2));
            assertEquals(12, v.getAndAccumulate(5, (x, y) -> x - y));
            assertEquals(2, v.accumulateAndGet(5, (x, y) -> x - y));
        }

        @Test
        void functionsAreCalledAgainIfAnotherWriterCameBetween() {
            IpcInt v = IpcInt.create(segment, "v");
            int[] calls = {0};
            int result = v.updateAndGet(x -> {
                if (calls[0]++ == 0) {
                    v.set(100);
                }
                return x + 1;
            });
            assertEquals(101, result);
            assertEquals(2, calls[0]);
        }

        @Test
        void aFunctionThatThrowsChangesNothing() {
            IpcInt v = IpcInt.create(segment, "v");
            assertThrows(ArithmeticException.class, () -> v.updateAndGet(x -> 1 / x));
            assertEquals(0, v.get());
            assertThrows(NullPointerException.class, () -> v.updateAndGet(null));
            assertThrows(NullPointerException.class, () -> v.getAndUpdate(null));
            assertThrows(NullPointerException.class, () -> v.getAndAccumulate(1, null));
            assertThrows(NullPointerException.class, () -> v.accumulateAndGet(1, null));
        }
    }
}
