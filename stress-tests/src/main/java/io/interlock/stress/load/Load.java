package io.interlock.stress.load;

import io.interlock.stress.Java;
import io.interlock.stress.Namespaces;
import io.interlock.stress.Tally;
import io.interlock.stress.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Random kills under load, round by round: each takes the next workload, a segment of its own, and two to four workers
 * that are killed, stopped and replaced at random moments. The choices follow from the seed, the moments at which they
 * have their effect are the machine's.
 */
public final class Load implements AutoCloseable {

    private static final int SPARES = 8;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Options options;
    private final Tally tally;
    private final Consumer<String> where;
    private final Map<Workload, Figures> figures = new LinkedHashMap<>();
    private final Optional<String> whyNoNamespaces;
    private final Path directory;
    private final Spares spares;
    private long rounds;

    /**
     * How to do it.
     *
     * @param seed           gives the same choices in the same order
     * @param workloads      one for each round, over and over
     * @param roundMillis    how long workers work in a round
     * @param patienceMillis a worker that does not get on for so long is a violation; the library promises to notice a
     *                       death within a second, the rest is for a busy machine
     * @param spares         how many started workers wait to replace others
     * @param keep           where segment and logs of violations are left; empty: nowhere
     */
    public record Options(long seed, List<Workload> workloads, long roundMillis, long patienceMillis,
            int spares, Optional<Path> keep) {

        /** All workloads, 3 s for each round, 10 s of patience, nothing is kept. */
        public static Options ofSeed(long seed) {
            return new Options(seed, Workloads.all(), 3000, 10_000, SPARES, Optional.empty());
        }

        /** The same with these workloads. */
        public Options withWorkloads(List<Workload> others) {
            return new Options(seed, others, roundMillis, patienceMillis, spares, keep);
        }

        /** The same with rounds of this length. */
        public Options withRoundMillis(long millis) {
            return new Options(seed, workloads, millis, patienceMillis, spares, keep);
        }

        /** The same with this patience. */
        public Options withPatienceMillis(long millis) {
            return new Options(seed, workloads, roundMillis, millis, spares, keep);
        }

        /** The same with so many spares: each costs its start, and whoever is killed needs one. */
        public Options withSpares(int count) {
            return new Options(seed, workloads, roundMillis, patienceMillis, count, keep);
        }

        /** The same with a directory in which violations are left. */
        public Options withKeep(Path path) {
            return new Options(seed, workloads, roundMillis, patienceMillis, spares, Optional.of(path));
        }
    }

    /**
     * What has been done with a workload.
     *
     * @param rounds        how many rounds
     * @param kills         how many workers were killed
     * @param recoveries    how often something was taken over from the dead
     * @param unmeasured    how many kills have no recovery time: a survivor was killed before it had got on, somebody
     *                      was stopped meanwhile, or nobody survived
     * @param recoveryTimes all others
     */
    public record Stats(int rounds, int kills, long recoveries, int unmeasured, Times recoveryTimes) {
    }

    /** The same, as it grows. */
    private static final class Figures {

        private int rounds;
        private int kills;
        private long recoveries;
        private int unmeasured;
        private final Times recoveryTimes = new Times();

        void add(KillRound.Outcome outcome) {
            rounds++;
            kills += outcome.kills();
            recoveries += outcome.recoveries();
            unmeasured += outcome.recoveryTimes().unmeasured();
            outcome.recoveryTimes().nanos().forEach(recoveryTimes::add);
        }

        Stats stats() {
            return new Stats(rounds, kills, recoveries, unmeasured, recoveryTimes);
        }
    }

    /**
     * Begins to start workers.
     *
     * @param tally is told what happens
     * @param where is told now and then where the run is
     */
    public Load(Options options, Tally tally, Consumer<String> where) throws IOException, InterruptedException {
        this.options = options;
        this.tally = tally;
        this.where = where;
        options.workloads().forEach(workload -> figures.put(workload, new Figures()));
        whyNoNamespaces = Namespaces.whyNot();
        directory = Java.sharedMemoryDirectory("interlock-load-spares-");
        WarmUp.create(directory);
        spares = new Spares(directory, options.spares(), whyNoNamespaces.isEmpty(), ClassData.archive(directory),
                random(-1));
    }

    /** Why no worker lives in a PID namespace of its own; empty if some do. */
    public Optional<String> whyNoNamespaces() {
        return whyNoNamespaces;
    }

    /** Runs the next round and judges it. */
    public void round() throws IOException, InterruptedException {
        long number = rounds;
        Workload workload = workload(number);
        Path keep = options.keep().map(path -> path.resolve("load-" + options.seed() + "-" + number)).orElse(null);
        where.accept(now());
        KillRound.Outcome outcome = new KillRound(
                workload, options, spares, random(number), () -> where.accept(now())).run(keep);
        rounds++;
        figures.get(workload).add(outcome);
        tally.addRound();
        for (int i = 0; i < outcome.kills(); i++) {
            tally.addKill();
        }
        tally.addRecoveries(outcome.recoveries());
        outcome.recoveryTimes().nanos().forEach(tally::recoveredAfter);
        outcome.wrong().forEach(text -> tally.violation("load, seed " + options.seed() + ", round " + number + ", "
                + workload.name() + ": " + text + (keep == null ? "" : "\n    segment and logs are in " + keep)));
    }

    private Workload workload(long number) {
        return options.workloads().get((int) (number % options.workloads().size()));
    }

    private SplittableRandom random(long number) {
        return new SplittableRandom(options.seed() ^ (number + 1) * GOLDEN);
    }

    /** Where the run is. */
    public String now() {
        return "round " + rounds + ", " + workload(rounds).name();
    }

    /** What has been done so far, in the order of the workloads. */
    public Map<Workload, Stats> stats() {
        Map<Workload, Stats> stats = new LinkedHashMap<>();
        figures.forEach((workload, its) -> stats.put(workload, its.stats()));
        return stats;
    }

    /** Ends the workers. */
    @Override
    public void close() {
        spares.close();
        Java.removeDirectory(directory);
    }
}
