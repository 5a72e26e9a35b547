package io.interlock.stress;

import io.interlock.stress.fuzz.Fuzzer;
import io.interlock.stress.fuzz.Fuzzer.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Damages segment files at random and lets a process use them. */
@Command(name = "fuzz", description = "Damages copies of a good segment at random and lets one process open and use "
        + "each: it must find a clear exception or correct work. A crash, a hang, an undocumented exception and an "
        + "allocation beyond the size of the file are violations, told with the command that repeats the mutation.")
final class FuzzCommand implements Callable<Integer> {

    private static final long MAX_MUTATIONS = 1_000_000_000_000L;
    private static final long DEFAULT_MUTATIONS = 10_000;
    /** So many violations are told; the others are counted. */
    private static final int MOST_TOLD = 20;

    @Option(names = "--mutations", paramLabel = "N",
            description = "How many mutations to try (default: 10000, or no end with --seconds).")
    Long mutations;
    @Mixin
    Budget.Open budget;
    @Option(names = "--only-mutation", paramLabel = "N",
            description = "Tries the mutation of this number of the seed, and says what it was.")
    Long only;
    @Option(names = "--keep", paramLabel = "DIR",
            description = "Where to leave the files of violations (default: the directory for temporary files).")
    Path keep = Path.of(System.getProperty("java.io.tmpdir"));
    @Spec
    CommandSpec spec;

    private long rounds;
    private long refused;
    private long recoveries;
    private long violations;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        budget.start();
        spec.commandLine().getOut().println("stress fuzz seed=" + budget.seed());
        try (Progress progress = new Progress(spec.commandLine().getErr()); Fuzzer fuzzer = new Fuzzer(budget.seed())) {
            if (only == null) {
                control(fuzzer, progress);
            }
            fuzzer.run(first(), end(), budget::isOver, (number, outcome) -> count(fuzzer, number, outcome, progress));
            spec.commandLine().getOut().println("stress fuzz rounds=" + rounds + " refused=" + refused + " worked="
                    + (rounds - refused) + " kills=" + fuzzer.kills() + " recoveries=" + recoveries + " violations="
                    + violations + " elapsed_ms=" + budget.elapsedMillis());
        }
        return violations == 0 ? 0 : 1;
    }

    private void check() {
        if (mutations != null) {
            Main.checkRange(spec, "--mutations", mutations, 1, MAX_MUTATIONS);
        }
        if (only != null) {
            Main.checkRange(spec, "--only-mutation", only, 0, MAX_MUTATIONS);
        }
    }

    private long first() {
        return only != null ? only : 0;
    }

    private long end() {
        if (only != null) {
            return only + 1;
        }
        return mutations != null ? mutations : budget.seconds() != null ? MAX_MUTATIONS : DEFAULT_MUTATIONS;
    }

    /** A victim that refuses the good segment would make every mutation look refused. */
    private void control(Fuzzer fuzzer, Progress progress) throws IOException, InterruptedException {
        for (Outcome outcome : fuzzer.control()) {
            recoveries += outcome.recoveries();
            if (!outcome.refusals().isEmpty() || !outcome.violations().isEmpty()) {
                violations++;
                progress.say("violation with the good segment, " + outcome.description() + ": "
                        + outcome.violations() + ", refused: " + outcome.refusals());
            }
        }
    }

    private void count(Fuzzer fuzzer, long number, Outcome outcome, Progress progress) throws IOException {
        progress.at(where());
        rounds++;
        refused += outcome.refusals().isEmpty() ? 0 : 1;
        recoveries += outcome.recoveries();
        if (only != null) {
            progress.say("mutation " + number + ", " + outcome.description());
            outcome.refusals().forEach(refusal -> progress.say("refused: " + refusal));
        }
        if (!outcome.violations().isEmpty()) {
            violations++;
            tell(fuzzer, number, outcome, progress);
        }
    }

    private void tell(Fuzzer fuzzer, long number, Outcome outcome, Progress progress) throws IOException {
        if (violations > MOST_TOLD) {
            return;
        }
        progress.say("violation in mutation " + number + ": " + String.join(" | ", outcome.violations()) + "; "
                + outcome.description() + "; the file is " + fuzzer.keep(number, keep)
                + "; repeat it with: ./interlock stress fuzz --seed " + budget.seed() + " --only-mutation " + number);
    }

    private String where() {
        long elapsed = Math.max(1, budget.elapsedMillis());
        return "stress fuzz: " + rounds + " mutations, " + refused + " refused, " + violations + " violations, "
                + rounds * 1000 / elapsed + " each second";
    }
}
