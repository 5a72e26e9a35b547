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

    /** Loses a move to index 3, intended and done. */
    private static final class Noteless extends WatchedMem {

        private static final long INTENDED = 3 + 1 << 1;
        private static final long APPENDED = INTENDED | 1;

        Noteless(Mem mem, Points points) {
            super(mem, points);
        }

        @Override
        public void putLongVolatile(int offset, long value) {
            super.putLongVolatile(offset, value == INTENDED || value == APPENDED ? 0 : value);
        }
    }
}
