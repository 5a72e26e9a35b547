package io.interlock.bench.peer;

import io.interlock.bench.measure.Entrant;
import io.interlock.bench.measure.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of a peer. Each says {@code ready} when it is, and for each line {@code round} on its standard input
 * does its part of a round, and says its {@linkplain Lap lap}. It ends when its standard input does.
 */
final class Processes implements Entrant {

    private final List<LineProcess> processes = new ArrayList<>();
    private final Laps laps;

    private Processes(Laps laps) {
        this.laps = laps;
    }

    /** Starts them one after the other: the first one may make what the others open. */
    static Processes start(List<List<String>> commands, Laps laps) throws IOException, InterruptedException {
        Processes all = new Processes(laps);
        try {
            for (List<String> command : commands) {
                LineProcess process = LineProcess.start(command);
                all.processes.add(process);
                process.expect("ready");
            }
            return all;
        } catch (IOException | InterruptedException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    @Override
    public Figure round() throws IOException, InterruptedException {
        for (LineProcess process : processes) {
            process.tell("round");
        }
        List<Lap> done = new ArrayList<>();
        for (LineProcess process : processes) {
            done.add(process.expect("a lap", Lap::parse));
        }
        return laps.figure(done);
    }

    @Override
    public void close() {
        processes.forEach(LineProcess::close);
    }
}
