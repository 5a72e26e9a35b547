package io.interlock.stress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PID namespaces, in which the same process has another number, as in a container. */
public final class Namespaces {

    private static final List<String> PREFIX = List.of("unshare", "--pid", "--fork", "--kill-child");
    private static final int PATIENCE_SECONDS = 10;

    private Namespaces() {
    }

    /** Whether this process may make them: that takes a privilege, and the command {@code unshare}. */
    public static boolean areAllowed() {
        return Allowed.VALUE;
    }

    /** What to put before a command to give it one; empty where that is not allowed. */
    public static List<String> prefix() {
        return areAllowed() ? PREFIX : List.of();
    }

    /** Asked once. */
    private static final class Allowed {

        static final boolean VALUE = ask();

        private Allowed() {
        }

        private static boolean ask() {
            try {
                List<String> command = new ArrayList<>(PREFIX);
                command.add("true");
                Process process = Java.start(new ProcessBuilder(command).redirectErrorStream(true));
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                Java.end(process);
                return ended && process.exitValue() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
