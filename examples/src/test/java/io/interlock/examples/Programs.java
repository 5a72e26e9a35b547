package io.interlock.examples;

import io.interlock.journal.IpcJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs as processes of their own and collects what they say. */
final class Programs {

    /** Longest run of a program that is all right. */
    private static final int SECONDS = 100;

    /**
     * What came of a program.
     *
     * @param exit exit code
     * @param out  its standard output, in lines
     * @param err  its standard error, in lines
     */
    record Outcome(int exit, List<String> out, List<String> err) {

        String lastLine() {
            return out.isEmpty() ? "" : out.get(out.size() - 1);
        }
    }

    /** A program that runs. */
    record Running(Process process, Path out, Path err) {

        Outcome await() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("still running: " + Files.readAllLines(out) + Files.readAllLines(err));
                }
                return new Outcome(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
            } finally {
                process.destroyForcibly();
                Files.delete(out);
                Files.delete(err);
            }
        }
    }

    private Programs() {
    }

    /** Runs a command line of the examples in a directory of segments. */
    static Outcome interlock(Path segments, String line) throws IOException, InterruptedException {
        return start(segments, "", Main.class.getName(), line.split(" ")).await();
    }

    /** The same for a command that uses a journal, with the flags that the manifest and the script give it. */
    static Outcome interlockWithJournal(Path segments, Path temporary, String line)
            throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(journalFlags());
        flags.add("-Djava.io.tmpdir=" + temporary);
        return start(flags, segments, null, "", Main.class.getName(), line.split(" ")).await();
    }

    /** What a JVM with a journal needs, and does not complain with. */
    static List<String> journalFlags() {
        List<String> flags = new ArrayList<>(IpcJournal.requiredFlags());
        if (Runtime.version().feature() >= 23) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /** Starts a class; {@code morePath} comes before the class path of the tests. */
    static Running start(Path segments, String morePath, String main, String... arguments) throws IOException {
        return start(List.of(), segments, null, morePath, main, arguments);
    }

    /** The same, in a JVM with more flags, and in a directory, or in that of the tests if null. */
    static Running start(List<String> flags, Path segments, Path where, String morePath, String main,
            String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                "-Xms16m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Dinterlock.dir=" + segments));
        command.addAll(flags);
        command.addAll(List.of("-cp", morePath + System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("interlock-out", ".txt");
        Path err = Files.createTempFile("interlock-err", ".txt");
        Process process = new ProcessBuilder(command).directory(where == null ? null : where.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        return new Running(process, out, err);
    }
}
