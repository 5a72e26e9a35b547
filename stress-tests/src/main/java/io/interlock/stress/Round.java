package io.interlock.stress;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of an example, in a process of its own with the processes that it starts. Nothing of it outlives us. */
final class Round {

    private static final String EXAMPLES = "io.interlock.examples.Main";
    private static final List<String> SMALL = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final int LOOK_MILLIS = 100;
    /** A round is over in a few seconds; one that is not after this time hangs, however loaded the machine is. */
    private static final int HANG_SECONDS = 120;

    private final Shape shape;

    Round(Shape shape) {
        this.shape = shape;
    }

    /**
     * Runs the round.
     *
     * @param whileWaiting called again and again meanwhile
     * @return what is wrong, or nothing
     */
    Optional<String> run(Runnable whileWaiting) throws IOException, InterruptedException {
        Process process = Java.start(new ProcessBuilder(Java.command(SMALL, EXAMPLES, shape.arguments()))
                .redirectErrorStream(true).redirectInput(Redirect.PIPE));
        try {
            Optional<String> wrong = judge(process, whileWaiting);
            if (Java.isStopping()) {
                throw new IllegalStateException("this JVM is ending");
            }
            return wrong;
        } finally {
            Java.end(process);
        }
    }

    private Optional<String> judge(Process process, Runnable whileWaiting) throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        Thread reader = new Thread(() -> read(process, output), "round-output");
        reader.setDaemon(true);
        reader.start();
        long begin = System.nanoTime();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            whileWaiting.run();
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(HANG_SECONDS)) {
                return Optional.of("no end after " + HANG_SECONDS + " s");
            }
        }
        reader.join();
        return RoundJudge.judge(shape, process.exitValue(), output);
    }

    private static void read(Process process, List<String> output) {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(output::add);
        } catch (IOException | RuntimeException e) {
            output.add("(output ended: " + e + ")");
        }
    }
}
