package io.interlock.stress.load;

import io.interlock.stress.Java;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Started workers that wait for a seat. Threads of this pool start new ones as long as there are too few. */
final class Spares implements AutoCloseable {

    private static final int STARTERS = 2;
    private static final int NAMESPACE_ONE_OF = 4;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path directory;
    private final int most;
    private final boolean namespaces;
    private final Optional<Path> classData;
    private final SplittableRandom random;
    private final Deque<WorkerProcess> ready = new ArrayDeque<>();
    private int starting;
    private boolean closed;
    private Throwable failure;

    /**
     * Begins to start some.
     *
     * @param most       how many wait at most
     * @param namespaces whether some of them live in PID namespaces of their own
     */
    Spares(Path directory, int most, boolean namespaces, Optional<Path> classData, SplittableRandom random) {
        this.directory = directory;
        this.most = most;
        this.namespaces = namespaces;
        this.classData = classData;
        this.random = random;
        for (int i = 0; i < STARTERS; i++) {
            Thread thread = new Thread(this::run, "spares");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The command that starts a worker. */
    static List<String> command(Path directory, List<String> moreFlags) {
        List<String> flags = new ArrayList<>(Java.SMALL);
        flags.addAll(List.of("-Xss512k", "-ea:io.interlock..."));
        flags.add("-Dinterlock.dir=" + directory);
        flags.add("-Djna.tmpdir=" + directory);
        flags.add("-XX:ErrorFile=" + directory.resolve(".hs_err%p"));
        flags.addAll(moreFlags);
        return Java.command(flags, Worker.class.getName(), List.of(directory.toString()));
    }

    /**
     * How many wait.
     *
     * @throws IllegalStateException if one could not be started: then there will be no more
     */
    synchronized int ready() {
        if (failure != null) {
            throw new IllegalStateException("no worker could be started", failure);
        }
        return ready.size();
    }

    /** One of them. */
    synchronized WorkerProcess take() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (ready.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (failure != null || left <= 0) {
                throw new IllegalStateException("no worker could be started", failure);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        notifyAll();
        return ready.pop();
    }

    /** Takes one back that has left its seat. */
    synchronized void giveBack(WorkerProcess worker) {
        ready.add(worker);
        notifyAll();
    }

    private void run() {
        try {
            while (awaitNeed()) {
                start();
            }
        } catch (InterruptedException | IOException | RuntimeException e) {
            synchronized (this) {
                failure = e;
                notifyAll();
            }
        }
    }

    private synchronized boolean awaitNeed() throws InterruptedException {
        while (!closed && ready.size() + starting >= most) {
            wait();
        }
        starting += closed ? 0 : 1;
        return !closed;
    }

    private void start() throws IOException, InterruptedException {
        boolean inNamespace;
        synchronized (this) {
            inNamespace = namespaces && random.nextInt(NAMESPACE_ONE_OF) == 0;
        }
        List<String> more = classData.map(path -> List.of("-XX:SharedArchiveFile=" + path)).orElse(List.of());
        WorkerProcess worker = null;
        boolean isReady = false;
        try {
            worker = new WorkerProcess(command(directory, more), inNamespace);
            worker.awaitReady(PATIENCE_NANOS);
            isReady = true;
        } finally {
            arrived(worker, isReady);
        }
    }

    private synchronized void arrived(WorkerProcess worker, boolean isReady) {
        starting--;
        if (isReady && !closed) {
            ready.add(worker);
        } else if (worker != null) {
            worker.close();
        }
        notifyAll();
    }

    /** Ends them, also those that are just being started: they write to the directory until they have. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        ready.forEach(WorkerProcess::close);
        ready.clear();
        boolean interrupted = false;
        while (starting > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
