package io.interlock.stress.matrix;

import io.interlock.stress.Times;
import io.interlock.stress.kill.Row;
import io.interlock.stress.kill.Takeover;
import io.interlock.stress.kill.Trials;
import io.interlock.stress.load.Load;
import io.interlock.stress.load.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was seen when processes were killed and stopped, as a page of Markdown. */
public final class CrashMatrix {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final String NONE = "";
    private static final int LINE = 120;

    private final StringBuilder page = new StringBuilder();

    /** Begins the page. */
    public CrashMatrix(String command, long seed) {
        page.append("# Crash matrix\n\n");
        paragraph("What the others see when a process is killed (SIGKILL) or stopped (SIGSTOP) at whatever point. This "
                + "page was written by `" + command + "` with seed " + seed + ", on " + machine() + ". Every number is "
                + "of that run; what it does is told in [the stress suite](stress.md).");
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors (" + System.getProperty("os.arch") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version").replaceFirst("-.*", "")
                + ", JDK " + System.getProperty("java.version") + ")";
    }

    /** Killed, row by row. */
    public CrashMatrix killed(Trials trials, PythonColumn python) {
        section("Killed", "A process stood still between two changes that it makes to shared memory, asleep, or before "
                + "a sleep or a wake-up, and was killed there. There are " + trials.cases() + " pairs of such a point "
                + "and a way to be killed or stopped; " + trials.reached() + " trials came to their point. The times "
                + "are from the signal until somebody had what the dead one had had, or was about to give, who slept "
                + "for it since before; the kernel's own work at the end of a process is in them. "
                + python.described(),
                List.of("killed while", "others", "median", "longest", "killed there", "Python's `multiprocessing`"),
                rows(trials, (id, title, row) -> row.killed() == 0 ? null
                        : List.of(title, row.afterDeath(), millis(row.times().medianNanos()),
                                millis(row.times().maxNanos()), Integer.toString(row.killed()), python.of(id))));
        return this;
    }

    /** Stopped, row by row. */
    public CrashMatrix stopped(Trials trials, PythonColumn python) {
        section("Stopped, not dead", "A stopped process keeps what it has, however long; afterwards it went on and "
                + "finished, or was killed.",
                List.of("stopped while", "others", "stopped there", "Python's `multiprocessing`"),
                rows(trials, (id, title, row) -> row.stopped() == 0 ? null
                        : List.of(title, row.whileStopped(), Integer.toString(row.stopped()),
                                python.of("stopped-" + id))));
        return this;
    }

    /** What is said of one row of the kill suite; null for nothing. */
    @FunctionalInterface
    private interface Line {

        List<String> of(String id, String title, Row row);
    }

    private static List<List<String>> rows(Trials trials, Line line) {
        List<List<String>> lines = new ArrayList<>();
        Map<String, Row> rows = trials.rows();
        Trials.titles().forEach((id, title) -> {
            List<String> said = rows.containsKey(id) ? line.of(id, title, rows.get(id)) : null;
            if (said != null) {
                lines.add(said);
            }
        });
        return lines;
    }

    /** How soon. */
    public CrashMatrix takeover(Takeover takeover) {
        section("How soon a dead owner's lock is taken over",
                "From the signal. Nothing else of this run went on meanwhile; the kill "
                        + "came at a random moment of the sleeper's slice of 50 ms.",
                List.of("until", "median", "longest", "tried"),
                Arrays.stream(Takeover.What.values()).filter(what -> takeover.times(what).count() > 0)
                        .map(what -> timed(what, takeover.times(what))).toList());
        return this;
    }

    private static List<String> timed(Takeover.What what, Times times) {
        return List.of(what.title(), millis(times.medianNanos()), millis(times.maxNanos()),
                Integer.toString(times.count()));
    }

    /** Under load. */
    public CrashMatrix load(Map<Workload, Load.Stats> load) {
        section("At random, under load", "Two to four workers were killed, stopped and replaced at random moments; "
                + "every operation was logged, and the whole history judged. The times are until every survivor had "
                + "finished an operation that it began after the kill; kills are without time if a survivor was killed "
                + "before that, or somebody was stopped.",
                List.of("work", "rounds", "killed", "without time", "taken over", "median", "longest"),
                load.entrySet().stream().filter(its -> its.getValue().rounds() > 0)
                        .map(its -> worked(its.getKey(), its.getValue())).toList());
        return this;
    }

    private static List<String> worked(Workload workload, Load.Stats stats) {
        return List.of(workload.name(), Integer.toString(stats.rounds()), Integer.toString(stats.kills()),
                Integer.toString(stats.unmeasured()), Long.toString(stats.recoveries()),
                millis(stats.recoveryTimes().medianNanos()), millis(stats.recoveryTimes().maxNanos()));
    }

    /** What the runs do not show. */
    public CrashMatrix notes() {
        page.append("""

                ## Not in these runs

                - A thread that ends holding an `IpcRLock`, in a process that lives: its own process frees the lock
                  within about a second, and the next owner is told (`IpcRLockTest`).
                - A message that a claim is writing passes no crash point: it is killed before it and after it.
                - Creators in a directory in which a creator is stopped wait up to 30 s, and then say so
                  (`BirthLockIT`).
                """);
        return this;
    }

    /** Nothing, if nothing was tried. */
    private void section(String heading, String text, List<String> columns, List<List<String>> lines) {
        if (lines.isEmpty()) {
            return;
        }
        page.append("\n## ").append(heading).append("\n\n");
        paragraph(text);
        page.append('\n');
        line(columns);
        line(Collections.nCopies(columns.size(), "---"));
        lines.forEach(this::line);
    }

    /** In lines that people can read, too. */
    private void paragraph(String text) {
        int column = 0;
        for (String word : text.strip().split("\\s+")) {
            boolean fits = column + word.length() < LINE;
            if (column > 0) {
                page.append(fits ? ' ' : '\n');
            }
            page.append(word);
            column = (fits ? column : 0) + word.length() + 1;
        }
        page.append('\n');
    }

    private void line(List<String> cells) {
        page.append(cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ",
                " |\n")));
    }

    private static String millis(long nanos) {
        return nanos <= 0 ? NONE
                : String.format(Locale.ROOT, nanos < NANOS_PER_MILLI * 10 ? "%.1f ms" : "%.0f ms", nanos
                        / NANOS_PER_MILLI);
    }

    /** Writes the page. */
    public void write(Path file) throws IOException {
        Files.writeString(file, page);
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
