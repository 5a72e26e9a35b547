package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;
import io.interlock.memory.ring.Adding;
import io.interlock.memory.ring.Ring;
import io.interlock.memory.ring.Taking;

/** The steps of the shipped ring one by one, for the twins, which change their order or leave out the lock. */
final class RingSteps {

    private RingSteps() {
    }

    /** Adds a message; false if the queue was shut down. */
    static boolean add(Adding adding, Ring ring, int value) {
        int at = begin(adding);
        if (at < 0) {
            return false;
        }
        Messages.writeHeader(ring, at);
        Messages.writePayload(ring.mem(), at, value);
        adding.commit(Messages.UNITS, 1);
        return true;
    }

    /** Adds a message where there is room, but commits before it has written it. */
    static void addHastily(Adding adding, Ring ring, int value) {
        int at = begin(adding);
        Messages.writeHeader(ring, at);
        adding.commit(Messages.UNITS, 1);
        Messages.writePayload(ring.mem(), at, value);
    }

    /** Takes the oldest message, and says of which byte it is. */
    static int take(Taking taking, Mem mem) {
        int at = begin(taking);
        if (at < 0) {
            return Messages.NONE;
        }
        int value = Messages.valueAt(mem, at);
        taking.commit();
        return value;
    }

    /** The same, but commits before it has read the message. */
    static int takeHastily(Taking taking, Mem mem) {
        int at = begin(taking);
        if (at < 0) {
            return Messages.NONE;
        }
        taking.commit();
        return Messages.valueAt(mem, at);
    }

    private static int begin(Adding adding) {
        try {
            return adding.begin(Messages.UNITS, 1, 0, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }

    private static int begin(Taking taking) {
        try {
            return taking.begin(0, false);
        } catch (InterruptedException e) {
            throw new AssertionError("not interruptible", e);
        }
    }
}
