package io.interlock.examples;

import io.interlock.core.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a JVM begins that was started by {@link Workers}: {@code NAME SEGMENT ARGUMENTS...}. Not a command, because a
 * worker has no need of the command line's classes, and starts the faster without them.
 */
final class WorkerProcess {

    /** What one process does; between opening its objects and its work it calls {@link StartLine#await(Segment)}. */
    @FunctionalInterface
    interface Worker {

        void work(Segment segment, List<String> arguments) throws Exception;
    }

    private static final Map<String, Worker> WORKERS = Map.ofEntries(
            Map.entry("counter", Counter::count),
            Map.entry("counter-under-kills", CounterUnderKills::count),
            Map.entry("producer", BoundedBuffer::produce),
            Map.entry("consumer", BoundedBuffer::consume),
            Map.entry("values", Values::fill),
            Map.entry("event", EventExample::awaitEvent),
            Map.entry("condition", ConditionExample::awaitSignal),
            Map.entry("lock-printer", LockPrinter::print),
            Map.entry("queue", QueueExample::send),
            Map.entry("pipe", PipeExample::send),
            Map.entry("journal-appender", JournalUnderKills::append),
            Map.entry("journal-reader", JournalUnderKills::read),
            Map.entry("primes", Primes::find));

    private WorkerProcess() {
    }

    /** Does the work, and exits with 0 if it is done. */
    public static void main(String[] arguments) {
        endWithParent();
        try (Segment segment = Segment.open(Path.of(arguments[1]))) {
            StartLine line = StartLine.open(segment); // while no clock runs
            WORKERS.get(arguments[0]).work(segment, List.of(arguments).subList(2, arguments.length));
            line.done.release();
        } catch (Exception e) {
            System.err.println(Main.inOneLine("worker " + arguments[0] + ": " + e));
            System.exit(1);
        }
    }

    /** The parent holds the other end of standard input: when the parent is gone, however it went, input ends. */
    private static void endWithParent() {
        Thread watcher = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    continue;
                }
            } catch (IOException e) {
                // As good as the end.
            }
            Runtime.getRuntime().halt(1);
        }, "ends-with-parent");
        watcher.setDaemon(true);
        watcher.start();
    }
}
