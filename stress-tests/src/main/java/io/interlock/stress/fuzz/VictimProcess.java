package io.interlock.stress.fuzz;

import io.interlock.stress.Java;
import io.interlock.stress.LineProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A victim, seen from the process that gives it files. */
final class VictimProcess implements AutoCloseable {

    private static final List<String> FLAGS = List.of("-Xmx64m", "-Xss512k", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash", "-ea:io.interlock...");
    private static final String END = "(end of output)";
    /** The victim watches itself; this is for one that cannot any more. */
    private static final int PATIENCES = 15;
    private static final int MOST_NOISE = 20;

    private final LineProcess process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /**
     * What became of a file.
     *
     * @param calls      how many calls returned
     * @param recoveries how many of the dead were succeeded
     * @param refused    the library's own exceptions
     * @param wrong      what must not be
     * @param hung       a call did not end
     * @param ended      the victim is gone
     */
    record Answer(int calls, int recoveries, List<String> refused, List<String> wrong, boolean hung, boolean ended) {
    }

    /**
     * Starts one.
     *
     * @param mainClass what it runs
     * @param agrona    whether it sees the shared memory through Agrona's buffers, which allow words that are not
     *                  aligned, or through the JDK's handles, which do not
     * @param directory where the files are
     */
    VictimProcess(String mainClass, boolean agrona, Path directory) throws IOException {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("-Dinterlock.dir=" + directory);
        flags.add("-XX:ErrorFile=" + directory.resolve(".hs_err"));
        List<String> command = agrona ? Java.command(flags, mainClass, List.of())
                : Java.plainCommand(flags, mainClass, List.of());
        process = new LineProcess(command, lines::add, () -> lines.add(END));
    }

    /** Lets it use a file. */
    Answer use(long number, long patienceMillis, Path path) throws IOException, InterruptedException {
        List<String> refused = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<String> noise = new ArrayList<>();
        tell(number + " " + patienceMillis + " " + path);
        while (true) {
            String line = lines.poll(PATIENCES * patienceMillis, TimeUnit.MILLISECONDS);
            String word = line == null ? "" : line.replaceFirst(" .*", "");
            switch (word) {
                case "refused" -> refused.add(line.substring(word.length() + 1));
                case "wrong" -> wrong.add(line.substring(word.length() + 1));
                case "done" -> {
                    return new Answer(value(line, "calls"), value(line, "recoveries"), refused, wrong, false, false);
                }
                case "hang" -> {
                    wrong.add(line);
                    return new Answer(0, 0, refused, wrong, true, true);
                }
                default -> {
                    if (line == null || line.equals(END)) {
                        wrong.add(line == null ? "hang: no answer" : "the victim died: " + exit() + " " + noise);
                        return new Answer(0, 0, refused, wrong, line == null, true);
                    }
                    if (noise.size() < MOST_NOISE) {
                        noise.add(line);
                    }
                }
            }
        }
    }

    private void tell(String line) {
        try {
            process.tell(line);
        } catch (IOException e) {
            lines.add("cannot be told anything: " + e.getMessage());
            lines.add(END);
        }
    }

    private String exit() throws InterruptedException {
        return process.awaitEnd(1) ? "exit code " + process.exitValue() : "still there";
    }

    private static int value(String line, String name) {
        return Integer.parseInt(line.replaceFirst(".* " + name + "=(\\d+).*", "$1"));
    }

    /** Ends it. */
    @Override
    public void close() {
        process.close();
    }
}
