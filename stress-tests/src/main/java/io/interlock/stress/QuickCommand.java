package io.interlock.stress;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the counter and the bounded buffer over and over, in random shapes, as real processes. */
@Command(name = "quick", description = "Runs the examples 'counter' and 'bounded-buffer' over and over in random "
        + "shapes, each as real processes, and judges every round. A violation is told with the command that repeats "
        + "the round.")
final class QuickCommand implements Callable<Integer> {

    private static final int MAX_SECONDS = 86_400;

    @Option(names = "--seconds", paramLabel = "N",
            description = "For how long to start new rounds (default: ${DEFAULT-VALUE}).")
    int seconds = 60;
    @Option(names = "--seed", paramLabel = "S",
            description = "Gives the same shapes in the same order (default: another one each time; it is printed).")
    Long seed;
    @Spec
    CommandSpec spec;

    private long begin;
    private long rounds;
    private long violations;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Main.checkRange(spec, "--seconds", seconds, 1, MAX_SECONDS);
        long chosen = seed != null ? seed : ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
        spec.commandLine().getOut().println("stress quick seed=" + chosen + " seconds=" + seconds);
        begin = System.nanoTime();
        SplittableRandom random = new SplittableRandom(chosen);
        try (Progress progress = new Progress(spec.commandLine().getErr())) {
            while (elapsedMillis() < seconds * 1000L) {
                run(Shape.next(random), progress);
            }
        }
        spec.commandLine().getOut().println(
                "stress quick rounds=" + rounds + " violations=" + violations + " elapsed_ms=" + elapsedMillis());
        return violations == 0 ? 0 : 1;
    }

    private void run(Shape shape, Progress progress) throws IOException, InterruptedException {
        Optional<String> wrong = new Round(shape).run(() -> progress.at(where(shape)));
        rounds++;
        if (wrong.isPresent()) {
            violations++;
            progress.say("violation in round " + rounds + ": " + wrong.get() + "; repeat it with: " + shape.command());
        }
    }

    private String where(Shape shape) {
        long left = Math.max(0, seconds - elapsedMillis() / 1000);
        return "stress quick: " + rounds + " rounds, " + violations + " violations, " + left + " s left, now "
                + shape.line();
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
