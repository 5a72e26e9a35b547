package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.core.SegmentOptions;
import io.interlock.memory.IpcInt;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Producers and consumers share a buffer of a few places. */
@Command(name = "bounded-buffer", description = "Producers put numbers into a small shared buffer, consumers take "
        + "them out. Every number must arrive once, and each producer's in order.")
final class BoundedBuffer implements Callable<Integer> {

    private static final int MAX_OF_A_KIND = 100;
    private static final int MAX_CAPACITY = 1_000_000;

    /** Who waits for what. */
    enum Variant {
        /** A producer for a free place, a consumer for an item; with two semaphores and a lock. */
        SEMAPHORE(false),
        /** A consumer for k items. */
        AT_LEAST(true),
        /** A producer for k free places. */
        FREE_AT_LEAST(true),
        /** A consumer for an item of its kind. */
        SELECTIVE(false),
        /** As for semaphores; but all of it is one queue. */
        QUEUE(false);

        final boolean usesK;

        Variant(boolean usesK) {
            this.usesK = usesK;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(names = "--producers", paramLabel = "N", description = "How many producers (default: ${DEFAULT-VALUE}).")
    int producers = 1;
    @Option(names = "--consumers", paramLabel = "N", description = "How many consumers (default: ${DEFAULT-VALUE}).")
    int consumers = 1;
    @Option(names = "--items", paramLabel = "N",
            description = "How many items all producers together produce (default: ${DEFAULT-VALUE}).")
    int items = 10;
    @Option(names = "--capacity", paramLabel = "N",
            description = "How many items the buffer holds (default: ${DEFAULT-VALUE}).")
    int capacity = 5;
    @Option(names = "--variant", paramLabel = "VARIANT", converter = Choices.Variant.class,
            description = {"What is waited for (default: ${DEFAULT-VALUE}):",
                "semaphore: a free place, or an item; by two semaphores and a lock",
                "at-least: a consumer waits for K items, and for fewer when the producers are done",
                "free-at-least: a producer waits for K free places",
                "selective: consumer i takes only items i, i + consumers, i + 2 * consumers, ...",
                "queue: as for semaphore, but the buffer is a queue, which is shut down at the end"})
    Variant variant = Variant.SEMAPHORE;
    @Option(names = "--k", paramLabel = "K",
            description = "For at-least and free-at-least, others ignore it (default: ${DEFAULT-VALUE}).")
    int k = 3;
    @Option(names = "--verbose",
            description = "Print each item; producers sleep 0.1 s after each, consumers 0.4 s.")
    boolean verbose;
    @Spec
    CommandSpec spec;
    BiFunction<String, Long, Progress> progress = (task, steps) -> Progress.none();

    @Override
    public Integer call() throws InterruptedException {
        check();
        BufferShape shape = new BufferShape(producers, consumers, items, variant == Variant.SELECTIVE);
        try (Segment segment = Segment.temporary(SegmentOptions.defaults().withSizeBytes(sizeBytes()));
                Workers workers = new Workers(segment);
                Progress bar = progress.apply("bounded-buffer " + variant, (long) items)) {
            createBuffer(segment);
            IpcInt produced = IpcInt.create(segment, "produced", 0);
            ConsumptionLog log = ConsumptionLog.create(segment, items);
            for (int i = 0; i < producers; i++) {
                workers.start("producer", variant.name(), producers, consumers, items, k, verbose, i);
            }
            for (int i = 0; i < consumers; i++) {
                workers.start("consumer", variant.name(), producers, consumers, items, k, verbose, i);
            }
            long elapsed = workers.run(() -> bar.at(log.size()));
            bar.close();
            return judge(shape, produced.get(), log, elapsed);
        }
    }

    private void check() {
        Checks.inRange(spec, "--producers", producers, 1, MAX_OF_A_KIND);
        Checks.inRange(spec, "--consumers", consumers, 1, MAX_OF_A_KIND);
        Checks.inRange(spec, "--items", items, 1, ConsumptionLog.MAX_ITEMS);
        Checks.inRange(spec, "--capacity", capacity, 1, MAX_CAPACITY);
        if (variant.usesK) {
            Checks.inRange(spec, "--k", k, 1, MAX_CAPACITY);
        }
        if (variant.usesK && capacity < k) {
            throw new ParameterException(spec.commandLine(), "--capacity must be at least --k, --capacity=" + capacity
                    + " --k=" + k);
        }
    }

    /** Room for the buffer, the log, and everything else. */
    private long sizeBytes() {
        long buffer = variant == Variant.QUEUE ? QueueBuffer.bytesFor(capacity) : (long) Integer.BYTES * capacity;
        long arrays = (long) Integer.BYTES * items + buffer;
        return SegmentOptions.DEFAULT_SIZE_BYTES + arrays + arrays / 8;
    }

    private void createBuffer(Segment segment) {
        switch (variant) {
            case SEMAPHORE -> SemaphoreBuffer.create(segment, capacity, items);
            case AT_LEAST, FREE_AT_LEAST -> ConditionBuffer.create(segment, capacity);
            case SELECTIVE -> SelectiveBuffer.create(segment, capacity);
            case QUEUE -> QueueBuffer.create(segment, capacity, items);
        }
    }

    private int judge(BufferShape shape, int produced, ConsumptionLog log, long elapsed) {
        BufferJudge.Verdict verdict = BufferJudge.judge(shape, log.entries(), log.size());
        spec.commandLine().getOut().println("bounded-buffer variant=" + variant + " producers=" + producers
                + " consumers=" + consumers + " items=" + items + " capacity=" + capacity + " produced=" + produced
                + " consumed=" + verdict.consumed() + " lost=" + verdict.lost() + " duplicated="
                + verdict.duplicated() + " out_of_order=" + verdict.outOfOrder() + " elapsed_ms=" + elapsed);
        return produced == items && verdict.holds(items) ? 0 : 1;
    }

    /** One producer. */
    static void produce(Segment segment, List<String> arguments) throws InterruptedException {
        Role role = new Role(arguments);
        SharedBuffer buffer = role.open(segment);
        IpcInt produced = IpcInt.open(segment, "produced");
        StartLine.await(segment);
        int end = role.shape.firstItem(role.number + 1);
        for (int next = role.shape.firstItem(role.number); next < end;) {
            next += buffer.put(next, end, item -> {
                produced.incrementAndGet();
                role.print("produced -> ", item);
            });
            role.rest(100);
        }
    }

    /** One consumer. */
    static void consume(Segment segment, List<String> arguments) throws InterruptedException {
        Role role = new Role(arguments);
        SharedBuffer buffer = role.open(segment);
        ConsumptionLog log = ConsumptionLog.open(segment, role.number);
        StartLine.await(segment);
        boolean more = true;
        while (more) {
            more = buffer.take(item -> {
                log.add(item);
                role.print("    consumed <- ", item);
            });
            role.rest(more ? 400 : 0);
        }
    }

    /** What a worker was told. */
    private static final class Role {

        final Variant variant;
        final BufferShape shape;
        final int k;
        final boolean verbose;
        final int number;

        Role(List<String> arguments) {
            variant = Variant.valueOf(arguments.get(0));
            shape = new BufferShape(Integer.parseInt(arguments.get(1)), Integer.parseInt(arguments.get(2)),
                    Integer.parseInt(arguments.get(3)), variant == Variant.SELECTIVE);
            k = Integer.parseInt(arguments.get(4));
            verbose = Boolean.parseBoolean(arguments.get(5));
            number = Integer.parseInt(arguments.get(6));
        }

        SharedBuffer open(Segment segment) {
            return switch (variant) {
                case SEMAPHORE -> SemaphoreBuffer.open(segment);
                case AT_LEAST -> ConditionBuffer.open(segment, shape.items(), k, 1);
                case FREE_AT_LEAST -> ConditionBuffer.open(segment, shape.items(), 1, k);
                case SELECTIVE -> SelectiveBuffer.open(segment, shape, number);
                case QUEUE -> QueueBuffer.open(segment);
            };
        }

        void print(String what, int item) {
            if (verbose) {
                System.out.println(what + item);
            }
        }

        void rest(int millis) throws InterruptedException {
            if (verbose) {
                Thread.sleep(millis);
            }
        }
    }
}
