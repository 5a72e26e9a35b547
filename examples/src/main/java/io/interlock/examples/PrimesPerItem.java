package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.examples.Trace.Phase;
import io.interlock.memory.Codec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The Python program: every number is a message to the workers, and every prime a message from them. */
final class PrimesPerItem extends PrimeExchange<Integer, Integer> {

    /** No number is 0: to a worker it says that there are no more, from a worker that it has ended. */
    private static final int END = 0;
    /** How many numbers a worker takes in one commit; each is still a message of its own. */
    private static final int HANDFUL = 1024;
    /** How often, and with how many numbers, every process rehearses: each message is work for a compiler. */
    private static final int REHEARSALS = 10;
    private static final int REHEARSED_NUMBERS = 50_000;

    private final int max;
    private final int processes;
    private final PrimeSet found;
    private final AtomicInteger fed = new AtomicInteger();

    PrimesPerItem(Segment segment, int max, int processes, PrimeSet found, int traceSlices) {
        super(segment, Codec.int32(), Codec.int32(), processes, traceSlices);
        this.max = max;
        this.processes = processes;
        this.found = found;
    }

    @Override
    void feed(Sink<Integer> sink) throws InterruptedException {
        for (int number = 1; number <= max; number++) {
            sink.put(number);
            fed.lazySet(number);
        }
        for (int i = 0; i < processes; i++) {
            sink.put(END);
        }
    }

    @Override
    boolean collect(Integer prime) {
        if (prime == END) {
            return true;
        }
        found.add(prime);
        return false;
    }

    @Override
    int progress() {
        return fed.get();
    }

    /** One worker. */
    static void find(Segment segment, int max, Trace trace) throws InterruptedException {
        TracedQueue<Integer> tasks = TracedQueue.open(segment, TASKS, Codec.int32(), trace);
        TracedQueue<Integer> results = TracedQueue.open(segment, RESULTS, Codec.int32(), trace);
        playBothParts(max);
        StartLine.await(segment);
        work(tasks, results, trace);
        trace.end();
    }

    @Override
    void rehearse() throws InterruptedException {
        playBothParts(max);
    }

    /** Does the same without an audience, so that the clock does not tell how long the compiler takes. */
    private static void playBothParts(int max) throws InterruptedException {
        int numbers = Math.min(max, REHEARSED_NUMBERS);
        for (int round = 0; round < REHEARSALS; round++) {
            try (Segment stage = Segment.temporary();
                    PrimesPerItem main = new PrimesPerItem(stage, numbers, 1, new PrimeSet(numbers), 0)) {
                main.start();
                work(TracedQueue.open(stage, TASKS, Codec.int32(), Trace.OFF),
                        TracedQueue.open(stage, RESULTS, Codec.int32(), Trace.OFF), Trace.OFF);
                main.awaitEnd();
            }
        }
    }

    private static void work(TracedQueue<Integer> tasks, TracedQueue<Integer> results, Trace trace)
            throws InterruptedException {
        List<Integer> primes = new ArrayList<>();
        int ends = 0;
        while (ends == 0) {
            List<Integer> numbers = tasks.takeUpTo(HANDFUL);
            trace.enter(Phase.COMPUTE);
            for (int number : numbers) {
                if (number == END) {
                    ends++;
                } else if (Primes.isPrime(number)) {
                    primes.add(number);
                }
            }
            results.putAll(primes);
            primes.clear();
        }
        tasks.putAll(Collections.nCopies(ends - 1, END)); // a handful may hold what other workers wait for
        results.put(END);
    }
}
