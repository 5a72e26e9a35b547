package io.interlock.stress;

import io.interlock.stress.kill.Takeover;
import io.interlock.stress.kill.Trials;
import io.interlock.stress.load.Load;
import io.interlock.stress.load.Workload;
import io.interlock.stress.load.Workloads;
import io.interlock.stress.matrix.CrashMatrix;
import io.interlock.stress.matrix.PythonColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kills and stops real processes: at every crash point, at random under load, and to see how soon others go on. */
@Command(name = "kill", description = "Kills and stops real processes (SIGKILL, SIGSTOP): at every crash point of "
        + "every operation, at random while others work, and to measure how soon a dead owner's lock is taken over. "
        + "Survivors are judged after each kill, and whole histories after each round of work.")
final class KillCommand implements Callable<Integer> {

    private static final long MAX_KILLS = 1_000_000_000;
    private static final String TAKEOVER = "takeover";
    private static final int TAKEOVERS = 40;
    /** Of the time, for measuring takeovers. */
    private static final int TAKEOVER_PART = 10;
    private static final int LOADS_TO_TRIALS = 3;

    @Mixin
    final Budget.OfAMinute budget = new Budget.OfAMinute();
    @Option(names = "--kills", paramLabel = "N",
            description = "How many kills are enough (default: as many as there is time for).")
    long kills = MAX_KILLS;
    @Option(names = "--only", paramLabel = "REGEX", description = "Only operations and workloads of which a part of "
            + "the name matches; '" + TAKEOVER + "' is the measurement.")
    String only = "";
    @Option(names = "--keep", paramLabel = "DIR",
            description = "Where to leave segment and histories of violations under load (default: nowhere).")
    Path keep;
    @Option(names = "--matrix", paramLabel = "FILE", description = "Writes what was seen as a crash matrix (Markdown), "
            + "with Python's multiprocessing beside it if there is a python3.")
    Path matrix;
    @Spec
    CommandSpec spec;

    private final Tally tally = new Tally();
    private Progress progress;
    private long trialMillis;
    private long loadMillis;
    private int told;

    @Override
    public Integer call() throws Exception {
        Main.checkRange(spec, "--kills", kills, 1, MAX_KILLS);
        Pattern chosen = Main.pattern(spec, only);
        List<String> deeds = Trials.names().stream().filter(chosen.asPredicate()).toList();
        List<Workload> workloads = Workloads.all().stream().filter(each -> chosen.matcher(each.name()).find()).toList();
        boolean measures = chosen.matcher(TAKEOVER).find();
        if (deeds.isEmpty() && workloads.isEmpty() && !measures) {
            throw new ParameterException(spec.commandLine(), "--only matches nothing, --only=" + only + ", there are "
                    + Trials.names() + ", " + Workloads.all().stream().map(Workload::name).toList() + ", " + TAKEOVER);
        }
        budget.start();
        spec.commandLine().getOut().println("stress kill seed=" + budget.seed() + " seconds=" + budget.seconds());
        try (Progress shown = new Progress(spec.commandLine().getErr())) {
            progress = shown;
            run(deeds, workloads, measures);
        }
        spec.commandLine().getOut().println("stress kill " + tally + " slowest_recovery_ms="
                + TimeUnit.NANOSECONDS.toMillis(tally.slowestRecoveryNanos()) + " elapsed_ms="
                + budget.elapsedMillis());
        return tally.violations().isEmpty() ? 0 : 1;
    }

    private void run(List<String> deeds, List<Workload> workloads, boolean measures) throws Exception {
        try (Takeover takeover = new Takeover(budget.seed(), tally);
                Trials trials = new Trials(deeds, budget.seed(), tally)) {
            if (measures) {
                measure(takeover);
            }
            if (workloads.isEmpty()) {
                killAlone(trials);
                writeMatrix(trials, takeover, Map.of());
            } else {
                killUnderLoad(trials, takeover, workloads);
            }
        }
    }

    /** First, while nothing else runs. */
    private void measure(Takeover takeover) throws Exception {
        long limitMillis = budget.seconds() * 1000L / TAKEOVER_PART;
        for (int i = 0; i < TAKEOVERS && (i < 2 || budget.elapsedMillis() < limitMillis) && !isEnough(); i++) {
            progress.at(where(TAKEOVER));
            takeover.round();
        }
    }

    private void killAlone(Trials trials) throws IOException {
        while (trials.hasNext() && !isEnough()) {
            trial(trials);
        }
    }

    /** Trials and rounds under load, each for half of the time; once each case was tried, load has most of it. */
    private void killUnderLoad(Trials trials, Takeover takeover, List<Workload> workloads) throws Exception {
        Load.Options options = Load.Options.ofSeed(budget.seed()).withWorkloads(workloads);
        try (Load load = new Load(keep == null ? options : options.withKeep(keep), tally,
                now -> progress.at(where(now)))) {
            load.whyNoNamespaces().ifPresent(why -> progress.say("without PID namespaces: " + why));
            while (!isEnough()) {
                if (trials.hasNext() && trialMillis <= loadMillis / (trials.passes() == 0 ? 1 : LOADS_TO_TRIALS)) {
                    trial(trials);
                } else {
                    round(load);
                }
            }
            writeMatrix(trials, takeover, load.stats());
        }
    }

    private boolean isEnough() {
        return budget.isOver() || tally.kills() >= kills;
    }

    private void trial(Trials trials) throws IOException {
        long begin = budget.elapsedMillis();
        trials.round();
        trialMillis += budget.elapsedMillis() - begin;
        progress.at(where(trials.now()));
        tell();
    }

    private void round(Load load) throws IOException, InterruptedException {
        long begin = budget.elapsedMillis();
        load.round();
        loadMillis += budget.elapsedMillis() - begin;
        tell();
    }

    private void tell() {
        for (; told < tally.violations().size(); told++) {
            progress.say("violation: " + tally.violations().get(told) + "; its choices come again with --seed "
                    + budget.seed());
        }
    }

    private String where(String now) {
        return "stress kill: " + tally.rounds() + " rounds, " + tally.kills() + " kills, " + tally.recoveries()
                + " recoveries, slowest " + TimeUnit.NANOSECONDS.toMillis(tally.slowestRecoveryNanos()) + " ms, "
                + tally.violations().size() + " violations, " + budget.secondsLeft() + " s left, now " + now;
    }

    private void writeMatrix(Trials trials, Takeover takeover, Map<Workload, Load.Stats> load)
            throws IOException, InterruptedException {
        if (matrix != null) {
            PythonColumn python = PythonColumn.now();
            List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
            CrashMatrix page = new CrashMatrix("./interlock stress " + String.join(" ", arguments), budget.seed());
            page.killed(trials, python).stopped(trials, python).takeover(takeover).load(load).notes()
                    .write(matrix);
            progress.say("written: " + matrix);
        }
    }
}
