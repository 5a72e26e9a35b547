package io.interlock.stress;

import io.interlock.stress.sim.Simulation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the shipped classes on a simulated machine, schedule after schedule. */
@Command(name = "sim", description = "Runs the shipped primitives on a simulated machine, whose scheduler may switch "
        + "and kill processes at every access to shared memory: first all schedules within each scenario's bounds, "
        + "then random ones. A violation is told step by step, with the command that repeats it.")
final class SimCommand implements Callable<Integer> {

    private static final long MAX_SCHEDULES = 1_000_000_000_000L;

    @Mixin
    Budget.OfAMinute budget;
    @Option(names = "--schedules", paramLabel = "N",
            description = "How many schedules are enough (default: as many as there is time for).")
    long schedules = MAX_SCHEDULES;
    @Option(names = "--only", paramLabel = "REGEX", description = "Only scenarios of which a part matches.")
    String only = "";
    @Option(names = "--repeat", paramLabel = "BOUNDS/DECISIONS",
            description = "Only the one schedule that a violation was told with.")
    String repeat;
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Main.checkRange(spec, "--schedules", schedules, 1, MAX_SCHEDULES);
        Simulation simulation = new Simulation(scenarios());
        budget.start();
        if (repeat != null) {
            repeat(simulation);
        } else {
            spec.commandLine().getOut().println("stress sim seed=" + budget.seed() + " seconds=" + budget.seconds());
            explore(simulation);
        }
        spec.commandLine().getOut().println("stress sim rounds=" + simulation.rounds() + " schedules="
                + simulation.schedules() + " kills=" + simulation.kills() + " recoveries=" + simulation.recoveries()
                + " violations=" + simulation.violations().size() + " elapsed_ms=" + budget.elapsedMillis());
        return simulation.violations().isEmpty() ? 0 : 1;
    }

    private List<String> scenarios() {
        Pattern pattern = Main.pattern(spec, only);
        List<String> chosen = Simulation.names().stream().filter(pattern.asPredicate()).toList();
        if (chosen.isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "--only matches no scenario, --only=" + only + ", scenarios are " + Simulation.names());
        }
        return chosen;
    }

    private void explore(Simulation simulation) {
        int told = 0;
        try (Progress progress = new Progress(spec.commandLine().getErr())) {
            while (!budget.isOver() && simulation.schedules() < schedules && simulation.hasNext()) {
                simulation.round(budget.seed(), schedules - simulation.schedules(), () -> {
                    progress.at(where(simulation));
                    return budget.isOver();
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
        return "stress sim: " + simulation.schedules() + " schedules, " + simulation.kills() + " kills, "
                + simulation.violations().size() + " violations, " + budget.secondsLeft() + " s left, now "
                + simulation.now();
    }
}
