package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.examples.Trace.Phase;
import io.interlock.memory.IpcLongArray;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The primes up to a number: processes get the numbers from one queue, and put the primes into another. */
@Command(name = "primes", description = "Find the primes from 1 to a number by trial division, in processes that take "
        + "the numbers from a queue and put the primes into another. What was found is compared with a sieve.")
final class Primes implements Callable<Integer> {

    private static final int MAX_NUMBER = 100_000_000;
    private static final int MAX_BATCH = 100_000;
    /** From here on it takes long enough to tell how far it is. */
    private static final int LONG_RUN = 1_000_000;
    /** How often a process that works alone tells how far it is. */
    private static final int STEP = 1 << 14;

    /** Before the clock starts every process tests some numbers in vain, until its compiler has seen enough. */
    static final int REHEARSALS = 50;
    /** How many numbers that are each time. */
    static final int REHEARSED_NUMBERS = 1000;

    /** What a message is. */
    enum Variant {
        /** One number, or one prime. */
        PER_ITEM,
        /** A range of numbers, or its primes. */
        BATCH,
        /** There is none: this process does everything. */
        SINGLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(names = "--max", paramLabel = "N", description = "The last number to test (default: ${DEFAULT-VALUE}).")
    int max = 100_000;
    @Option(names = "--processes", paramLabel = "N",
            description = "How many processes test numbers, besides this one (default: ${DEFAULT-VALUE}).")
    int processes = 4;
    @Option(names = "--variant", paramLabel = "VARIANT", converter = Choices.PrimesVariant.class,
            description = {"What a message is (default: ${DEFAULT-VALUE}):",
                "per-item: each number is a message of its own, and so is each prime; they are put and taken by "
                        + "handfuls",
                "batch: a range of numbers, and the primes in it; tells when each process has finished",
                "single: no messages, one process; the same test"})
    Variant variant = Variant.PER_ITEM;
    @Option(names = "--batch", paramLabel = "N",
            description = "How many numbers are in a range, others than batch ignore it (default: ${DEFAULT-VALUE}).")
    int batch = 20_000;
    @Option(names = "--trace", paramLabel = "FILE",
            description = {"Write where the time of each process goes, as trace events that Chrome's about:tracing "
                    + "and Perfetto show.",
                "The file stays below 10 MB: what is short is summed up in slices of time."})
    Path trace;
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        check();
        PrimeSet found = new PrimeSet(max);
        TraceFile traces = new TraceFile();
        long elapsed = variant == Variant.SINGLE ? findAlone(found, traces) : findTogether(found, traces);
        if (trace != null) {
            out().println("primes-trace file=" + trace + " events=" + traces.write(trace));
        }
        return judge(found, elapsed);
    }

    private void check() {
        Checks.inRange(spec, "--max", max, 1, MAX_NUMBER);
        Checks.inRange(spec, "--processes", processes, 1, Checks.MAX_PROCESSES);
        Checks.inRange(spec, "--batch", batch, 1, MAX_BATCH);
        if (trace != null) {
            try {
                TraceFile.checkWritable(trace);
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), "--trace must be a file that can be written, --trace="
                        + trace + " (" + e.getClass().getSimpleName() + ")", e);
            }
        }
    }

    private long findAlone(PrimeSet found, TraceFile traces) {
        Trace own = Trace.of(traceSlices());
        for (int round = 0; round < REHEARSALS; round++) {
            for (int number = 1; number <= REHEARSED_NUMBERS; number++) {
                isPrime(number);
            }
        }
        long start = System.nanoTime();
        try (Progress bar = progress()) {
            for (int number = 1; number <= max; number++) {
                if (number % STEP == 1) {
                    own.enter(Phase.COMPUTE);
                    bar.at(number);
                }
                if (isPrime(number)) {
                    found.add(number);
                }
            }
        }
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        own.end();
        traces.add("main", "compute", own.toArray());
        return elapsed;
    }

    private long findTogether(PrimeSet found, TraceFile traces) throws InterruptedException {
        try (Segment segment = Segment.temporary(options());
                Workers workers = new Workers(segment);
                PrimeExchange<?, ?> exchange = exchange(segment, found);
                Progress bar = progress()) {
            for (int worker = 0; worker < processes; worker++) {
                if (trace != null) {
                    IpcLongArray.create(segment, traceOf(worker), Trace.length(traceSlices()));
                }
                workers.start("primes", variant.name(), worker, traceSlices(), max);
            }
            exchange.rehearse();
            workers.go();
            exchange.start();
            long elapsed = workers.awaitDone(() -> {
                exchange.failIfFailed();
                bar.at(exchange.progress());
            });
            exchange.awaitEnd();
            bar.close();
            exchange.report().forEach(out()::println);
            if (trace != null) {
                addTraces(segment, exchange, traces);
            }
            return elapsed;
        }
    }

    private SegmentOptions options() {
        long traceBytes = (long) processes * Trace.length(traceSlices()) * Long.BYTES;
        return SegmentOptions.defaults().withSizeBytes(SegmentOptions.DEFAULT_SIZE_BYTES + traceBytes + traceBytes / 8);
    }

    private int traceSlices() {
        return trace == null ? 0 : TraceFile.slicesFor(variant == Variant.SINGLE ? 1 : processes);
    }

    private static String traceOf(int worker) {
        return "trace-" + worker;
    }

    private PrimeExchange<?, ?> exchange(Segment segment, PrimeSet found) {
        return variant == Variant.BATCH
                ? new PrimesInBatches(segment, max, batch, processes, found, traceSlices())
                : new PrimesPerItem(segment, max, processes, found, traceSlices());
    }

    private void addTraces(Segment segment, PrimeExchange<?, ?> exchange, TraceFile traces) {
        exchange.addTo(traces);
        for (int worker = 0; worker < processes; worker++) {
            traces.add("worker " + worker, "worker", IpcLongArray.open(segment, traceOf(worker)).toArray());
        }
    }

    private Progress progress() {
        return max < LONG_RUN ? Progress.none() : Progress.of("primes " + variant, max);
    }

    private int judge(PrimeSet found, long elapsed) {
        boolean right = found.isRight();
        if (!right) {
            out().println("primes-judge expected=" + PrimeSet.upTo(max).cardinality() + " different="
                    + found.different() + " added=" + found.added());
        }
        out().println("primes variant=" + variant + " max=" + max + " processes="
                + (variant == Variant.SINGLE ? 1 : processes) + " count=" + found.added() + " elapsed_ms=" + elapsed);
        return right ? 0 : 1;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** One worker. */
    static void find(Segment segment, List<String> arguments) throws InterruptedException {
        Variant variant = Variant.valueOf(arguments.get(0));
        int worker = Integer.parseInt(arguments.get(1));
        Trace trace = Trace.of(Integer.parseInt(arguments.get(2)));
        if (variant == Variant.BATCH) {
            PrimesInBatches.find(segment, worker, trace);
        } else {
            PrimesPerItem.find(segment, Integer.parseInt(arguments.get(3)), trace);
        }
        if (trace != Trace.OFF) {
            long[] words = trace.toArray();
            IpcLongArray.open(segment, traceOf(worker)).set(0, words, 0, words.length);
        }
    }

    /** The test of all variants, and of the Python program: by every number up to the root. */
    static boolean isPrime(int number) {
        if (number <= 1) {
            return false;
        }
        int root = (int) Math.sqrt(number);
        for (int divisor = 2; divisor <= root; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
