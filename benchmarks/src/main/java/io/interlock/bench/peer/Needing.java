package io.interlock.bench.peer;

import io.interlock.bench.measure.Entrant;
import io.interlock.bench.measure.MissingPeerException;
import io.interlock.bench.measure.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A peer that needs something of the machine.
 *
 * @param peer who works
 * @param need what it needs
 */
public record Needing(Peer peer, Need need) implements Peer {

    /** Something that a machine may not have. */
    @FunctionalInterface
    public interface Need {

        /**
         * Looks for it.
         *
         * @param directory that of the peer
         * @throws MissingPeerException if it is not there
         */
        void check(Path directory) throws IOException, MissingPeerException;
    }

    /** A peer that needs this file. */
    public static Peer file(Path file, Peer peer) {
        return new Needing(peer, directory -> {
            if (!Files.exists(file)) {
                throw new MissingPeerException("no " + file);
            }
        });
    }

    @Override
    public String name() {
        return peer.name();
    }

    @Override
    public Entrant enter(Path directory) throws IOException, InterruptedException, MissingPeerException {
        need.check(directory);
        return peer.enter(directory);
    }
}
