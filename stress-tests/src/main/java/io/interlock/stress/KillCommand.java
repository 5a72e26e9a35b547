package io.interlock.stress;

import io.interlock.stress.kill.Trials;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills and stops real processes. */
@Command(name = "kill", description = "Kills and stops real processes.")
final class KillCommand implements Callable<Integer> {

    @Option(names = "--seconds")
    int seconds = 60;
    @Option(names = "--seed")
    Long seed;
    @Option(names = "--only")
    String only = "";
    @Spec
    CommandSpec spec;
    private final long begin = System.nanoTime();

    @Override
    public Integer call() throws IOException {
        Tally tally = new Tally();
        long chosen = seed != null ? seed : ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
        List<String> names = Trials.names().stream().filter(n -> n.matches(".*(" + only + ").*")).toList();
        int told = 0;
        try (Trials trials = new Trials(names, chosen, tally);
                Progress progress = new Progress(spec.commandLine().getErr())) {
            while (elapsedMillis() < seconds * 1000L && trials.passes() == 0) {
                trials.round();
                progress.at(trials + " " + trials.now() + " slowest " + tally.slowestRecoveryNanos() / 1000000);
                for (; told < tally.violations().size(); told++) {
                    progress.say("violation: " + tally.violations().get(told));
                }
            }
            trials.rows().forEach((id, row) -> spec.commandLine().getOut().println(id + " killed " + row.killed() + " "
                    + row.afterDeath() + " " + row.medianNanos() / 1000000 + " " + row.maxNanos() / 1000000 + " | "
                    + row.stopped() + " " + row.whileStopped()));
        }
        spec.commandLine().getOut().println("stress kill " + tally + " elapsed_ms=" + elapsedMillis());
        return tally.violations().isEmpty() ? 0 : 1;
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
