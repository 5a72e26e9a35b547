package io.interlock.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the peers of a row work in turns, A B C A B C, so that whatever else goes on on the machine meets all of them.
 * All of them are there from the first round to the last one, and sleep while others work.
 */
public final class Contest {

    private final Path directory;
    private final Rounds most;

    /**
     * How often.
     *
     * @param warmUps rounds of which the figures are dropped
     * @param counted the others
     */
    public record Rounds(int warmUps, int counted) {

        /** All of them. */
        public int all() {
            return warmUps + counted;
        }

        /** These, or fewer. */
        public Rounds atMost(Rounds most) {
            return new Rounds(Math.min(warmUps, most.warmUps), Math.min(counted, most.counted));
        }
    }

    /** Is told what happens. */
    public interface Watcher {

        /** A peer is about to do this: to get ready, or a round. */
        void begins(Row row, Peer peer, String what);

        /** So much is done; a peer that is missing does all of its steps at once. */
        void ended(int steps);
    }

    /**
     * Prepares for rows.
     *
     * @param directory one in shared memory, where each peer gets one of its own
     * @param most      how often, at most; a row may want fewer rounds
     */
    public Contest(Path directory, Rounds most) {
        this.directory = directory;
        this.most = most;
    }

    /** How many steps there are in a row. */
    public static int steps(Row row, Rounds rounds) {
        return row.peers().size() * (1 + rounds.atMost(row.most()).all());
    }

    /** Does it. */
    public Result run(Row row, Watcher watcher) throws IOException, InterruptedException {
        Rounds rounds = most.atMost(row.most());
        Map<Peer, Entrant> entrants = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        try {
            for (Peer peer : row.peers()) {
                watcher.begins(row, peer, "gets ready");
                try {
                    entrants.put(peer, peer.enter(Files.createTempDirectory(directory, row.name() + "-")));
                    watcher.ended(1);
                } catch (MissingPeerException e) {
                    missing.put(peer.name(), e.getMessage());
                    watcher.ended(1 + rounds.all());
                }
            }
            return new Result(row, figures(row, rounds, entrants, watcher), missing);
        } finally {
            entrants.values().forEach(Entrant::close);
        }
    }

    private Map<String, List<Figure>> figures(Row row, Rounds rounds, Map<Peer, Entrant> entrants, Watcher watcher)
            throws IOException, InterruptedException {
        Map<String, List<Figure>> figures = new LinkedHashMap<>();
        for (int i = 0; i < rounds.all(); i++) {
            String what = i < rounds.warmUps() ? "warms up" : "round " + (i - rounds.warmUps() + 1);
            for (Map.Entry<Peer, Entrant> each : entrants.entrySet()) {
                watcher.begins(row, each.getKey(), what);
                Figure figure = each.getValue().round();
                if (i >= rounds.warmUps()) {
                    figures.computeIfAbsent(each.getKey().name(), name -> new ArrayList<>()).add(figure);
                }
                watcher.ended(1);
            }
        }
        return figures;
    }
}
