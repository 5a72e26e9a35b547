package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.sync.IpcLock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Ten processes add to one number, with and without a lock. */
@Command(name = "counter", description = "Processes add to one shared number: without a lock updates are lost, "
        + "with one (or with an atomic operation) the result is exact. With a lock or an atomic operation each "
        + "process first rehearses on another number, without one it does not; elapsed_ms is from when all are ready "
        + "until the last is done.")
final class Counter implements Callable<Integer> {

    private static final int MAX_INCREMENTS = 1_000_000_000;

    private static final String NUMBER = "counter";
    private static final String LOCK = "lock";
    /** In front of the names of what is rehearsed on. */
    private static final String REHEARSED = "rehearsed-";
    /** How often, and with how many additions, every process rehearses: enough for its compiler. */
    private static final int REHEARSALS = 200;
    private static final int REHEARSED_INCREMENTS = 1000;
    /** Who has little to do rehearses little: each time no more than a tenth of it. */
    private static final int TENTH = 10;

    /** How a worker adds one. */
    enum Mode {
        /** Reads and writes, and hopes. */
        UNLOCKED,
        /** Under an {@link IpcLock}. */
        LOCK,
        /** Under the number's own lock, which is recursive. */
        RLOCK,
        /** By one atomic operation. */
        ATOMIC;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What came of a mode.
     *
     * @param expected      number of additions
     * @param actual        the number afterwards
     * @param elapsedMillis from when all processes are ready until the last has done its additions
     */
    record Result(Mode mode, long expected, long actual, long elapsedMillis) {

        long lost() {
            return expected - actual;
        }

        boolean isExact() {
            return actual == expected;
        }
    }

    /** What {@code --mode} says. */
    enum Choice {
        UNLOCKED, LOCK, RLOCK, ATOMIC, ALL;

        List<Mode> modes() {
            return this == ALL ? List.of(Mode.values()) : List.of(Mode.valueOf(name()));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--processes", paramLabel = "N", description = "How many processes (default: ${DEFAULT-VALUE}).")
    int processes = 10;
    @Option(names = "--increments", paramLabel = "N",
            description = "How often each adds one (default: ${DEFAULT-VALUE}).")
    int increments = 100_000;
    @Option(names = "--mode", paramLabel = "MODE", converter = Choices.Mode.class,
            description = "unlocked, lock, rlock, atomic, or all (default: all); with --kill, rlock or lock (default: "
                    + "rlock).")
    Choice choice;
    @Option(names = "--kill", paramLabel = "N",
            description = "Kills N of the processes (kill -9) while they count, in the middle of an addition if "
                    + "possible. The next owner of the lock is told and repairs the number; the others go on. Nobody "
                    + "rehearses, and elapsed_ms includes the kills. For the modes rlock and lock.")
    Integer kills;
    @Spec
    CommandSpec spec;
    BiFunction<String, Long, Progress> progress = (task, steps) -> Progress.none();

    @Override
    public Integer call() throws InterruptedException {
        Checks.inRange(spec, "--processes", processes, 1, Checks.MAX_PROCESSES);
        Checks.inRange(spec, "--increments", increments, 1, MAX_INCREMENTS);
        if (choice == null) {
            choice = kills == null ? Choice.ALL : Choice.RLOCK;
        }
        if (kills != null) {
            checkKills();
        }
        return judge(choice.modes());
    }

    private void checkKills() {
        Checks.inRange(spec, "--kill", kills, 0, processes - 1);
        if (choice != Choice.RLOCK && choice != Choice.LOCK) {
            throw new ParameterException(spec.commandLine(),
                    "--kill needs a lock that is taken over from the dead: --mode rlock or lock, --mode=" + choice);
        }
    }

    private int judge(List<Mode> modes) throws InterruptedException {
        int exact = 0;
        int judged = 0;
        long unlockedLost = 0;
        for (Mode mode : modes) {
            Result result = kills == null ? run(mode) : runUnderKills(mode);
            if (mode == Mode.UNLOCKED) {
                unlockedLost = result.lost();
            } else {
                judged++;
                exact += result.isExact() ? 1 : 0;
            }
        }
        spec.commandLine().getOut().println("counter-summary modes=" + modes.size() + " exact=" + exact
                + " unlocked_lost=" + unlockedLost);
        return exact == judged ? 0 : 1;
    }

    private Result run(Mode mode) throws InterruptedException {
        long expected = (long) processes * increments;
        try (Segment segment = Segment.temporary();
                Workers workers = new Workers(segment);
                Progress bar = progress.apply("counter " + mode, expected)) {
            IpcLong counter = IpcLong.create(segment, NUMBER, 0);
            IpcLock.create(segment, LOCK);
            IpcLong.create(segment, REHEARSED + NUMBER, 0);
            IpcLock.create(segment, REHEARSED + LOCK);
            for (int i = 0; i < processes; i++) {
                workers.start("counter", mode.name(), increments);
            }
            long elapsedMillis = workers.run(() -> bar.at(counter.get()));
            bar.close();
            Result result = new Result(mode, expected, counter.get(), elapsedMillis);
            print(result, "");
            return result;
        }
    }

    private Result runUnderKills(Mode mode) throws InterruptedException {
        CounterUnderKills.Outcome outcome =
                new CounterUnderKills(mode, processes, increments, kills, spec.commandLine().getErr()).run();
        print(outcome.result(), " killed=" + outcome.killed() + " recoveries=" + outcome.recoveries());
        return outcome.result();
    }

    private void print(Result result, String more) {
        spec.commandLine().getOut().println("counter mode=" + result.mode() + " processes=" + processes
                + " increments=" + increments + " expected=" + result.expected() + " actual=" + result.actual()
                + " lost=" + result.lost() + " elapsed_ms=" + result.elapsedMillis() + more);
    }

    /** One process. */
    static void count(Segment segment, List<String> arguments) throws InterruptedException {
        Mode mode = Mode.valueOf(arguments.get(0));
        int increments = Integer.parseInt(arguments.get(1));
        IpcLong counter = IpcLong.open(segment, NUMBER);
        IpcLock lock = IpcLock.open(segment, LOCK);
        if (mode != Mode.UNLOCKED) {
            rehearse(segment, mode, increments);
        }
        StartLine.await(segment);
        add(mode, counter, lock, increments);
    }

    /**
     * Does the same without an audience, so that the clock does not tell how long the compiler takes. All processes
     * rehearse on one number: who never meets another one has nothing compiled for waiting. Not for
     * {@link Mode#UNLOCKED}: compiled code is through with that in a millisecond, before the next process begins, and
     * then nothing is lost.
     */
    private static void rehearse(Segment segment, Mode mode, int increments) {
        IpcLong counter = IpcLong.open(segment, REHEARSED + NUMBER);
        IpcLock lock = IpcLock.open(segment, REHEARSED + LOCK);
        for (int round = 0; round < REHEARSALS; round++) {
            add(mode, counter, lock, Math.min(REHEARSED_INCREMENTS, increments / TENTH));
        }
    }

    private static void add(Mode mode, IpcLong counter, IpcLock lock, int times) {
        for (int i = 0; i < times; i++) {
            switch (mode) {
                case UNLOCKED -> counter.set(counter.get() + 1);
                case LOCK -> lock.run(() -> counter.set(counter.get() + 1));
                case RLOCK -> counter.getLock().run(() -> counter.set(counter.get() + 1));
                case ATOMIC -> counter.incrementAndGet();
            }
        }
    }
}
