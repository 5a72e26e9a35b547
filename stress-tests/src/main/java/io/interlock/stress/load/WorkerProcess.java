package io.interlock.stress.load;

import io.interlock.stress.LineProcess;
import io.interlock.stress.Namespaces;
import io.interlock.stress.Signals;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker, seen from the process that kills it. */
final class WorkerProcess implements AutoCloseable {

    /** What it says without being asked, and at its end. */
    private static final String WRONG = "wrong ";
    private static final String READY = "ready ";
    private static final int END_SECONDS = 60;
    private static final int MOST_NOISE = 20;
    private static final String ENDED = "ended";

    private final LineProcess process;
    private final boolean inNamespace;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> noise = new LinkedBlockingQueue<>(MOST_NOISE);
    private final BlockingQueue<String> wrong = new LinkedBlockingQueue<>();
    /** The JVM itself, below the shell of its namespace; it tells who it is, for it may have children as well. */
    private ProcessHandle jvm;

    /** Starts one. */
    WorkerProcess(List<String> command, boolean inNamespace) throws IOException {
        this.inNamespace = inNamespace;
        // Whoever waits for an answer at its end would otherwise do so in vain.
        process = new LineProcess(inNamespace ? Namespaces.of(command) : command, this::sort, () -> answers.add(ENDED));
    }

    /** Waits until it can take a seat. */
    void awaitReady(long patienceNanos) throws InterruptedException {
        String said = answer(patienceNanos);
        if (said == null || !said.startsWith(READY)) {
            throw new IllegalStateException("a worker was to say that it is ready, and said \"" + said + "\" " + wrong
                    + noise);
        }
        jvm = ProcessHandle.of(Long.parseLong(said.substring(READY.length())))
                .orElseThrow(() -> new IllegalStateException("the worker is gone: " + noise));
    }

    /** What is killed and stopped. */
    ProcessHandle jvm() {
        return jvm;
    }

    /** Tells it something; false if it is gone. */
    boolean tell(String line) {
        try {
            process.tell(line);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** What it answers; null if nothing comes in time. */
    String answer(long patienceNanos) throws InterruptedException {
        return answers.poll(patienceNanos, TimeUnit.NANOSECONDS);
    }

    /** What it has said without being asked; null if nothing. */
    String wrong() {
        return wrong.poll();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Begins to kill it. */
    void killSoon() {
        jvm.destroyForcibly();
    }

    /** Waits until all of its threads are gone: the shell of a namespace waits for that, too. */
    void awaitEnd() throws InterruptedException {
        if (!process.awaitEnd(END_SECONDS)) {
            throw new IllegalStateException(this + " was killed, and is there after " + END_SECONDS + " s");
        }
        close();
    }

    void stop() throws IOException {
        Signals.stop(jvm);
    }

    void cont() throws IOException {
        Signals.cont(jvm);
    }

    private void sort(String line) {
        if (line.startsWith(WRONG)) {
            wrong.add(line.substring(WRONG.length()));
        } else if (line.matches("(ready \\d+|working|stopped|left|failed|stack .*)")) {
            answers.add(line);
        } else {
            noise.offer(line);
        }
    }

    /** What it has said that nobody understands. */
    String noise() {
        return noise.toString();
    }

    /** Ends it. */
    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return "pid " + process.pid() + (inNamespace ? " (in a PID namespace of its own)" : "");
    }
}
