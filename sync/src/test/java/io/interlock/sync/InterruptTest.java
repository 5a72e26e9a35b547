package io.interlock.sync;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Interrupts before and during every wait. */
class InterruptTest extends SegmentTest {

    private BlockingCall.Objects objects;

    @BeforeEach
    void shut() {
        objects = new BlockingCall.Objects(segment);
        objects.shut();
    }

    static Stream<BlockingCall> interruptible() {
        return Arrays.stream(BlockingCall.values()).filter(call -> call.interruptible);
    }

    static Stream<BlockingCall> uninterruptible() {
        return Arrays.stream(BlockingCall.values()).filter(call -> !call.interruptible);
    }

    @Nested
    class Interruptible {

        @ParameterizedTest
        @MethodSource("io.interlock.sync.InterruptTest#interruptible")
        void endsWithAnExceptionIfInterruptedBefore(BlockingCall call) {
            Async<Boolean> waiter = Async.of(() -> {
                Thread.currentThread().interrupt();
                return call.call(objects);
            });
            assertInstanceOf(InterruptedException.class, waiter.failure());
            assertTrue(objects.isUntouched(call.kind));
        }

        @ParameterizedTest
        @MethodSource("io.interlock.sync.InterruptTest#interruptible")
        void endsWithAnExceptionIfInterruptedWhileWaitingAndOwnsNothing(BlockingCall call) {
            boolean[] status = new boolean[1];
            Async<Boolean> waiter = Async.of(() -> {
                try {
                    return call.call(objects);
                } finally {
                    status[0] = Thread.interrupted();
                }
            });
            awaitAsleep(waiter.thread());
            waiter.thread().interrupt();
            assertInstanceOf(InterruptedException.class, waiter.failure());
            assertTrue(!status[0], "the status is cleared");
            assertTrue(objects.isUntouched(call.kind));
        }
    }

    @Nested
    class Uninterruptible {

        @ParameterizedTest
        @MethodSource("io.interlock.sync.InterruptTest#uninterruptible")
        void waitsOnAndKeepsTheStatus(BlockingCall call) {
            for (boolean before : new boolean[]{true, false}) {
                BlockingCall.Objects fresh = objects;
                Async<Boolean> waiter = Async.of(() -> {
                    if (before) {
                        Thread.currentThread().interrupt();
                    }
                    boolean got = call.call(fresh);
                    return got && Thread.interrupted();
                });
                awaitAsleep(waiter.thread());
                waiter.thread().interrupt();
                awaitAsleep(waiter.thread());
                fresh.letThrough(call.kind);
                assertTrue(waiter.get());
                if (before) {
                    shutAgain(call);
                }
            }
        }

        private void shutAgain(BlockingCall call) {
            switch (call.kind) {
                case LOCK -> objects.lock.lock();
                case RLOCK -> objects.rlock.lock();
                case SEMAPHORE -> objects.semaphore.drainPermits();
                case EVENT -> objects.event.clear();
                default -> {
                }
            }
        }
    }

    @Nested
    class NotInterrupted {

        @ParameterizedTest
        @EnumSource
        void everyCallIsLetThrough(BlockingCall call) {
            Async<Boolean> waiter = Async.of(() -> call.call(objects));
            awaitAsleep(waiter.thread());
            objects.letThrough(call.kind);
            assertTrue(waiter.get());
        }
    }
}
