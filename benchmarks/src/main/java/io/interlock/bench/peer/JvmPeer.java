package io.interlock.bench.peer;

import io.interlock.bench.measure.Entrant;
import io.interlock.bench.measure.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer in JVMs of its own.
 *
 * @param name       as the report calls it
 * @param parts      what each of them does, in the order in which they are started
 * @param laps       how their laps make a figure
 * @param operations how many there are in one round
 * @param flags      of the JVMs, beside those that all have
 * @param words      for the parts
 */
public record JvmPeer(String name, List<Class<? extends Part>> parts, Laps laps, long operations, List<String> flags,
        List<String> words) implements Peer {

    /** One whose parts need neither flags nor words. */
    public static JvmPeer of(String name, List<Class<? extends Part>> parts, Laps laps, long operations) {
        return new JvmPeer(name, parts, laps, operations, List.of(), List.of());
    }

    /** The same with words for its parts. */
    public JvmPeer withWords(String... others) {
        return new JvmPeer(name, parts, laps, operations, flags, List.of(others));
    }

    /** The same with flags for its JVMs. */
    public JvmPeer withFlags(List<String> others) {
        return new JvmPeer(name, parts, laps, operations, others, words);
    }

    @Override
    public Entrant enter(Path directory) throws IOException, InterruptedException {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part.Setting setting = new Part.Setting(directory, i, parts.size(), operations, words);
            commands.add(Jvm.command(PartMain.class, flags, PartMain.arguments(parts.get(i), setting)));
        }
        return Processes.start(commands, laps);
    }
}
