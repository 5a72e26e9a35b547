package io.interlock.stress.kill;

import io.interlock.core.port.Mem;
import io.interlock.core.robust.RobustWord;
import java.io.IOException;

/** A process that writes a generation into its lock words that is not its own: somebody who cannot be seen to live. */
final class NamelessActor {

    private NamelessActor() {
    }

    public static void main(String[] args) throws IOException {
        Actor.serve(Nameless::new);
    }

    /** Changes the owner in words that become owned. */
    private static final class Nameless extends WatchedMem {

        private static final long GENERATION = 1L << 13;

        Nameless(Mem mem, Points points) {
            super(mem, points);
        }

        @Override
        public boolean casLong(int offset, long expected, long update) {
            return super.casLong(offset, expected, nameless(expected, update));
        }

        @Override
        public boolean casLong(long place, long expected, long update) {
            return super.casLong(place, expected, nameless(expected, update));
        }

        private static long nameless(long expected, long update) {
            boolean becomesOwned = RobustWord.isFree(expected) && !RobustWord.isFree(update);
            return becomesOwned ? update ^ GENERATION : update;
        }
    }
}
