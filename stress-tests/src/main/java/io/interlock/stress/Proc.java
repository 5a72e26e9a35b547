package io.interlock.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processes and threads as {@code /proc} tells of them. It counts by the PID namespace of whoever has mounted it, so a
 * process in a namespace of its own has the number here that it has for the one that started it.
 */
public final class Proc {

    private static final Path ROOT = Path.of("/proc");

    private Proc() {
    }

    /** The number of this process. */
    public static String self() throws IOException {
        return Files.readSymbolicLink(ROOT.resolve("self")).toString();
    }

    /** The number of the calling thread. */
    public static String thread() throws IOException {
        return Files.readSymbolicLink(ROOT.resolve("thread-self")).getFileName().toString();
    }

    /** What is known of a process. */
    public static Path of(long pid) {
        return ROOT.resolve(Long.toString(pid));
    }

    /** What is known of a thread. */
    public static Path of(long pid, String thread) {
        return of(pid).resolve("task").resolve(thread);
    }

    /** What a process or thread does: {@code R} runs, {@code S} sleeps, {@code T} is stopped. */
    public static char state(Path task) throws IOException {
        String stat = Files.readString(task.resolve("stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }
}
