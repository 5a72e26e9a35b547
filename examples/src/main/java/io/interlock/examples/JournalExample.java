package io.interlock.examples;

import io.interlock.examples.JournalUnderKills.Outcome;
import io.interlock.examples.ReadingJudge.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sensors append to a journal, a reader handles what they measure, and both survive being killed. */
@Command(name = "journal", description = "Two processes append the readings of a sensor each to a journal on the disk, "
        + "and a third one handles them. One of the two and the reader are killed (kill -9) while they work, and "
        + "started again. Nothing may be lost, and nothing appended twice; the reader may handle one reading twice, "
        + "that at which it was killed.")
final class JournalExample implements Callable<Integer> {

    private static final int MAX_READINGS = 5_000_000;
    /** From so many readings on, somebody who waits wants to see how far it is. */
    private static final int LONG_RUN = 100_000;

    @Option(names = "--readings", paramLabel = "N",
            description = "How many readings each sensor appends (default: ${DEFAULT-VALUE}).")
    int readings = 200_000;
    @Option(names = "--seed", paramLabel = "N", description = "Of the voltages (default: ${DEFAULT-VALUE}).")
    long seed = 1;
    @Option(names = "--dir", paramLabel = "DIR",
            description = "Where the journal is made; it stays there. By default it is in a directory of its own, in "
                    + "the temporary directory, and is removed at the end.")
    Path dir;
    @Option(names = "--kill", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Whether to kill, or nobody (default: --kill).")
    boolean kill;
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Checks.inRange(spec, "--readings", readings, 1, MAX_READINGS);
        ReadingPlan plan = new ReadingPlan(JournalUnderKills.SENSORS, readings, seed);
        JournalUnderKills run = new JournalUnderKills(plan, dir == null ? null : dir.toAbsolutePath(), kill);
        Outcome outcome;
        try (Progress bar = readings < LONG_RUN ? Progress.none() : Progress.of("journal", plan.size())) {
            outcome = run.run(bar);
        }
        outcome.kills().forEach(said -> spec.commandLine().getErr().println("journal: " + said));
        print(outcome);
        return outcome.holds() ? 0 : 1;
    }

    private void print(Outcome outcome) {
        PrintWriter out = spec.commandLine().getOut();
        Verdict verdict = outcome.verdict();
        if (dir != null) {
            out.println("journal-kept directory=" + dir + " messages=" + outcome.messages());
        }
        if (!outcome.holds()) {
            out.println("journal-wrong appended_again=" + verdict.appendedAgain() + " unplanned="
                    + verdict.unplanned() + " out_of_order=" + verdict.outOfOrder() + " unhandled="
                    + outcome.unhandled() + " reader_kills=" + outcome.readerKills());
        }
        out.println("journal appended=" + verdict.appended() + " read=" + verdict.read() + " lost=" + verdict.lost()
                + " duplicated=" + verdict.duplicated() + " elapsed_ms=" + outcome.elapsedMillis());
    }
}
