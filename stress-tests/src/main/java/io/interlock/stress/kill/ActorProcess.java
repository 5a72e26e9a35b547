package io.interlock.stress.kill;

import io.interlock.stress.Java;
import io.interlock.stress.LineProcess;
import io.interlock.stress.Namespaces;
import io.interlock.stress.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An {@link Actor}, seen from the process that kills it. */
final class ActorProcess implements AutoCloseable {

    private static final String END = "(end of output)";
    private static final int PATIENCE_SECONDS = 30;

    private final LineProcess process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    /** The JVM itself, also below a command that gives it a namespace. */
    private ProcessHandle jvm;

    private ActorProcess(List<String> command) throws IOException {
        process = new LineProcess(command, lines::add, () -> lines.add(END));
    }

    /**
     * Starts one; it is ready a while later.
     *
     * @param main      {@link Actor}, or another one like it
     * @param directory where its error file would go
     * @param apart     whether it gets a PID namespace of its own
     */
    static ActorProcess start(Class<?> main, Path directory, boolean apart) {
        List<String> flags = new ArrayList<>(Java.SMALL);
        flags.addAll(Java.journalFlags());
        flags.add("-Dinterlock.crashPoints=true");
        flags.add("-XX:ErrorFile=" + directory.resolve("hs_err-%p"));
        List<String> plain = Java.command(flags, main.getName(), List.of());
        List<String> command = apart ? Namespaces.of(plain) : plain;
        try {
            return new ActorProcess(command);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM", e);
        }
    }

    /** The next line of its protocol; what it prints otherwise is left out. */
    String next() throws InterruptedException {
        String before = "";
        while (true) {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("the process that acts " + (line == null ? "hangs" : "is gone") + before);
            }
            if (line.matches("(ready|waiting|pausing|at|done|failed)\\b.*")) {
                return line;
            }
            before = ", it said: " + line;
        }
    }

    void tell(String line) {
        try {
            process.tell(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the process that acts is gone", e);
        }
    }

    /** Waits until it is ready. */
    void awaitReady() throws InterruptedException {
        String[] words = next().split(" ");
        Deed.check(words[0].equals("ready"), "expected a process to be ready, it said: " + words[0]);
        jvm = ProcessHandle.of(Long.parseLong(words[1])).orElseThrow();
    }

    /** Waits until a thread of the process sleeps; or has gone on already, on a machine that has other things to do. */
    void awaitSleep(String thread) throws IOException {
        Asleep.await(jvm.pid(), thread, () -> !lines.isEmpty());
    }

    /** SIGSTOP, to all of its threads. */
    void stop() throws IOException {
        Signals.stop(jvm);
    }

    /** SIGCONT. */
    void cont() throws IOException {
        Signals.cont(jvm);
    }

    /**
     * SIGKILL; returns when the process is gone.
     *
     * @return the moment before the signal
     */
    long kill() throws Exception {
        long now = System.nanoTime();
        jvm.destroyForcibly();
        // Also below a command: it ends when the JVM has.
        Deed.check(process.awaitEnd(PATIENCE_SECONDS), "a killed process does not end");
        close();
        return now;
    }

    @Override
    public void close() {
        process.close();
    }
}
