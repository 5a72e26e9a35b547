package io.interlock.sync;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a state that can be read; its time limit is a hang guard and no claim. */
public final class Until {

    private static final long HANG_GUARD_NANOS = 30_000_000_000L;

    private Until() {
    }

    /** Waits until it is true; the time limit is a hang guard and no claim. */
    public static void isTrue(String what, BooleanSupplier state) {
        long start = System.nanoTime();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() - start > HANG_GUARD_NANOS) {
                throw new AssertionError("still not true: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    /** Waits until the moment of {@link System#nanoTime()} has passed. */
    public static void passed(long moment) {
        isTrue("the moment has passed", () -> System.nanoTime() - moment > 0);
    }
}
