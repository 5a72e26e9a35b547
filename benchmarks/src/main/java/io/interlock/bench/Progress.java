package io.interlock.bench;

import io.interlock.bench.measure.Contest;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far the run is, on standard error: a bar with the time left on a terminal, a line for each row elsewhere. */
final class Progress implements Contest.Watcher, AutoCloseable {

    private static final int WIDTH = 110;
    /** The bar keeps its length, whatever is told behind it. */
    private static final int MESSAGE = 52;

    private final List<Row> rows;
    private final Contest.Rounds rounds;
    private final TimeLeft left;
    private final ProgressBar bar;
    private Row row;
    private long stepBegan;

    private Progress(List<Row> rows, Contest.Rounds rounds, boolean terminal) {
        this.rows = rows;
        this.rounds = rounds;
        long steps = rows.stream().mapToLong(each -> Contest.steps(each, rounds)).sum();
        left = new TimeLeft(steps);
        bar = !terminal ? null
                : new ProgressBarBuilder().setTaskName("bench").setInitialMax(steps).setUpdateIntervalMillis(200)
                        .setStyle(ProgressBarStyle.ASCII).clearDisplayOnFinish()
                        .setEtaFunction(state -> left.estimate())
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH)).build();
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

    private static String message(String text) {
        return String.format("%-" + MESSAGE + "." + MESSAGE + "s", text);
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
            System.err.print("\r" + " ".repeat(WIDTH) + "\r");
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

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
