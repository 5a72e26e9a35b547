package io.interlock.bench.work.journal;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.Stopwatch;
import io.interlock.core.Segment;
import io.interlock.sync.IpcSemaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One process appends the time, and another one, which has waited for some milliseconds, notes how long ago that was:
 * the monotonic clock is one for all processes. The word says how it {@linkplain Waiting waits}.
 */
final class Wakes {

    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(18);

    private Wakes() {
    }

    private static Waiting.Numbers log(Part.Setting setting) {
        return Waiting.valueOf(setting.words().get(0)).open(setting.directory().resolve("log"));
    }

    /** On which the appender learns that the other one has noted the time; whatever the log is. */
    private static IpcSemaphore noted(Part.Setting setting) {
        return IpcSemaphore.openOrCreate(Segment.openOrCreate(setting.directory().resolve("segment")), "noted", 0);
    }

    /** Appends. */
    public static final class Waker implements Part {

        private final Waiting.Numbers log;
        private final IpcSemaphore noted;
        private final long times;

        /** Opens or makes the log. */
        public Waker(Setting setting) {
            log = log(setting);
            noted = noted(setting);
            times = setting.operations();
        }

        @Override
        public Lap round() throws InterruptedException {
            for (long i = 0; i < times; i++) {
                LockSupport.parkNanos(
                        ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS));
                log.append(System.nanoTime());
                noted.acquire();
            }
            return Lap.UNCOUNTED;
        }
    }

    /** Waits. Its lap lasts as long as all the ways to it together. */
    public static final class Waiter implements Part {

        private final Waiting.Numbers log;
        private final IpcSemaphore noted;
        private final long times;

        /** Opens or makes the log. */
        public Waiter(Setting setting) {
            log = log(setting);
            noted = noted(setting);
            times = setting.operations();
        }

        @Override
        public Lap round() throws InterruptedException {
            Stopwatch stopwatch = new Stopwatch();
            for (long i = 0; i < times; i++) {
                long sent = log.next();
                stopwatch.add(System.nanoTime() - sent);
                noted.release();
            }
            return stopwatch.lap();
        }
    }
}
