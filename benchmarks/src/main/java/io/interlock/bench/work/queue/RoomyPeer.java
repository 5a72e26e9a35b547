package io.interlock.bench.work.queue;

import io.interlock.bench.measure.Entrant;
import io.interlock.bench.measure.MissingPeerException;
import io.interlock.bench.measure.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A peer that needs more room in its directory than a small machine may have.
 *
 * @param peer       it
 * @param megabytes  how much
 */
record RoomyPeer(Peer peer, long megabytes) implements Peer {

    private static final int MEGABYTE_BITS = 20;

    @Override
    public String name() {
        return peer.name();
    }

    @Override
    public Entrant enter(Path directory) throws IOException, InterruptedException, MissingPeerException {
        if (Files.getFileStore(directory).getUsableSpace() >> MEGABYTE_BITS < megabytes) {
            throw new MissingPeerException("no " + megabytes + " MB of room in " + directory.getParent());
        }
        return peer.enter(directory);
    }
}
