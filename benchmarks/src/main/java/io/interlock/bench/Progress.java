package io.interlock.bench;

import io.interlock.bench.measure.Contest;
import io.interlock.bench.measure.Peer;
import io.interlock.bench.measure.Row;
import io.interlock.bench.work.Scale;
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

    private final ProgressBar bar;
    private Row row;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(List<Row> rows, Scale scale) {
        long steps = rows.stream().mapToLong(row -> Contest.steps(row, scale.rounds())).sum();
        return new Progress(!isTerminal() ? null
                : new ProgressBarBuilder().setTaskName("bench").setInitialMax(steps).setUpdateIntervalMillis(200)
                        .setStyle(ProgressBarStyle.ASCII).clearDisplayOnFinish()
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH)).build());
    }

    @Override
    public void begins(Row present, Peer peer, String what) {
        if (bar != null) {
            bar.setExtraMessage(present.name() + ": " + peer.name() + " " + what);
        } else if (present != row) {
            System.err.println("measuring: " + present.name());
        }
        row = present;
    }

    @Override
    public void ended(int steps) {
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
