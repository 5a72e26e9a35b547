package io.interlock.examples;

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

    /** Starts a class; {@code morePath} comes before the class path of the tests. */
    static Running start(Path segments, String morePath, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                "-Xms16m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Dinterlock.dir=" + segments, "-cp",
                morePath + System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("interlock-out", ".txt");
        Path err = Files.createTempFile("interlock-err", ".txt");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        return new Running(process, out, err);
    }
}
