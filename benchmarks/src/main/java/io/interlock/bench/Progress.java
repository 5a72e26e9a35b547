package io.interlock.bench;

import io.interlock.bench.measure.Contest;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far the run is, on standard error: a bar with the time left on a terminal, a line for each row elsewhere. */
final class Progress implements Contest.Watcher, AutoCloseable {

    private static final int MOST_COLUMNS = 120;
    private static final int USUAL_COLUMNS = 80;
    /** Of the bar, and the numbers around it. */
    private static final int COLUMNS_BEFORE_MESSAGE = 60;
    private static final int SHORTEST_MESSAGE = 12;
    private static final int PATIENCE_SECONDS = 2;

    private final List<Row> rows;
    private final Contest.Rounds rounds;
    private final TimeLeft left;
    private final ProgressBar bar;
    private final int columns;
    private Row row;
    private volatile long stepBegan = System.nanoTime();

    private Progress(List<Row> rows, Contest.Rounds rounds, boolean terminal) {
        this.rows = rows;
        this.rounds = rounds;
        long steps = rows.stream().mapToLong(each -> Contest.steps(each, rounds)).sum();
        left = new TimeLeft(steps);
        columns = terminal ? Math.min(columnsOfTerminal() - 1, MOST_COLUMNS) : 0;
        bar = !terminal ? null
                : new ProgressBarBuilder().setTaskName("bench").setInitialMax(steps).setUpdateIntervalMillis(200)
                        .setStyle(ProgressBarStyle.ASCII).clearDisplayOnFinish()
                        .setEtaFunction(state -> left.estimate(System.nanoTime() - stepBegan))
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, columns)).build();
    }

    static Progress of(List<Row> rows, Contest.Rounds rounds) {
        return new Progress(rows, rounds, isTerminal());
    }

    @Override
    public void begins(Row present, Peer peer, String what) {
        left.begins(present, Contest.steps(present, rounds));
        if (bar != null) {
            bar.setExtraMessage(message(present.name() + ", " + what + ": " + peer.name()));
        } else if (present != row) {
            System.err.println("measuring " + (rows.indexOf(present) + 1) + "/" + rows.size() + ": " + present.name());
        }
        row = present;
        stepBegan = System.nanoTime();
    }

    /** Always of the same length, and so is the bar before it. */
    private String message(String text) {
        int length = Math.max(SHORTEST_MESSAGE, columns - COLUMNS_BEFORE_MESSAGE);
        return String.format("%-" + length + "." + length + "s", text);
    }

    @Override
    public void ended(int steps) {
        if (steps == 1) {
            left.did(System.nanoTime() - stepBegan);
        } else {
            left.skipped(steps);
        }
        if (bar != null) {
            bar.stepBy(steps);
        }
    }

    /** Lets somebody write to the same terminal. */
    void pause(Runnable writing) {
        if (bar != null) {
            System.err.print("\r" + " ".repeat(columns) + "\r");
            System.err.flush();
        }
        writing.run();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** As the terminal itself says, which {@code stty} asks. */
    private static int columnsOfTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
            if (stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                String[] words = new String(stty.getInputStream().readAllBytes()).strip().split(" ");
                return words.length == 2 && !words[1].equals("0") ? Integer.parseInt(words[1]) : USUAL_COLUMNS;
            }
            stty.destroyForcibly();
        } catch (IOException | NumberFormatException e) {
            // There is none, or it is no terminal of the usual kind.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return USUAL_COLUMNS;
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
