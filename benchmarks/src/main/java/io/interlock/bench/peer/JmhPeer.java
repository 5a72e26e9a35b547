package io.interlock.bench.peer;

import io.interlock.bench.measure.Entrant;
import io.interlock.bench.measure.Figure;
import io.interlock.bench.measure.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A peer inside one JVM, measured by JMH: nanoseconds for each operation. Each round is a JVM of its own, since what
 * the compiler makes of a loop differs from one to the next.
 *
 * @param name      as the report calls it
 * @param benchmark class with the benchmark
 * @param method    the benchmark
 * @param millis    how long an iteration lasts
 */
public record JmhPeer(String name, Class<?> benchmark, String method, long millis) implements Peer {

    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 3;

    @Override
    public Entrant enter(Path directory) {
        System.setProperty("jmh.ignoreLock", "true"); // rounds follow each other, and nobody else runs JMH here
        List<String> flags = new ArrayList<>(Jvm.FLAGS);
        flags.add("-Dinterlock.dir=" + directory);
        Options options = new OptionsBuilder().include(pattern()).mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS)
                .forks(1).warmupIterations(WARM_UPS).warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(ITERATIONS).measurementTime(TimeValue.milliseconds(millis))
                .verbosity(VerboseMode.SILENT).shouldFailOnError(true).jvmArgs(flags.toArray(String[]::new)).build();
        return new Forks(options);
    }

    private String pattern() {
        return "^" + benchmark.getName().replace(".", "\\.").replace("$", "\\.") + "\\." + method + "$";
    }

    private record Forks(Options options) implements Entrant {

        @Override
        public Figure round() {
            try {
                Collection<RunResult> results = new Runner(options).run();
                return Figure.of(results.iterator().next().getPrimaryResult().getScore());
            } catch (RunnerException e) {
                throw new IllegalStateException("JMH: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            // Each round has ended its JVM.
        }
    }
}
