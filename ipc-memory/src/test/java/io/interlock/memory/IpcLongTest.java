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

class IpcLongTest extends IpcValueContract<IpcLong> {

    @Override
    IpcLong createAnonymous(Segment in) {
        return IpcLong.create(in, 0L);
    }

    @Override
    IpcLong create(Segment in, String name) {
        return IpcLong.create(in, name);
    }

    @Override
    IpcLong open(Segment in, String name) {
        return IpcLong.open(in, name);
    }

    @Override
    IpcLong open(Segment in, int id) {
        return IpcLong.open(in, id);
    }

    @Override
    IpcLong openOrCreate(Segment in, String name) {
        return IpcLong.openOrCreate(in, name);
    }

    @Override
    IpcLong createChanged(Segment in, String name) {
        return IpcLong.create(in, name, 1L << 40);
    }

    @Override
    IpcLong openOrCreateChanged(Segment in, String name) {
        return IpcLong.openOrCreate(in, name, 1L << 40);
    }

    @Override
    void change(IpcLong value) {
        value.set(1L << 40);
    }

    @Override
    Object read(IpcLong value) {
        return value.get();
    }

    @Override
    Object initial() {
        return 0L;
    }

    @Override
    Object changed() {
        return 1L << 40;
    }

    @Override
    List<Consumer<IpcLong>> operations() {
        return List.of(
                v -> v.get(), v -> v.set(1), v -> v.getPlain(), v -> v.setPlain(1), v -> v.getAcquire(),
                v -> v.setRelease(1), v -> v.getAndSet(1), v -> v.compareAndSet(0, 1), v -> v.getAndAdd(1),
                v -> v.addAndGet(1), v -> v.getAndIncrement(), v -> v.incrementAndGet(), v -> v.getAndDecrement(),
                v -> v.decrementAndGet(), v -> v.getAndUpdate(x -> x), v -> v.updateAndGet(x -> x),
                v -> v.getAndAccumulate(1, Long::sum), v -> v.accumulateAndGet(1, Long::sum));
    }

    @Nested
    class Operations {

        @Test
        void everyReadSeesEveryWrite() {
            IpcLong v = IpcLong.create(segment, "v");
            IpcLong theirs = IpcLong.open(other, "v");
            v.set(Long.MIN_VALUE);
            assertEquals(Long.MIN_VALUE, theirs.get());
            v.setPlain(Long.MAX_VALUE);
            assertEquals(Long.MAX_VALUE, theirs.getPlain());
            v.setRelease(-7);
            assertEquals(-7, theirs.getAcquire());
        }

        @Test
        void getAndSetReturnsWhatWasThere() {
            IpcLong v = IpcLong.create(segment, "v");
            assertEquals(0, v.getAndSet(5));
            assertEquals(5, v.getAndSet(6));
        }

        @Test
        void compareAndSetChangesOnlyTheExpected() {
            IpcLong v = IpcLong.create(segment, "v");
            assertTrue(v.compareAndSet(0, 5));
            assertFalse(v.compareAndSet(0, 6));
            assertEquals(5, v.get());
        }

        @Test
        void sumsReturnBeforeOrAfter() {
            IpcLong v = IpcLong.create(segment, "v");
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
            IpcLong v = IpcLong.create(segment, "v");
            v.set(Long.MAX_VALUE);
            assertEquals(Long.MIN_VALUE, v.incrementAndGet());
            assertEquals(Long.MAX_VALUE, v.decrementAndGet());
        }

        @Test
        void functionsReturnBeforeOrAfter() {
            IpcLong v = IpcLong.create(segment, "v");
            v.set(3);
            assertEquals(3, v.getAndUpdate(x -> x * 2));
            assertEquals(12, v.updateAndGet(x -> x * 2));
            assertEquals(12, v.getAndAccumulate(5, (x, y) -> x - y));
            assertEquals(2, v.accumulateAndGet(5, (x, y) -> x - y));
        }

        @Test
        void functionsAreCalledAgainIfAnotherWriterCameBetween() {
            IpcLong v = IpcLong.create(segment, "v");
            int[] calls = {0};
            long result = v.updateAndGet(x -> {
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
            IpcLong v = IpcLong.create(segment, "v");
            assertThrows(ArithmeticException.class, () -> v.updateAndGet(x -> 1 / x));
            assertEquals(0, v.get());
            assertThrows(NullPointerException.class, () -> v.updateAndGet(null));
            assertThrows(NullPointerException.class, () -> v.getAndUpdate(null));
            assertThrows(NullPointerException.class, () -> v.getAndAccumulate(1, null));
            assertThrows(NullPointerException.class, () -> v.accumulateAndGet(1, null));
        }
    }
}
