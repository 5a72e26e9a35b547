package io.interlock.stress.kill;

import io.interlock.core.port.Mem;
import java.io.IOException;

/** A process whose memory loses the one store that says where a journal ends: a message whose index is given again. */
final class EndlessActor {

    private EndlessActor() {
    }

    public static void main(String[] args) throws IOException {
        Actor.serve(Endless::new);
    }

    /** Loses every long that is stored volatile at a place: the end of a journal, and nothing else. */
    private static final class Endless extends WatchedMem {

        private final Points points;

        Endless(Mem mem, Points points) {
            super(mem, points);
            this.points = points;
        }

        @Override
        public void putLongVolatile(long place, long value) {
            points.before("store", this, 0);
        }
    }
}
