package io.interlock.core.port;

/** Monotonic time for durations; stamps are never shared between processes. */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since some fixed moment; only differences mean anything. */
    long nanoTime();
}
