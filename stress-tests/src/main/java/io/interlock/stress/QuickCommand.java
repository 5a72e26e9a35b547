package io.interlock.stress;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the counter and the bounded buffer over and over, in random shapes, as real processes. */
@Command(name = "quick", description = "Runs the examples 'counter' and 'bounded-buffer' over and over in random "
        + "shapes, each as real processes, and judges every round. A violation is told with the command that repeats "
        + "the round.")
final class QuickCommand implements Callable<Integer> {

    @Mixin
    Budget.OfAMinute budget;
    @Spec
    CommandSpec spec;

    private long rounds;
    private long violations;

    @Override
    public Integer call() throws IOException, InterruptedException {
        budget.start();
        spec.commandLine().getOut().println("stress quick seed=" + budget.seed() + " seconds=" + budget.seconds());
        SplittableRandom random = new SplittableRandom(budget.seed());
        try (Progress progress = new Progress(spec.commandLine().getErr())) {
            while (!budget.isOver()) {
                run(Shape.next(random), progress);
            }
        }
        spec.commandLine().getOut().println(
                "stress quick rounds=" + rounds + " violations=" + violations + " elapsed_ms=" + budget
                        .elapsedMillis());
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
        return "stress quick: " + rounds + " rounds, " + violations + " violations, " + budget.secondsLeft()
                + " s left, now " + shape.line();
    }
}
