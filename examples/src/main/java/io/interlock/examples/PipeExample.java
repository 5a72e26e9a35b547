package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.Codec;
import io.interlock.memory.Connection;
import io.interlock.memory.error.EndOfStreamException;
import io.interlock.memory.IpcPipe;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Another process sends a text through a pipe, and closes its end. */
@Command(name = "pipe", description = "A process sends a text through a pipe and closes its end; this one receives the "
        + "text, and then the end of the stream.")
final class PipeExample implements Callable<Integer> {

    private static final String TEXT = "Hello from worker process!";
    private static final int LOOK_MILLIS = 50;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Segment segment = Segment.temporary();
                Workers workers = new Workers(segment);
                Connection<String> parent = IpcPipe.duplex(segment, "pipe", Codec.utf8()).first()) {
            workers.start("pipe");
            workers.go();
            while (!parent.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                workers.failIfAnyFailed();
            }
            String text = parent.receive();
            boolean ended = hasEnded(parent);
            workers.awaitDone(() -> {});
            PrintWriter out = spec.commandLine().getOut();
            out.println(text);
            out.println("pipe received=1 characters=" + text.length() + " ended=" + ended);
            return text.equals(TEXT) && ended ? 0 : 1;
        }
    }

    /** Waits for one more message, of which there is none. */
    private static boolean hasEnded(Connection<String> connection) throws InterruptedException {
        try {
            connection.receive();
            return false;
        } catch (EndOfStreamException e) {
            return true;
        }
    }

    /** The other process. */
    static void send(Segment segment, List<String> arguments) throws InterruptedException {
        try (Connection<String> child = IpcPipe.duplex(segment, "pipe", Codec.utf8()).second()) {
            StartLine.await(segment);
            child.send(TEXT);
        }
    }
}
