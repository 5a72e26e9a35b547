package io.interlock.bench.peer;

import io.interlock.bench.measure.Entrant;
import io.interlock.bench.measure.Figure;
import io.interlock.bench.measure.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program as it is: each round is a run of its own, in new JVMs. The figure is the time that the program tells as
 * {@code elapsed_ms=N}, in nanoseconds; it leaves out how long JVMs start.
 *
 * @param name      as the report calls it
 * @param program   its main class
 * @param arguments of its command line
 */
public record ProgramPeer(String name, Class<?> program, List<String> arguments) implements Peer {

    private static final Pattern TOLD = Pattern.compile("elapsed_ms=(\\d+)");

    @Override
    public Entrant enter(Path directory) {
        return new Runs(Jvm.command(program, List.of("-Dinterlock.dir=" + directory), arguments));
    }

    private record Runs(List<String> command) implements Entrant {

        @Override
        public Figure round() throws IOException, InterruptedException {
            try (LineProcess process = LineProcess.start(command)) {
                Matcher told = TOLD.matcher(process.next());
                while (!told.find()) {
                    told.reset(process.next());
                }
                process.awaitEnd();
                return Figure.of(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(told.group(1))));
            }
        }

        @Override
        public void close() {
            // Each round has ended its process.
        }
    }
}
