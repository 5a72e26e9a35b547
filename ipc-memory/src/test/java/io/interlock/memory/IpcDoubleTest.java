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

class IpcDoubleTest extends IpcValueContract<IpcDouble> {

    @Override
    IpcDouble createAnonymous(Segment in) {
        return IpcDouble.create(in, 0.0);
    }

    @Override
    IpcDouble create(Segment in, String name) {
        return IpcDouble.create(in, name);
    }

    @Override
    IpcDouble open(Segment in, String name) {
        return IpcDouble.open(in, name);
    }

    @Override
    IpcDouble open(Segment in, int id) {
        return IpcDouble.open(in, id);
    }

    @Override
    IpcDouble openOrCreate(Segment in, String name) {
        return IpcDouble.openOrCreate(in, name);
    }

    @Override
    IpcDouble createChanged(Segment in, String name) {
        return IpcDouble.create(in, name, -0.5);
    }

    @Override
    IpcDouble openOrCreateChanged(Segment in, String name) {
        return IpcDouble.openOrCreate(in, name, -0.5);
    }

    @Override
    void change(IpcDouble value) {
        value.set(-0.5);
    }

    @Override
    Object read(IpcDouble value) {
        return value.get();
    }

    @Override
    Object initial() {
        return 0.0;
    }

    @Override
    Object changed() {
        return -0.5;
    }

    @Override
    List<Consumer<IpcDouble>> operations() {
        return List.of(
                v -> v.get(), v -> v.set(1), v -> v.getPlain(), v -> v.setPlain(1), v -> v.getAcquire(),
                v -> v.setRelease(1), v -> v.getAndSet(1), v -> v.compareAndSet(0, 1), v -> v.getAndAdd(1),
                v -> v.addAndGet(1), v -> v.getAndUpdate(x -> x), v -> v.updateAndGet(x -> x),
                v -> v.getAndAccumulate(1, Double::sum), v -> v.accumulateAndGet(1, Double::sum));
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcDouble v = IpcDouble.create(segment, "v");
            IpcDouble theirs = IpcDouble.open(other, "v");
            v.set(Double.MIN_VALUE);
            assertEquals(Double.MIN_VALUE, theirs.get());
            v.setPlain(Double.NEGATIVE_INFINITY);
            assertEquals(Double.NEGATIVE_INFINITY, theirs.getPlain());
            v.setRelease(-0.25);
            assertEquals(-0.25, theirs.getAcquire());
        }

        @Test
        void getAndSetReturnsWhatWasThere() {
            IpcDouble v = IpcDouble.create(segment, "v");
            assertEquals(0.0, v.getAndSet(5.5));
            assertEquals(5.5, v.getAndSet(6.5));
        }

        @Test
        void compareAndSetComparesBits() {
            IpcDouble v = IpcDouble.create(segment, "v");
            assertFalse(v.compareAndSet(-0.0, 1));
            assertTrue(v.compareAndSet(0.0, Double.NaN));
            assertFalse(v.compareAndSet(0.0, 1));
            assertTrue(v.compareAndSet(Double.NaN, 2.5));
            assertEquals(2.5, v.get());
        }

        @Test
        void sumsReturnBeforeOrAfter() {
            IpcDouble v = IpcDouble.create(segment, "v");
            assertEquals(0.0, v.getAndAdd(0.5));
            assertEquals(0.75, v.addAndGet(0.25));
            assertEquals(0.75, v.get());
            v.set(Double.NaN);
            assertTrue(Double.isNaN(v.getAndAdd(1)));
        }

        @Test
        void functionsReturnBeforeOrAfter() {
            IpcDouble v = IpcDouble.create(segment, "v");
            v.set(3);
            assertEquals(3, v.getAndUpdate(x -> x * 2));
            assertEquals(12, v.updateAndGet(x -> x * 2));
            assertEquals(12, v.getAndAccumulate(5, (x, y) -> x - y));
            assertEquals(2, v.accumulateAndGet(5, (x, y) -> x - y));
            assertThrows(NullPointerException.class, () -> v.updateAndGet(null));
            assertThrows(NullPointerException.class, () -> v.getAndUpdate(null));
            assertThrows(NullPointerException.class, () -> v.getAndAccumulate(1, null));
            assertThrows(NullPointerException.class, () -> v.accumulateAndGet(1, null));
        }

        @Test
        void functionsAreCalledAgainIfAnotherWriterCameBetween() {
            IpcDouble v = IpcDouble.create(segment, "v");
            int[] calls = {0};
            assertEquals(101, v.updateAndGet(x -> {
                if (calls[0]++ == 0) {
                    v.set(100);
                }
                return x + 1;
            }));
            assertEquals(2, calls[0]);
        }
    }
}
