package io.interlock.stress;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jcstress.infra.runners.TestList;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs jcstress in a JVM of its own and judges its results. */
@Command(name = "jcstress", description = "Runs the shipped primitives on two mappings of one file under jcstress. "
        + "They must pass; their weakened twins must be seen to fail. A test of the one kind that fails and a twin "
        + "that does not are violations.")
final class JcstressCommand implements Callable<Integer> {

    /** How hard to try. */
    enum Mode {
        /** A few minutes: the compilers do as they always do. */
        QUICK(1, 0, 1, 250, false),
        /**
         * A night. Each of the two actors is interpreted, or compiled by C1, or by C2: nine ways. The five of them with
         * C2 are tried three times more, with a C2 that orders what it may order by chance.
         */
        FULL(24, 3, 10, 1000, true);

        /** Forks for each test and each setting of biased locking, as jcstress plans them. */
        final int forks;
        final int randomForks;
        final int iterations;
        final int millis;
        final boolean split;

        Mode(int forks, int randomForks, int iterations, int millis, boolean split) {
            this.forks = forks;
            this.randomForks = randomForks;
            this.iterations = iterations;
            this.millis = millis;
            this.split = split;
        }

        /** The option by which jcstress takes flags for its forks: the one alone, or with those it finds useful. */
        String flagsOption() {
            return randomForks == 0 ? "-jvmArgs" : "-jvmArgsPrepend";
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Takes the words and nothing else. */
    static final class ModeWord implements ITypeConverter<Mode> {

        @Override
        public Mode convert(String word) {
            for (Mode mode : Mode.values()) {
                if (mode.toString().equals(word)) {
                    return mode;
                }
            }
            throw new TypeConversionException("must be quick or full, not '" + word + "'");
        }
    }

    private static final String JCSTRESS = "org.openjdk.jcstress.Main";
    private static final Pattern COUNTS =
            Pattern.compile("Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard");
    private static final int MAX_SECONDS = 86_400;
    /** What jcstress needs to look at the machine, and for the start and end of each fork. */
    private static final int START_MILLIS = 15_000;
    private static final int FORK_MILLIS = 1200;
    private static final int SHORTEST_MILLIS = 20;
    private static final int LAST_FEATURE_WITH_BIASED_LOCKING = 17;

    @Option(names = "--mode", paramLabel = "MODE", converter = ModeWord.class,
            description = "quick (a few minutes) or full (a night; default: ${DEFAULT-VALUE}).")
    Mode mode = Mode.QUICK;
    @Option(names = "--seconds", paramLabel = "N",
            description = "About how long it shall take, at 2 s or more for each run; changes how long tests run.")
    Integer seconds;
    @Option(names = "--only", paramLabel = "REGEX", description = "Only tests of which a part matches.")
    String only = "";
    @Option(names = "--report", paramLabel = "DIR", description = "Where to leave the HTML report and the raw results.")
    Path report;
    @Spec
    CommandSpec spec;

    private long begin;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds != null) {
            Main.checkRange(spec, "--seconds", seconds, 1, MAX_SECONDS);
        }
        List<String> tests = tests();
        begin = System.nanoTime();
        Path directory = report == null ? Java.temporaryDirectory("interlock-jcstress")
                : Files.createDirectories(report.toAbsolutePath());
        return judge(Verdict.read(run(directory, tests), tests));
    }

    private int judge(Verdict verdict) {
        for (String violation : verdict.violations()) {
            String name = violation.replaceFirst("^.*\\.(\\w+\\.\\w+): .*", "$1");
            spec.commandLine().getErr().println("violation: " + violation + "; repeat it with: ./interlock stress"
                    + " jcstress --mode " + mode + " --only " + name.replaceAll("\\..*", ""));
        }
        int violations = verdict.violations().size();
        spec.commandLine().getOut().println("stress jcstress rounds=" + verdict.runs() + " violations=" + violations
                + " elapsed_ms=" + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        return violations == 0 ? 0 : 1;
    }

    private List<String> tests() {
        Pattern pattern = Main.pattern(spec, only);
        Collection<String> all = TestList.tests();
        List<String> chosen = all.stream().filter(pattern.asPredicate()).sorted().toList();
        if (chosen.isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "--only matches no test, --only=" + only + ", tests are " + all);
        }
        return chosen;
    }

    /** Runs jcstress and returns its results file. */
    private Path run(Path directory, List<String> tests) throws IOException, InterruptedException {
        Process process = Java.start(
                new ProcessBuilder(Java.command(List.of("-Xmx256m"), JCSTRESS, arguments(tests)))
                        .directory(directory.toFile()).redirectErrorStream(true));
        try (BufferedReader lines = process.inputReader();
                Progress progress = new Progress(spec.commandLine().getErr())) {
            process.getOutputStream().close();
            List<String> tail = follow(lines, progress);
            process.waitFor();
            return results(directory, tail);
        } finally {
            Java.end(process);
        }
    }

    private List<String> arguments(List<String> tests) {
        String names = tests.stream().map(Pattern::quote).reduce((a, b) -> a + "|" + b).orElseThrow();
        return List.of("-t", "^(" + names + ")$", "-r", "report", "-c", "2", "-f", "1", "-fsm",
                "" + mode.randomForks, "-iters", "" + mode.iterations, "-time", "" + iterationMillis(tests.size()),
                "-sc", "" + mode.split, "-strideSize", "256", "-strideCount", "16", mode.flagsOption(),
                String.join(" ", Java.FLAGS) + " -Xmx256m -XX:+UseSerialGC");
    }

    private int iterationMillis(int tests) {
        if (seconds == null) {
            return mode.millis;
        }
        int configurations = Runtime.version().feature() <= LAST_FEATURE_WITH_BIASED_LOCKING ? 2 : 1;
        long forks = (long) tests * configurations * mode.forks;
        long perFork = (seconds * 1000L - START_MILLIS) / forks - FORK_MILLIS;
        return (int) Math.max(SHORTEST_MILLIS, perFork / mode.iterations);
    }

    /** Shows how far jcstress is, and returns the last lines that it printed. */
    private List<String> follow(BufferedReader lines, Progress progress) throws IOException {
        List<String> tail = new ArrayList<>();
        progress.at("stress jcstress: looking at the machine");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (tail.size() == 20) {
                tail.remove(0);
            }
            tail.add(line);
            Matcher counts = COUNTS.matcher(line);
            if (counts.find()) {
                progress.at("stress jcstress: " + done(counts) + " of " + counts.group(1) + " runs, "
                        + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s");
            }
        }
        return tail;
    }

    private static int done(Matcher counts) {
        int done = 0;
        for (int group = 2; group <= counts.groupCount(); group++) {
            done += Integer.parseInt(counts.group(group));
        }
        return done;
    }

    private static Path results(Path directory, List<String> tail) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".bin.gz")).max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("jcstress left no results: " + String.join(" / ", tail)));
        }
    }
}
