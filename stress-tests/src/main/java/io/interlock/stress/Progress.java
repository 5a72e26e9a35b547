package io.interlock.stress;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Where a long run is, on standard error: a line that is written over on a terminal, a line now and then elsewhere. */
final class Progress implements AutoCloseable {

    private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int WIDTH = 79;

    private final PrintWriter err;
    private final boolean terminal;
    private final long period;
    private long last;

    Progress(PrintWriter err) {
        this.err = err;
        this.terminal = isTerminal();
        this.period = terminal ? TERMINAL_NANOS : LOG_NANOS;
        this.last = System.nanoTime() - TERMINAL_NANOS;
    }

    /** Says where the run is, unless that was said just now. */
    void at(String where) {
        long now = System.nanoTime();
        if (now - last >= period) {
            last = now;
            show(where);
        }
    }

    /** Says something that must not be written over. */
    void say(String line) {
        close();
        err.println(line);
    }

    @Override
    public void close() {
        if (terminal) {
            err.print("\r" + " ".repeat(WIDTH) + "\r");
            err.flush();
        }
    }

    private void show(String where) {
        if (terminal) {
            String line = where.length() > WIDTH ? where.substring(0, WIDTH) : where;
            err.print("\r" + line + " ".repeat(WIDTH - line.length()));
            err.flush();
        } else {
            err.println(where);
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
