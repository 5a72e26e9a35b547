package io.interlock.core.testing;

import io.interlock.core.port.Clock;
import io.interlock.core.port.Context;
import io.interlock.core.port.Futex;
import io.interlock.core.port.Self;
import io.interlock.core.port.ThreadRecord;
import java.util.function.Consumer;

/** Time that passes only while a thread spins, and what it is told and asked then. */
public final class FakeTime extends Self implements Clock {

    /** What one hint to the processor takes. */
    public static final long HINT_NANOS = 100;

    private final Self self;
    private final long spinNanos;
    private long now;
    private long looks;
    private long hints;
    private long at;
    private Runnable action;

    /** For the threads of that participant, who look for at most so long before they sleep. */
    public FakeTime(Context participant, long spinNanos) {
        this.self = participant.self;
        this.spinNanos = spinNanos;
    }

    /** A handle of the same participant that lives in this time. */
    public Context seenBy(Context participant, Futex futex) {
        return new Context(participant.mem, futex, participant.liveness, this, this, participant.participant);
    }

    /** Does something once at the moment of the hint with this number, counted from 1. */
    public void atHint(long number, Runnable what) {
        at = number;
        action = what;
    }

    /** How often somebody has asked for the time. */
    public long looks() {
        return looks;
    }

    /** How many hints there were. */
    public long hints() {
        return hints;
    }

    @Override
    public long nanoTime() {
        looks++;
        return now;
    }

    @Override
    public void spinHint() {
        now += HINT_NANOS;
        if (++hints == at) {
            action.run();
        }
    }

    @Override
    public long spinNanos() {
        return spinNanos;
    }

    @Override
    public ThreadRecord current() {
        return self.current();
    }

    @Override
    public boolean isCurrent(ThreadRecord record) {
        return self.isCurrent(record);
    }

    @Override
    public void forEach(Consumer<ThreadRecord> visitor) {
        self.forEach(visitor);
    }
}
