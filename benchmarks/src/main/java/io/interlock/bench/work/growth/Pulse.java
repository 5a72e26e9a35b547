package io.interlock.bench.work.growth;

import io.interlock.bench.peer.KernelThread;
import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.Stopwatch;
import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcLongArray;
import io.interlock.sync.IpcEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An event for which threads of several processes wait. The first process sets it, again and again, as soon as all of
 * them sleep, and takes the time until the last one runs. The word says how many threads there are.
 */
final class Pulse {

    private static final long LOOK_NANOS = 50_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final int waiters;
    private final long pulses;
    /** In turns: one is cleared while nobody can wait for it. */
    private final IpcEvent[] events;
    /** How often any thread was about to wait, and was through. */
    private final IpcLong begun;
    private final IpcLong through;
    /** Of each waiter: its thread, and when it ran last. */
    private final IpcLongArray threads;
    private final IpcLongArray moments;

    private Pulse(Part.Setting setting) {
        waiters = Integer.parseInt(setting.words().get(0));
        pulses = setting.operations();
        Segment segment = Segment.openOrCreate(setting.directory().resolve("segment"));
        events = new IpcEvent[]{IpcEvent.openOrCreate(segment, "event-0"), IpcEvent.openOrCreate(segment, "event-1")};
        begun = IpcLong.openOrCreate(segment, "begun");
        through = IpcLong.openOrCreate(segment, "through");
        threads = IpcLongArray.openOrCreate(segment, "threads", waiters);
        moments = IpcLongArray.openOrCreate(segment, "moments", waiters);
    }

    /** The process that sets the event. */
    public static final class Setter implements Part {

        private final Pulse pulse;
        private long set;

        /** Opens or makes the events. */
        public Setter(Setting setting) {
            pulse = new Pulse(setting);
        }

        @Override
        public Lap round() throws Exception {
            Stopwatch times = new Stopwatch();
            for (long i = 0; i < pulse.pulses; i++) {
                times.add(setOnce());
            }
            return times.lap();
        }

        private long setOnce() throws Exception {
            IpcEvent event = pulse.events[(int) (set++ % 2)];
            await(pulse.begun, set * pulse.waiters);
            KernelThread.awaitSleep(pulse.kernelThreads());
            long start = System.nanoTime();
            event.set();
            await(pulse.through, set * pulse.waiters);
            event.clear();
            return Arrays.stream(pulse.moments.toArray()).map(moment -> moment - start).max().orElseThrow();
        }

        /** Looks now and then, and leaves the processors to those who wait. */
        private static void await(IpcLong number, long wanted) {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (number.get() != wanted) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("expected " + wanted + " waiters so far, got " + number.get());
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private List<KernelThread> kernelThreads() {
        return Arrays.stream(threads.toArray()).mapToObj(KernelThread::unpacked).toList();
    }

    /** A process of which several threads wait. */
    public static final class Waiters implements Part {

        private final Pulse pulse;
        private final int from;
        private final int to;
        private final ExecutorService executor;
        private long waited;

        /** Opens or makes the events. */
        public Waiters(Setting setting) {
            pulse = new Pulse(setting);
            int others = setting.processes() - 1;
            from = pulse.waiters * (setting.number() - 1) / others;
            to = pulse.waiters * setting.number() / others;
            executor = Executors.newFixedThreadPool(to - from);
        }

        @Override
        public Lap round() throws Exception {
            List<Future<?>> running = new ArrayList<>();
            for (int i = from; i < to; i++) {
                int waiter = i;
                running.add(executor.submit(() -> {
                    waitAgainAndAgain(waiter);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            waited += pulse.pulses;
            return Lap.UNCOUNTED;
        }

        private void waitAgainAndAgain(int waiter) throws Exception {
            pulse.threads.set(waiter, KernelThread.current().packed());
            for (long i = waited; i < waited + pulse.pulses; i++) {
                pulse.begun.getAndAdd(1);
                pulse.events[(int) (i % 2)].await();
                pulse.moments.set(waiter, System.nanoTime());
                pulse.through.getAndAdd(1);
            }
        }
    }
}
