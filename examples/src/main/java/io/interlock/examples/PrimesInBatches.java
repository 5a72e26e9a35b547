package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.examples.Trace.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A message to the workers is the first and the last number of a range; one from them is the worker's number, and the
 * primes of a range. It costs as much as a message of one number, and there are a thousand times fewer.
 */
final class PrimesInBatches extends PrimeExchange<int[], int[]> {

    /** To a worker: there are no more. */
    private static final int[] NO_RANGE = {};
    /** From a worker, in the place of its number's first prime: it has ended. */
    private static final int END = 0;

    private final int max;
    private final int batch;
    private final int processes;
    private final PrimeSet found;
    private final Tally[] tallies;
    private long startedNanos;
    private volatile int done;

    /** What a worker has sent. */
    private static final class Tally {

        private int batches;
        private int primes;
        private long finishedMillis;
    }

    PrimesInBatches(Segment segment, int max, int batch, int processes, PrimeSet found, int traceSlices) {
        super(segment, new IntsCodec(), new IntsCodec(), processes, traceSlices);
        this.max = max;
        this.batch = batch;
        this.processes = processes;
        this.found = found;
        this.tallies = new Tally[processes];
        Arrays.setAll(tallies, worker -> new Tally());
    }

    @Override
    void start() {
        startedNanos = System.nanoTime();
        super.start();
    }

    @Override
    void feed(Sink<int[]> sink) throws InterruptedException {
        for (int first = 1; first <= max; first += batch) {
            sink.put(new int[]{first, Math.min(first + batch - 1, max)});
        }
        for (int i = 0; i < processes; i++) {
            sink.put(NO_RANGE);
        }
    }

    @Override
    boolean collect(int[] result) {
        Tally tally = tallies[result[0]];
        if (result.length == 2 && result[1] == END) {
            tally.finishedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
            return true;
        }
        for (int i = 1; i < result.length; i++) {
            found.add(result[i]);
        }
        tally.batches++;
        tally.primes += result.length - 1;
        done = Math.min(done + batch, max);
        return false;
    }

    @Override
    int progress() {
        return done;
    }

    /** Who takes the last ranges ends last: the larger the ranges, the longer the others have nothing to do. */
    @Override
    List<String> report() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < tallies.length; i++) {
            lines.add("primes-worker number=" + i + " batches=" + tallies[i].batches + " primes=" + tallies[i].primes
                    + " finished_ms=" + tallies[i].finishedMillis);
        }
        return lines;
    }

    /** One worker. */
    static void find(Segment segment, int worker, Trace trace) throws InterruptedException {
        TracedQueue<int[]> tasks = TracedQueue.open(segment, TASKS, new IntsCodec(), trace);
        TracedQueue<int[]> results = TracedQueue.open(segment, RESULTS, new IntsCodec(), trace);
        for (int round = 0; round < Primes.REHEARSALS; round++) {
            primesIn(worker, 1, Primes.REHEARSED_NUMBERS);
        }
        StartLine.await(segment);
        for (int[] range = tasks.take(); range.length > 0; range = tasks.take()) {
            trace.enter(Phase.COMPUTE);
            results.put(primesIn(worker, range[0], range[1]));
        }
        results.put(new int[]{worker, END});
        trace.end();
    }

    /** A worker's number, and the primes of a range. */
    static int[] primesIn(int worker, int first, int last) {
        int[] result = new int[last - first + 2];
        result[0] = worker;
        int length = 1;
        for (int number = first; number <= last; number++) {
            if (Primes.isPrime(number)) {
                result[length++] = number;
            }
        }
        return Arrays.copyOf(result, length);
    }
}
