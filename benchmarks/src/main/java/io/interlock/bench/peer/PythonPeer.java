package io.interlock.bench.peer;

import io.interlock.bench.measure.Entrant;
import io.interlock.bench.measure.MissingPeerException;
import io.interlock.bench.measure.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer in Python. It starts its other processes itself, ends as soon as one of them does, and talks as
 * {@link Processes} says.
 *
 * @param name      as the report calls it
 * @param script    which of our scripts
 * @param laps      how its lap makes a figure
 * @param arguments of the script
 */
public record PythonPeer(String name, String script, Laps laps, List<String> arguments) implements Peer {

    private static final String PYTHON = "python3";

    @Override
    public Entrant enter(Path directory) throws IOException, InterruptedException, MissingPeerException {
        if (!NativeSource.isThere(PYTHON)) {
            throw new MissingPeerException("no Python (" + PYTHON + ")");
        }
        Path file = directory.resolve(script);
        try (InputStream in = PythonPeer.class.getResourceAsStream(script)) {
            Files.copy(in, file);
        }
        List<String> command = new ArrayList<>(List.of(PYTHON, file.toString()));
        command.addAll(arguments);
        return Processes.start(List.of(command), laps);
    }
}
