package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.memory.IpcLong;
import io.interlock.stress.Java;
import io.interlock.stress.Tally;
import io.interlock.stress.Times;
import io.interlock.sync.IpcRLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes to get the lock of an owner that was killed: for somebody who sleeps until it is free, for somebody
 * who asks again and again, and, of that, for the kernel to free the lock byte of the dead.
 */
public final class Takeover implements AutoCloseable {

    /** What is done before the deed with the hook: to hold a lock. */
    private static final String HOLDER = "hook!";
    private static final long SLICE_NANOS = 50_000_000;
    private static final SegmentOptions FEW = SegmentOptions.defaults().withSizeBytes(256 << 10).withMaxParticipants(4);

    private final Tally tally;
    private final Random random;
    private final Path directory;
    private final Spares spares;
    private final Map<What, Times> times = new EnumMap<>(What.class);

    /** What was measured, in nanoseconds from the signal. */
    public enum What {
        /** The kernel has freed the lock byte. */
        KERNEL("the kernel has freed the dead process's lock byte"),
        /** A thread that was asleep in {@code lock()} has the lock. */
        ASLEEP("a thread that slept in `lock()` has the lock"),
        /** A thread that calls {@code tryLock()} in a loop has it. */
        ASKING("a thread that calls `tryLock()` in a loop has the lock");

        private final String title;

        What(String title) {
            this.title = title;
        }

        /** In words. */
        public String title() {
            return title;
        }
    }

    /**
     * Prepares for measurements.
     *
     * @param seed gives the moments of the kills
     */
    public Takeover(long seed, Tally tally) throws IOException, InterruptedException {
        this.tally = tally;
        this.random = new Random(seed);
        this.directory = Java.sharedMemoryDirectory("interlock-takeover");
        this.spares = new Spares(directory, 0, Actor.class);
        for (What what : What.values()) {
            times.put(what, new Times());
        }
    }

    /** One kill. */
    public void round() throws Exception {
        Path path = directory.resolve("segment");
        try (Segment segment = Segment.create(path, FEW); ActorProcess actor = spares.take()) {
            IpcRLock lock = IpcRLock.create(segment, "lock");
            IpcLong.create(segment, "repairs", 0);
            actor.tell(HOLDER + " 1 " + path);
            Deed.check(actor.next().startsWith("at "), "the process that acts is not at its point");
            measure(segment, lock, actor, times(What.ASLEEP).count() <= times(What.ASKING).count());
        } finally {
            Segment.unlink(path);
        }
        tally.addRound();
    }

    private void measure(Segment segment, IpcRLock lock, ActorProcess actor, boolean sleeps) throws Exception {
        Callable<Boolean> acquiring = () -> acquire(lock, sleeps);
        Survivor<Boolean> successor = sleeps ? Survivor.asleep(acquiring) : Survivor.begin(acquiring);
        LockSupport.parkNanos(random.nextLong(SLICE_NANOS)); // anywhere in the sleeper's slice
        // One of two processors is left for the dying.
        Survivor<Boolean> undertaker = Survivor.begin(() -> !sleeps || isAlone(segment));
        long killed = actor.kill();
        Deed.check(successor.result(), "the next owner was not told");
        undertaker.result();
        tally.addKill();
        tally.addRecoveries(1);
        tally.recoveredAfter(successor.waitedNanos(killed));
        times(sleeps ? What.ASLEEP : What.ASKING).add(successor.waitedNanos(killed));
        if (sleeps) {
            times(What.KERNEL).add(undertaker.waitedNanos(killed));
        }
    }

    private static boolean acquire(IpcRLock lock, boolean sleeps) {
        if (sleeps) {
            lock.lock();
        } else {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Survivor.SOON_SECONDS);
            while (!lock.tryLock()) {
                Deed.check(System.nanoTime() - deadline < 0, "the lock is not freed");
            }
        }
        boolean told = lock.previousOwnerDied();
        lock.unlock();
        return told;
    }

    /** Looks at the lock bytes until only this process has one. */
    private static boolean isAlone(Segment segment) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Survivor.SOON_SECONDS);
        while (segment.stats().participants() > 1) {
            Deed.check(System.nanoTime() - deadline < 0, "the kernel does not free the lock byte");
        }
        return true;
    }

    /** What was measured. */
    public Times times(What what) {
        return times.get(what);
    }

    @Override
    public void close() {
        spares.close();
        Java.removeDirectory(directory);
    }
}
