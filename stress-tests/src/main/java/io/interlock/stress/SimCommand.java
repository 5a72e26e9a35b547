package io.interlock.stress;

import io.interlock.stress.sim.Simulation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the shipped classes on a simulated machine, schedule after schedule. */
@Command(name = "sim", description = "Runs the shipped primitives on a simulated machine, whose scheduler may switch "
        + "and kill processes at every access to shared memory: first all schedules within each scenario's bounds, "
        + "then random ones. A violation is told step by step, with the command that repeats it.")
final class SimCommand implements Callable<Integer> {

    private static final int MAX_SECONDS = 86_400;
    private static final long MAX_SCHEDULES = 1_000_000_000_000L;

    @Option(names = "--seconds", paramLabel = "N",
            description = "For how long to start new rounds (default: ${DEFAULT-VALUE}).")
    int seconds = 60;
    @Option(names = "--schedules", paramLabel = "N",
            description = "How many schedules are enough (default: as many as there is time for).")
    long schedules = MAX_SCHEDULES;
    @Option(names = "--seed", paramLabel = "S",
            description = "Gives the same random schedules (default: others each time; it is printed).")
    Long seed;
    @Option(names = "--only", paramLabel = "REGEX", description = "Only scenarios of which a part matches.")
    String only = "";
    @Option(names = "--repeat", paramLabel = "BOUNDS/DECISIONS",
            description = "Only the one schedule that a violation was told with.")
    String repeat;
    @Spec
    CommandSpec spec;

    private long begin;

    @Override
    public Integer call() {
        Main.checkRange(spec, "--seconds", seconds, 1, MAX_SECONDS);
        Main.checkRange(spec, "--schedules", schedules, 1, MAX_SCHEDULES);
        Simulation simulation = new Simulation(scenarios());
        begin = System.nanoTime();
        if (repeat != null) {
            repeat(simulation);
        } else {
            long chosen = seed != null ? seed : ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
            spec.commandLine().getOut().println("stress sim seed=" + chosen + " seconds=" + seconds);
            explore(simulation, chosen);
        }
        spec.commandLine().getOut().println("stress sim rounds=" + simulation.rounds() + " schedules="
                + simulation.schedules() + " kills=" + simulation.kills() + " recoveries=" + simulation.recoveries()
                + " violations=" + simulation.violations().size() + " elapsed_ms=" + elapsedMillis());
        return simulation.violations().isEmpty() ? 0 : 1;
    }

    private List<String> scenarios() {
        try {
            Pattern pattern = Pattern.compile(only);
            List<String> chosen = Simulation.names().stream().filter(name -> pattern.matcher(name).find()).toList();
            if (chosen.isEmpty()) {
                throw new ParameterException(spec.commandLine(),
                        "--only matches no scenario, --only=" + only + ", scenarios are " + Simulation.names());
            }
            return chosen;
        } catch (PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(),
                    "--only must be a regular expression: " + e.getDescription() + ", --only=" + only);
        }
    }

    private void explore(Simulation simulation, long chosen) {
        int told = 0;
        try (Progress progress = new Progress(spec.commandLine().getErr())) {
            while (elapsedMillis() < seconds * 1000L && simulation.schedules() < schedules && simulation.hasNext()) {
                simulation.round(chosen, schedules - simulation.schedules(), () -> {
                    progress.at(where(simulation));
                    return elapsedMillis() >= seconds * 1000L;
                });
                for (; told < simulation.violations().size(); told++) {
                    progress.say("violation: " + simulation.violations().get(told));
                }
            }
        }
    }

    private void repeat(Simulation simulation) {
        try {
            simulation.repeat(repeat).forEach(spec.commandLine().getErr()::println);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(),
                    "--repeat must be what a violation was told with: " + e.getMessage() + ", --repeat=" + repeat);
        }
    }

    private String where(Simulation simulation) {
        long left = Math.max(0, seconds - elapsedMillis() / 1000);
        return "stress sim: " + simulation.schedules() + " schedules, " + simulation.kills() + " kills, "
                + simulation.violations().size() + " violations, " + left + " s left, now " + simulation.now();
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
