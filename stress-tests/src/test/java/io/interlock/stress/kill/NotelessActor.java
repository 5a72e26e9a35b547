package io.interlock.stress.kill;

import io.interlock.core.port.Mem;
import java.io.IOException;

/** A process whose memory loses the note that messages of a queue are on their way to a journal. */
final class NotelessActor {

    private NotelessActor() {
    }

    public static void main(String[] args) throws IOException {
        Actor.serve(Noteless::new);
    }

    /** Loses the note of a move to index 3. */
    private static final class Noteless extends WatchedMem {

        private static final long MOVE = 3 + 1;

        Noteless(Mem mem, Points points) {
            super(mem, points);
        }

        @Override
        public void putLongVolatile(int offset, long value) {
            super.putLongVolatile(offset, value == MOVE ? 0 : value);
        }
    }
}
