package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.examples.Trace.Phase;
import io.interlock.memory.Capacity;
import io.interlock.memory.Codec;
import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The main process's half of a search for primes. It feeds and collects in turns, because a queue has few places: who
 * feeds everything first waits for workers that wait for somebody to collect. Nobody else feeds, and nobody else
 * collects, so it has its sides of the queues for itself.
 *
 * <p>It collects when it has put a handful, or cannot put it for a moment, and not whenever something has come: to be
 * woken for each prime would cost more than to find it.
 *
 * @param <T> what workers are sent
 * @param <R> what they send back
 */
abstract class PrimeExchange<T, R> implements AutoCloseable {

    static final String TASKS = "tasks";
    static final String RESULTS = "results";

    private static final int TASKS_BYTES = 1 << 20;
    private static final int RESULTS_BYTES = 1 << 20;
    /** How many tasks are put in one commit; each is still a message of its own. */
    private static final int HANDFUL = 4096;
    /** How long to wait for room for a handful before looking whether the workers wait for somebody to collect. */
    private static final int MOMENT_MILLIS = 1;

    /** Where the tasks go. */
    @FunctionalInterface
    interface Sink<T> {

        void put(T task) throws InterruptedException;
    }

    private final IpcQueue<T> tasks;
    private final IpcQueue<R> results;
    private final List<T> handful = new ArrayList<>(HANDFUL);
    private final List<R> drained = new ArrayList<>();
    private final Trace trace;
    private final Thread thread = new Thread(this::attempt, "exchange");
    private int working;
    private volatile Throwable failure;

    PrimeExchange(Segment segment, Codec<T> taskCodec, Codec<R> resultCodec, int processes, int traceSlices) {
        tasks = IpcQueue.create(segment, TASKS, taskCodec, Capacity.bytes(TASKS_BYTES));
        results = IpcQueue.create(segment, RESULTS, resultCodec, Capacity.bytes(RESULTS_BYTES));
        trace = Trace.of(traceSlices);
        working = processes;
    }

    /** Puts all tasks, and one for each worker that tells it to end. */
    abstract void feed(Sink<T> sink) throws InterruptedException;

    /**
     * Notes what a worker has sent.
     *
     * @return whether it was the worker's last
     */
    abstract boolean collect(R result);

    /** How many numbers are done, or nearly. */
    abstract int progress();

    /** What there is to tell at the end, in lines. */
    List<String> report() {
        return List.of();
    }

    /** To be called while the workers start and the clock does not run; nothing unless there is much to compile. */
    void rehearse() throws InterruptedException {
        // A few hundred ranges go through the queues in no time.
    }

    /** Begins, when the workers do. */
    void start() {
        thread.start();
    }

    /** Throws if feeding or collecting has failed, so that nobody waits for what will never come. */
    void failIfFailed() {
        if (failure != null) {
            throw new IllegalStateException("cannot feed or collect", failure);
        }
    }

    /** Waits until the last word of every worker is collected. */
    void awaitEnd() throws InterruptedException {
        thread.join();
        failIfFailed();
    }

    /** After the end. */
    void addTo(TraceFile traces) {
        traces.add("main", "exchange", trace.toArray());
    }

    /** Ends feeding and collecting, wherever they are. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void attempt() {
        try (ExclusiveConsumer<R> consumer = results.exclusiveConsumer()) {
            feed(consumer);
            collect(consumer);
            trace.end();
        } catch (InterruptedException e) {
            // Closed before the end, because something else has failed.
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Gives its role up in the end: a worker may have taken what tells another one to end, and puts it back. */
    private void feed(ExclusiveConsumer<R> consumer) throws InterruptedException {
        try (ExclusiveProducer<T> producer = tasks.exclusiveProducer()) {
            feed(task -> {
                handful.add(task);
                if (handful.size() == HANDFUL) {
                    put(producer, consumer);
                }
            });
            put(producer, consumer);
        }
    }

    private void collect(ExclusiveConsumer<R> consumer) throws InterruptedException {
        while (working > 0) {
            trace.enter(Phase.WAIT);
            R result = consumer.take();
            trace.enter(Phase.COMPUTE);
            note(result);
        }
    }

    private void put(ExclusiveProducer<T> producer, ExclusiveConsumer<R> consumer) throws InterruptedException {
        trace.enter(Phase.PUT);
        while (!producer.offerAll(handful)) {
            trace.enter(Phase.TAKE);
            consumer.drainTo(drained);
            drained.forEach(this::note);
            drained.clear();
            trace.enter(Phase.WAIT);
            if (producer.offerAll(handful, MOMENT_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        handful.clear();
        trace.enter(Phase.COMPUTE);
    }

    private void note(R result) {
        working -= collect(result) ? 1 : 0;
    }
}
