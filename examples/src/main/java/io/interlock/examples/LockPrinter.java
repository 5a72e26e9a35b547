package io.interlock.examples;

import io.interlock.core.Segment;
import io.interlock.sync.IpcLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Processes print a line each, letter by letter, to one output. The lock keeps the lines whole. */
@Command(name = "lock-printer", description = "Processes print a line each, letter by letter, into one file; a lock "
        + "keeps the lines whole.")
final class LockPrinter implements Callable<Integer> {

    @Option(names = "--processes", paramLabel = "N", description = "How many processes (default: ${DEFAULT-VALUE}).")
    private int processes = 10;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Checks.inRange(spec, "--processes", processes, 1, Checks.MAX_PROCESSES);
        Path output = Files.createTempFile("interlock-lock-printer", ".txt");
        try (Segment segment = Segment.temporary(); Workers workers = new Workers(segment)) {
            IpcLock.create(segment, "lock");
            workers.appendOutputTo(output.toFile());
            for (int i = 0; i < processes; i++) {
                workers.start("lock-printer", i);
            }
            workers.run(() -> {});
            return judge(Files.readAllLines(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private int judge(List<String> lines) {
        int torn = torn(lines, processes);
        lines.forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().println("lock-printer lines=" + lines.size() + " torn=" + torn);
        return torn == 0 && lines.size() == processes ? 0 : 1;
    }

    /** How many lines are not one of those that were to be printed, or come again. */
    static int torn(List<String> lines, int processes) {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < processes; i++) {
            expected.add(line(i));
        }
        return (int) lines.stream().filter(line -> !expected.remove(line)).count();
    }

    static String line(int process) {
        return "process " + process + " prints this line";
    }

    /** One process. */
    static void print(Segment segment, List<String> arguments) throws InterruptedException {
        IpcLock lock = IpcLock.open(segment, "lock");
        String line = line(Integer.parseInt(arguments.get(0))) + "\n";
        StartLine.await(segment);
        try (var held = lock.hold()) {
            for (char letter : line.toCharArray()) {
                System.out.print(letter);
                System.out.flush();
            }
        }
    }
}
