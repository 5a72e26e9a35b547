package io.interlock.stress.fuzz;

import io.interlock.stress.Failures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that opens and uses damaged files, one after the other. For each line {@code number patienceMillis path}
 * on its standard input it answers on its standard output: {@code refused TEXT} and {@code wrong TEXT}, any number of
 * them, then {@code done calls=N recoveries=N}; or {@code hang TEXT}, after which it has ended.
 */
public final class Victim {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int HANG_EXIT_CODE = 3;

    private final Use use;
    private final PrintStream out = System.out;
    private final Watch watch = new Watch(this::hang);
    private final Alarm alarm = new Alarm();

    /** What is done with a file. */
    @FunctionalInterface
    interface Use {

        /** Everything, or what a planted weakness does. */
        void of(Path path, long number, Calls calls);
    }

    private Victim(Use use) {
        this.use = use;
    }

    /** Serves until its standard input ends. */
    public static void main(String[] args) throws IOException {
        serve(SegmentCalls::all);
    }

    /** The same with another use. */
    static void serve(Use use) throws IOException {
        Victim victim = new Victim(use);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            victim.handle(Long.parseLong(words[0]), Long.parseLong(words[1]), Path.of(words[2]));
        }
    }

    private void handle(long number, long patienceMillis, Path path) throws IOException {
        watch.beginFile(patienceMillis);
        Calls calls = new Calls(watch, alarm, number, Files.size(path));
        use.of(path, number, calls);
        List<String> left = descriptors(path.getParent());
        calls.refusals().forEach(refusal -> out.println("refused " + Failures.inOneLine(refusal)));
        calls.wrong().forEach(wrong -> out.println("wrong " + Failures.inOneLine(wrong)));
        if (!left.isEmpty()) {
            out.println("wrong descriptors are left open: " + left);
        }
        out.println("done calls=" + calls.worked() + " recoveries=" + calls.recoveries());
        out.flush();
    }

    private void hang(String where) {
        out.println("hang " + where);
        out.flush();
        Runtime.getRuntime().halt(HANG_EXIT_CODE);
    }

    /** The files of a directory that are open. */
    private static List<String> descriptors(Path directory) throws IOException {
        List<String> open = new ArrayList<>();
        String[] numbers = DESCRIPTORS.toFile().list();
        for (String number : numbers == null ? new String[0] : numbers) {
            try {
                String file = Files.readSymbolicLink(DESCRIPTORS.resolve(number)).toString();
                if (file.startsWith(directory + "/")) {
                    open.add(file);
                }
            } catch (NoSuchFileException e) {
                continue; // the descriptor by which the directory was read
            }
        }
        return open;
    }
}
