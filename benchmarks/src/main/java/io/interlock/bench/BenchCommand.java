package io.interlock.bench;

import io.interlock.bench.measure.Contest;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.peer.Jvm;
import io.interlock.bench.report.Machine;
import io.interlock.bench.report.Report;
import io.interlock.bench.report.Summary;
import io.interlock.bench.report.Table;
import io.interlock.bench.work.Rows;
import io.interlock.bench.work.Scale;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures rows, tells what came of each, and writes a report. */
@Command(name = "bench", sortOptions = false, usageHelpAutoWidth = true,
        description = "Measures Interlock and its peers side by side: the same work, in turns, on this machine. "
                + "Prints medians, minima and maxima, and the ratios that goals are about.",
        optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, whatever came out", "1:a peer failed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {"  ./interlock bench --list", "  ./interlock bench --quick",
            "  ./interlock bench --only '^queue' --out results"})
final class BenchCommand implements Callable<Integer> {

    private static final int MOST_ROUNDS = 1000;
    private static final String QUICK_NOTE = "A quick run, which only sees that everything runs: the figures mean "
            + "nothing.";

    @Option(names = "--list", description = "Only names the rows.")
    private boolean list;
    @Option(names = "--only", paramLabel = "REGEX", description = "Only rows of which a part of the name matches.")
    private String only = "";
    @Option(names = "--quick", description = "Only sees that everything runs: few, short rounds. The figures mean "
            + "nothing.")
    private boolean quick;
    @Option(names = "--rounds", paramLabel = "N", description = "How many rounds of each peer count (default: 9).")
    private Integer rounds;
    @Option(names = "--out", paramLabel = "DIR", description = "Writes performance.md, charts, and all figures "
            + "(bench.csv) there.")
    private Path out;
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        long begin = System.nanoTime();
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        List<Row> rows = rows(scale);
        PrintWriter said = spec.commandLine().getOut();
        if (list) {
            rows.forEach(row -> said.println(row.name() + ": " + row.title()));
            return 0;
        }
        Contest.Rounds counted = rounds(scale);
        makeOut();
        List<Result> results = new ArrayList<>();
        try {
            measure(rows, counted, results);
        } finally {
            // Also what was measured before a peer failed.
            if (out != null && !WorkDirectory.isEnding()) {
                report(counted).write(results, out);
            }
        }
        said.println(new Summary(results).line((System.nanoTime() - begin) / 1_000_000));
        return 0;
    }

    private List<Row> rows(Scale scale) {
        try {
            Pattern pattern = Pattern.compile(only);
            List<Row> all = Rows.all(scale);
            List<Row> chosen = all.stream().filter(row -> pattern.matcher(row.name()).find()).toList();
            if (chosen.isEmpty()) {
                throw wrong("--only matches no row, --only=" + only + ", rows are "
                        + all.stream().map(Row::name).toList());
            }
            return chosen;
        } catch (PatternSyntaxException e) {
            throw wrong("--only must be a regular expression: " + e.getDescription() + ", --only=" + only);
        }
    }

    private Contest.Rounds rounds(Scale scale) {
        if (rounds == null) {
            return scale.rounds();
        }
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw wrong("--rounds must be in [1, " + MOST_ROUNDS + "], --rounds=" + rounds);
        }
        return new Contest.Rounds(scale.rounds().warmUps(), rounds);
    }

    /** Before anything is measured, which may take an hour. */
    private void makeOut() {
        try {
            if (out != null) {
                Files.createDirectories(out);
            }
        } catch (IOException e) {
            throw wrong("--out must be a directory that can be made, --out=" + out);
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private void measure(List<Row> rows, Contest.Rounds counted, List<Result> results)
            throws IOException, InterruptedException {
        try (WorkDirectory directory = WorkDirectory.create(); Progress progress = Progress.of(rows, counted)) {
            Contest contest = new Contest(directory.path(), counted);
            for (Row row : rows) {
                Result result = contest.run(row, progress);
                results.add(result);
                progress.pause(() -> spec.commandLine().getOut().println(new Table(result)));
            }
        }
    }

    private Report report(Contest.Rounds counted) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Command", "`" + commandLine() + "`");
        facts.put("Rounds of each peer", counted.counted() + ", after " + counted.warmUps() + " that do not count");
        facts.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.putAll(Machine.facts());
        facts.put("Flags of all JVMs",
                Jvm.FLAGS.stream().filter(flag -> flag.startsWith("-X")).collect(Collectors.joining(" ", "`", "`")));
        return new Report(facts, quick ? List.of(QUICK_NOTE) : List.of(), spec.commandLine().getErr());
    }

    /** What repeats the run elsewhere, so without the name of a directory of this machine. */
    private String commandLine() {
        return "./interlock bench" + (only.isEmpty() ? "" : " --only '" + only + "'") + (quick ? " --quick" : "")
                + (rounds == null ? "" : " --rounds " + rounds) + " --out DIR";
    }
}
