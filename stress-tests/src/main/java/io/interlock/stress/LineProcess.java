package io.interlock.stress;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process with which one talks by lines, on its standard input and output. It does not outlive this one. */
public final class LineProcess implements AutoCloseable {

    private final Process process;

    /**
     * Starts it.
     *
     * @param each  gets every line that it writes, on a thread of its own
     * @param atEnd is run when there will be no more
     */
    public LineProcess(List<String> command, Consumer<String> each, Runnable atEnd) throws IOException {
        process = Java.start(new ProcessBuilder(command).redirectErrorStream(true));
        Thread reader = new Thread(() -> read(each, atEnd), "process-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Consumer<String> each, Runnable atEnd) {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            in.lines().forEach(each);
        } catch (IOException | RuntimeException e) {
            each.accept("output ended: " + e);
        } finally {
            atEnd.run();
        }
    }

    /**
     * Tells it something.
     *
     * @throws IOException if it is gone
     */
    public void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Whether it is gone, or is so within that time. */
    public boolean awaitEnd(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Of a process that is gone. */
    public int exitValue() {
        return process.exitValue();
    }

    /** As this process sees it. */
    public long pid() {
        return process.pid();
    }

    /** Kills it, and those that it has started. */
    @Override
    public void close() {
        Java.end(process);
    }
}
