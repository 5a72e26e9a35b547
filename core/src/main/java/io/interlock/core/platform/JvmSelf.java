package io.interlock.core.platform;

import io.interlock.core.port.Self;
import io.interlock.core.port.ThreadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The calling thread of a real JVM. One object for each attachment. */
public final class JvmSelf extends Self {

    private static final long USUAL_SPIN_NANOS = 20_000;
    /** Bounds what it adds to a time limit, and to the notice of a death. */
    private static final long LONGEST_SPIN_NANOS = 1_000_000;
    /** With one processor, whoever looks keeps the one away for whom it waits. */
    private static final long SPIN_NANOS = Runtime.getRuntime().availableProcessors() == 1 ? 0
            : Math.min(Math.max(0, Long.getLong("interlock.spinNanos", USUAL_SPIN_NANOS)), LONGEST_SPIN_NANOS);
    private static final int FIRST_SWEEP = 64;
    /** Process-wide: a number names one thread for ever, whichever attachment asks. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final ThreadLocal<ThreadRecord> current = ThreadLocal.withInitial(this::register);
    private final List<ThreadRecord> records = new ArrayList<>();
    private int sweepAt = FIRST_SWEEP;

    @Override
    public ThreadRecord current() {
        return current.get();
    }

    @Override
    public boolean isCurrent(ThreadRecord record) {
        return record != null && record.thread == Thread.currentThread();
    }

    @Override
    public void forEach(Consumer<ThreadRecord> visitor) {
        List<ThreadRecord> copy;
        synchronized (records) {
            copy = new ArrayList<>(records);
        }
        copy.forEach(visitor);
    }

    @Override
    public void spinHint() {
        Thread.onSpinWait();
    }

    @Override
    public long spinNanos() {
        return SPIN_NANOS;
    }

    private ThreadRecord register() {
        Thread thread = Thread.currentThread();
        ThreadRecord made =
                new ThreadRecord(NUMBERS.incrementAndGet(), thread, VirtualThreads.isVirtual(thread));
        synchronized (records) {
            if (records.size() >= sweepAt) {
                records.removeIf(r -> !r.thread.isAlive() && r.depth() == 0);
                sweepAt = Math.max(FIRST_SWEEP, 2 * records.size());
            }
            records.add(made);
        }
        return made;
    }
}
