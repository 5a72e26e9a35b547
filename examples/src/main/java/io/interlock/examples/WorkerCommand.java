package io.interlock.examples;

import io.interlock.core.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where a JVM begins that was started by {@link Workers}; nobody else calls it. */
@Command(name = "worker", hidden = true, description = "One process of an example.")
final class WorkerCommand implements Callable<Integer> {

    /** What one process does; between opening its objects and its work it calls {@link StartLine#await(Segment)}. */
    @FunctionalInterface
    interface Worker {

        void work(Segment segment, List<String> arguments) throws Exception;
    }

    private static final Map<String, Worker> WORKERS = Map.of(
            "counter", Counter::count,
            "producer", BoundedBuffer::produce,
            "consumer", BoundedBuffer::consume,
            "values", Values::fill,
            "event", EventExample::awaitEvent,
            "condition", ConditionExample::awaitSignal,
            "lock-printer", LockPrinter::print);

    @Parameters(index = "0", description = "What to do.")
    private String name;
    @Parameters(index = "1", description = "The segment's file.")
    private Path path;
    @Parameters(index = "2..*", arity = "0..*", description = "What the worker needs to know.")
    private List<String> arguments = List.of();
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Worker worker = WORKERS.get(name);
        if (worker == null) {
            throw new ParameterException(spec.commandLine(), "no such worker: " + name);
        }
        endWithParent();
        try (Segment segment = Segment.open(path)) {
            worker.work(segment, arguments);
            StartLine.open(segment).done.release();
        }
        return 0;
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
