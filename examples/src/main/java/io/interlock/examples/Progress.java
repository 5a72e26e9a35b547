package io.interlock.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells on standard error how far a task is: a bar on a terminal, a line at its start elsewhere, or nothing. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 79;

    private ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** Shows nothing. */
    static Progress none() {
        return new Progress(null);
    }

    /** Shows a task of {@code max} steps. */
    static Progress of(String task, long max) {
        if (!isTerminal()) {
            System.err.println("working: " + task);
            return none();
        }
        return new Progress(new ProgressBarBuilder().setTaskName(task).setInitialMax(max).setUpdateIntervalMillis(100)
                .setStyle(ProgressBarStyle.ASCII).hideEta().clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH)).build());
    }

    /** So many steps are done. */
    void at(long steps) {
        if (bar != null) {
            bar.stepTo(Math.min(steps, bar.getMax()));
        }
    }

    /** Takes the bar off the screen; closing twice is harmless. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** Whether standard error is a terminal; {@code System.console()} tells that of input and output only. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
