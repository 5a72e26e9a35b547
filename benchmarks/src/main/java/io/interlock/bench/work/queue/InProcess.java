package io.interlock.bench.work.queue;

import io.interlock.bench.peer.Lap;
import io.interlock.bench.peer.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jctools.queues.MpmcArrayQueue;

/**
 * Queues on the heap of one JVM, between threads that do what the processes of other peers do. Each number is an object
 * of its own, as with our queue, whose receivers make one.
 */
public final class InProcess implements Part {

    /** The kind of JCTools. */
    static final String JCTOOLS = "jctools";
    /** The kind of the JDK. */
    static final String JDK = "jdk";

    private final List<Part> parts = new ArrayList<>();
    private final ExecutorService threads;

    /** Makes the queue and those who use it. */
    public InProcess(Setting setting) {
        QueueShape shape = QueueShape.of(setting);
        Queue<Long> queue = QueueShape.kind(setting).equals(JCTOOLS) ? new MpmcArrayQueue<>(shape.capacity())
                : new ArrayBlockingQueue<>(shape.capacity());
        for (int i = 0; i < shape.senders() + shape.receivers(); i++) {
            Setting own = new Setting(setting.directory(), i, setting.processes(), setting.operations(),
                    setting.words());
            parts.add(i < shape.senders() ? new NumberSender(own, queue) : new NumberReceiver(own, queue));
        }
        threads = Executors.newFixedThreadPool(parts.size(), InProcess::daemon);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "part");
        thread.setDaemon(true);
        return thread;
    }

    /** The first of them that fails ends it, since the others may wait for that one. */
    @Override
    public Lap round() throws Exception {
        ExecutorCompletionService<Lap> running = new ExecutorCompletionService<>(threads);
        for (Part part : parts) {
            running.submit(part::round);
        }
        List<Lap> counted = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Lap lap = running.take().get();
            if (lap.operations() > 0) {
                counted.add(lap);
            }
        }
        return together(counted);
    }

    private static Lap together(List<Lap> laps) {
        return Lap.of(laps.stream().mapToLong(Lap::startNanos).min().orElseThrow(),
                laps.stream().mapToLong(Lap::endNanos).max().orElseThrow(),
                laps.stream().mapToLong(Lap::operations).sum());
    }
}
