package io.interlock.stress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** PID namespaces, in which a process has another number, and does not see the others'. */
public final class Namespaces {

    private static final List<String> UNSHARE = List.of("unshare", "--pid", "--fork", "--kill-child");
    /** The shell is the first process of the namespace; the signals of the second one have their usual meaning. */
    private static final List<String> SHELL = List.of("sh", "-c", "\"$@\"; exit $?", "sh");
    private static final int PATIENCE_SECONDS = 10;

    private static Optional<String> whyNot;

    private Namespaces() {
    }

    /** Why there are none here; nothing if there are. Found out once. */
    public static synchronized Optional<String> whyNot() throws InterruptedException {
        if (whyNot == null) {
            whyNot = tryOne();
        }
        return whyNot;
    }

    private static Optional<String> tryOne() throws InterruptedException {
        List<String> command = new ArrayList<>(UNSHARE);
        command.add("true");
        try {
            Process process = Java.start(new ProcessBuilder(command).redirectErrorStream(true));
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Java.end(process);
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return ended && process.exitValue() == 0 ? Optional.empty() : Optional.of(said);
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The command that runs another one in a namespace of its own, and ends as that does. */
    public static List<String> of(List<String> command) {
        List<String> all = new ArrayList<>(UNSHARE);
        all.addAll(SHELL);
        all.addAll(command);
        return all;
    }
}
