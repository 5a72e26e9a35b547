package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Another process puts a text into a queue. */
@Command(name = "queue", description = "A process puts a text into a queue, and this one takes it.")
final class QueueExample implements Callable<Integer> {

    private static final String TEXT = "Data from worker process";
    private static final int LOOK_MILLIS = 50;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Segment segment = Segment.temporary(); Workers workers = new Workers(segment)) {
            IpcQueue<String> queue = IpcQueue.create(segment, "queue", Codec.utf8());
            workers.start("queue");
            workers.go();
            String text = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            while (text == null) {
                workers.failIfAnyFailed();
                text = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            workers.awaitDone(() -> {});
            PrintWriter out = spec.commandLine().getOut();
            out.println(text);
            out.println("queue taken=1 characters=" + text.length() + " left=" + queue.size());
            return text.equals(TEXT) && queue.isEmpty() ? 0 : 1;
        }
    }

    /** The other process. */
    static void send(Segment segment, List<String> arguments) throws InterruptedException {
        IpcQueue<String> queue = IpcQueue.open(segment, "queue", Codec.utf8());
        StartLine.await(segment);
        queue.put(TEXT);
    }
}
