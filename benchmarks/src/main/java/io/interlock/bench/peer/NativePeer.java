package io.interlock.bench.peer;

import io.interlock.bench.measure.Entrant;
import io.interlock.bench.measure.MissingPeerException;
import io.interlock.bench.measure.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer in C or C++, compiled on the spot. It starts its other processes itself, ends as soon as one of them does, and
 * talks as {@link Processes} says.
 *
 * @param name      as the report calls it
 * @param source    which of our programs
 * @param laps      how its lap makes a figure
 * @param arguments of the program
 */
public record NativePeer(String name, NativeSource source, Laps laps, List<String> arguments) implements Peer {

    @Override
    public Entrant enter(Path directory) throws IOException, InterruptedException, MissingPeerException {
        List<String> command = new ArrayList<>(List.of(source.compiled().toString()));
        command.addAll(arguments);
        return Processes.start(List.of(command), laps);
    }
}
