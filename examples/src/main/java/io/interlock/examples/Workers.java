package io.interlock.examples;

import io.interlock.core.Segment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes of an example: JVMs of their own that attach to one segment. None outlives its parent: they are killed
 * if one of them fails, on {@link #close()} and on Ctrl-C, and end by themselves if the parent is killed. Workers have
 * numbers in the order of their start, from 0 on.
 */
final class Workers implements AutoCloseable {

    private static final int LOOK_MILLIS = 50;
    private static final int START_SECONDS = 60;

    private static volatile boolean stopping;

    private final Segment segment;
    private final StartLine line;
    private final Thread onExit = new Thread(this::stop, "stop-workers");
    private final List<Process> processes = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    /** Those that were killed on purpose. */
    private final BitSet killed = new BitSet();
    /** Of their JVMs, besides those that all of them have. */
    private final List<String> flags = new ArrayList<>();
    private Redirect output = Redirect.INHERIT;
    private volatile Runnable whenStopped = () -> {
    };
    private long startedNanos;

    Workers(Segment segment) {
        this.segment = segment;
        this.line = StartLine.create(segment);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Whether this JVM is being ended, so that there is no need to complain about workers that end as well. */
    static boolean isStopping() {
        return stopping;
    }

    /** What the workers started from now on print is appended to a file. */
    void appendOutputTo(File file) {
        output = Redirect.appendTo(file);
    }

    /** Flags of the JVMs started from now on. */
    void addFlags(List<String> more) {
        flags.addAll(more);
    }

    /** Is run after the workers' end if this JVM is ended before it has closed this. */
    void onStop(Runnable action) {
        whenStopped = action;
    }

    /** Starts a JVM. */
    void start(String worker, Object... arguments) {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(worker, segment.path().toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Process process = new ProcessBuilder(command).redirectOutput(output).redirectError(Redirect.INHERIT)
                    .start();
            synchronized (processes) {
                processes.add(process);
            }
            names.add(worker + " (pid " + process.pid() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM", e);
        }
    }

    /** Waits until every worker is at the start line, and lets them go. */
    void go() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS + processes.size());
        while (!line.ready.tryAcquire(processes.size(), LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            failIfAnyFailed();
            if (System.nanoTime() - deadline > 0) {
                throw new WorkerFailedException(
                        line.ready.availablePermits() + " of " + processes.size() + " workers were ready in time");
            }
        }
        startedNanos = System.nanoTime();
        line.go.set();
    }

    /** Kills a worker, with SIGKILL where there is such a signal, and waits for its end; that is no failure then. */
    void kill(int worker) throws InterruptedException {
        failIfAnyFailed();
        processes.get(worker).destroyForcibly().waitFor();
        killed.set(worker);
    }

    boolean wasKilled(int worker) {
        return killed.get(worker);
    }

    /** How many were killed on purpose. */
    int killed() {
        return killed.cardinality();
    }

    long pid(int worker) {
        return processes.get(worker).pid();
    }

    /**
     * Waits until every worker that was not killed has done its work, and every process has ended. None may be killed
     * after it has done its work.
     *
     * @param whileWaiting called again and again meanwhile
     * @return milliseconds from {@link #go()} to the end of the last worker's work
     */
    long awaitDone(Runnable whileWaiting) throws InterruptedException {
        while (!line.done.tryAcquire(processes.size() - killed(), LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            failIfAnyFailed();
            whileWaiting.run();
        }
        long elapsedNanos = System.nanoTime() - startedNanos;
        for (Process process : processes) {
            process.waitFor();
        }
        failIfAnyFailed();
        return TimeUnit.NANOSECONDS.toMillis(elapsedNanos);
    }

    /** {@link #go()} and {@link #awaitDone(Runnable)}. */
    long run(Runnable whileWaiting) throws InterruptedException {
        go();
        return awaitDone(whileWaiting);
    }

    /** Throws if a worker has died or failed, but for those that were killed on purpose. */
    void failIfAnyFailed() {
        for (int i = 0; i < processes.size(); i++) {
            Process process = processes.get(i);
            if (!wasKilled(i) && !process.isAlive() && process.exitValue() != 0) {
                throw new WorkerFailedException("worker " + names.get(i) + " " + ending(process.exitValue()));
            }
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
            killAll();
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook does it.
        }
    }

    /** Also removes the temporary segment, which the parent would otherwise leave to the next one who looks. */
    private void stop() {
        stopping = true;
        killAll();
        segment.close();
        whenStopped.run();
    }

    private void killAll() {
        synchronized (processes) {
            processes.forEach(Process::destroyForcibly);
            processes.forEach(process -> process.onExit().join());
        }
    }

    /** What {@link Process#exitValue()} says: above 128, a signal. */
    static String ending(int exitValue) {
        return exitValue > 128 ? "was killed by signal " + (exitValue - 128) : "ended with exit code " + exitValue;
    }

    private List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What makes the library fast (Agrona) and quiet (JNA on 24 and later); it works without either.
        command.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
        command.add("--enable-native-access=ALL-UNNAMED");
        // Many small JVMs on few cores; at their start they would complain of each other's files for `jps`.
        command.addAll(List.of("-Xms16m", "-Xmx64m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData"));
        for (String property : List.of("interlock.dir", "java.io.tmpdir", "jna.tmpdir", "jna.nosys",
                "jna.noclasspath")) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerProcess.class.getName()));
        return command;
    }
}
