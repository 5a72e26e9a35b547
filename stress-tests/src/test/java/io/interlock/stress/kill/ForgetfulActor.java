package io.interlock.stress.kill;

import io.interlock.core.port.Mem;
import java.io.IOException;

/** A process whose memory loses the one store with which a message becomes visible: a queue that loses items. */
final class ForgetfulActor {

    private ForgetfulActor() {
    }

    public static void main(String[] args) throws IOException {
        Actor.serve(Forgetful::new);
    }

    /** Loses every long that is stored with release: the tails and heads of rings, and nothing else. */
    private static final class Forgetful extends WatchedMem {

        private final Points points;

        Forgetful(Mem mem, Points points) {
            super(mem, points);
            this.points = points;
        }

        @Override
        public void putLongRelease(int offset, long value) {
            points.before("store", this, offset);
        }

        @Override
        public void putLongRelease(long place, long value) {
            points.before("store", this, 0);
        }
    }
}
