package io.interlock.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A process with which one talks by lines. It does not outlive this one. */
public final class LineProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;
    private static final int SAID = 20;
    private static final String END = "\u0000";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer said = new StringBuffer();

    private LineProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "process-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it; what it says on standard error is part of its output. */
    public static LineProcess start(List<String> command) throws IOException {
        return new LineProcess(OwnProcesses.start(new ProcessBuilder(command).redirectErrorStream(true)));
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            in.lines().forEach(line -> {
                said.append("\n    ").append(line);
                lines.add(line);
            });
        } catch (IOException | UncheckedIOException e) {
            said.append("\n    output ended: ").append(e);
        } finally {
            lines.add(END);
        }
    }

    /** Tells it something. */
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw failure("cannot be told \"" + line + "\"");
        }
    }

    /** Its next line. */
    public String next() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw failure("says nothing for " + PATIENCE_SECONDS + " s");
        }
        if (line.equals(END)) {
            throw failure("has ended");
        }
        return line;
    }

    /** Lets it say this, after whatever else. */
    public void expect(String wanted) throws InterruptedException {
        expect('"' + wanted + '"', line -> line.equals(wanted) ? Optional.of(line) : Optional.empty());
    }

    /** Lets it say something that can be read, after a few other lines, such as warnings of a JVM. */
    <T> T expect(String wanted, Function<String, Optional<T>> reader) throws InterruptedException {
        for (int i = 0; i < SAID; i++) {
            Optional<T> read = reader.apply(next());
            if (read.isPresent()) {
                return read.get();
            }
        }
        throw failure("does not say " + wanted);
    }

    /** Waits for its end, which must be a good one. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw failure("does not end");
        }
        if (process.exitValue() != 0) {
            throw failure("has ended with exit code " + process.exitValue());
        }
    }

    /** What is wrong with it, and everything that it has said. */
    public IllegalStateException failure(String what) {
        return new IllegalStateException(
                "process " + process.pid() + " (" + process.info().command().orElse("gone") + ") " + what
                        + "; it said:" + said);
    }

    /** Sends it SIGKILL, and returns the moment before. It is to be closed as any other. */
    public long kill() {
        long now = System.nanoTime();
        process.destroyForcibly();
        return now;
    }

    /** Kills it, and those that it has started. */
    @Override
    public void close() {
        OwnProcesses.end(process);
    }
}
