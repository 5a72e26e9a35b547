package io.interlock.bench.work.life;

import io.interlock.bench.peer.KernelThread;
import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.LineProcess;
import io.interlock.bench.peer.Part;
import io.interlock.bench.peer.Stopwatch;
import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that kills owners of a lock, and takes the time from the signal until a thread of its own has what it
 * wants. The words say which kind of lock, and {@link How} the thread gets it.
 */
public final class Heir implements Part {

    /** The word for a recursive lock. */
    static final String RECURSIVE = "recursive";
    /** The word for a plain one. */
    static final String PLAIN = "plain";

    private static final SegmentOptions FEW = SegmentOptions.defaults().withSizeBytes(256 << 10).withMaxParticipants(4);
    /** Kills come anywhere in the time after which a sleeper looks whether the owner lives. */
    private static final long SLICE_NANOS = 50_000_000;
    private static final int PATIENCE_SECONDS = 10;

    private final Path path;
    private final Segment segment;
    private final IpcMutex lock;
    private final How how;
    private final long kills;

    /** How the thread waits. */
    enum How {
        /** It sleeps in {@code lock()}. */
        ASLEEP,
        /** It calls {@code tryLock()} in a loop. */
        ASKING,
        /** It does not want the lock, and looks at the lock byte by which the kernel tells who lives. */
        WATCHING
    }

    /** Makes the lock. */
    public Heir(Setting setting) {
        path = setting.directory().resolve("segment");
        segment = Segment.create(path, FEW);
        lock = setting.words().get(0).equals(RECURSIVE) ? IpcRLock.create(segment, "lock")
                : IpcLock.create(segment, "lock");
        how = How.valueOf(setting.words().get(1));
        kills = setting.operations();
    }

    @Override
    public Lap round() throws Exception {
        Stopwatch times = new Stopwatch();
        for (long i = 0; i < kills; i++) {
            times.add(inherit());
        }
        return times.lap();
    }

    private long inherit() throws Exception {
        try (LineProcess victim = Victim.start(path, 1)) {
            CompletableFuture<KernelThread> begun = new CompletableFuture<>();
            FutureTask<Long> inheriting = new FutureTask<>(() -> {
                begun.complete(KernelThread.current());
                return momentOfInheriting();
            });
            Thread thread = new Thread(inheriting, "heir");
            thread.setDaemon(true);
            thread.start();
            KernelThread heir = begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (how == How.ASLEEP) {
                KernelThread.awaitSleep(List.of(heir));
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SLICE_NANOS));
            long killed = victim.kill();
            long nanos = inheriting.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - killed;
            if (nanos < 0) {
                throw new IllegalStateException("the owner had lost the lock " + -nanos + " ns before it was killed");
            }
            return nanos;
        }
    }

    private long momentOfInheriting() {
        if (how == How.WATCHING) {
            while (segment.stats().participants() > 1) {
                Thread.onSpinWait();
            }
            return System.nanoTime();
        }
        acquire();
        long moment = System.nanoTime();
        boolean told = lock.previousOwnerDied();
        lock.unlock();
        if (!told) {
            throw new IllegalStateException("the next owner was not told of the death");
        }
        return moment;
    }

    private void acquire() {
        if (how == How.ASLEEP) {
            lock.lock();
        } else {
            while (!lock.tryLock()) {
                Thread.onSpinWait();
            }
        }
    }
}
