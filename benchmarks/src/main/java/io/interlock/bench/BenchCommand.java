package io.interlock.bench;

import io.interlock.bench.measure.Contest;
import io.interlock.bench.measure.Result;
import io.interlock.bench.measure.Row;
import io.interlock.bench.report.Csv;
import io.interlock.bench.report.Summary;
import io.interlock.bench.report.Table;
import io.interlock.bench.work.Rows;
import io.interlock.bench.work.Scale;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures rows, tells what came of each, and writes a report. */
@Command(name = "bench",
        description = "Measures Interlock and its peers side by side: the same work, in turns, on this "
                + "machine. Prints medians, minima and maxima, and ratios.", exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, whatever came out", "1:a peer failed", "2:wrong usage"})
final class BenchCommand implements Callable<Integer> {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;
    @Option(names = "--only", paramLabel = "REGEX", description = "Only rows of which a part of the name matches.")
    private String only = "";
    @Option(names = "--quick", description = "Only sees that everything runs: two short rounds. The figures mean "
            + "nothing.")
    private boolean quick;
    @Option(names = "--list", description = "Only names the rows.")
    private boolean list;
    @Option(names = "--out", paramLabel = "DIR", description = "Writes what came out there.")
    private Path out;
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
        List<Result> results = measure(rows, scale);
        if (out != null) {
            Files.createDirectories(out);
            Csv.write(results, out.resolve("bench.csv"));
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
                throw new ParameterException(spec.commandLine(), "--only matches no row, --only=" + only
                        + ", rows are " + all.stream().map(Row::name).toList());
            }
            return chosen;
        } catch (PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(),
                    "--only must be a regular expression: " + e.getDescription() + ", --only=" + only);
        }
    }

    private List<Result> measure(List<Row> rows, Scale scale) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        try (WorkDirectory directory = WorkDirectory.create(); Progress progress = Progress.of(rows, scale)) {
            Contest contest = new Contest(directory.path(), scale.rounds());
            for (Row row : rows) {
                Result result = contest.run(row, progress);
                results.add(result);
                progress.pause(() -> spec.commandLine().getOut().println(new Table(result)));
            }
        }
        return results;
    }
}
