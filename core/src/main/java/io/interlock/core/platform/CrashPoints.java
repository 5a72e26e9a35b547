package io.interlock.core.platform;

import io.interlock.core.port.Futex;
import io.interlock.core.port.Mem;

/**
 * Where a test can stop or kill this process: before each change of shared memory, each sleep and each wake-up, and at
 * the named steps of a file's birth and removal. Off unless the JVM was started with
 * {@code -Dinterlock.crashPoints=true}.
 */
public final class CrashPoints {

    /* Design.
     *
     * The algorithms have no crash points in them: all that they do to shared memory goes through the ports, so the
     * ports are where every one of their steps can be seen. A test wraps them; a label is then the name that a layout
     * gives to the word. Only what is done to files passes no port, and has points of its own, on paths where nobody
     * counts nanoseconds.
     *
     * Off is free: ON is a constant of the compiled code, so at() is nothing, and the Mem that is handed out is the
     * shipped one itself, the only one that is ever loaded.
     */

    private static final String PROPERTY = "interlock.crashPoints";
    private static final boolean ON = Boolean.getBoolean(PROPERTY);

    private static volatile Watcher watcher;

    private CrashPoints() {
    }

    /** What a test makes of the points. */
    public interface Watcher {

        /** Called in the thread that has come to a step of a file's life. */
        void at(String point);

        /** The same memory, watched. */
        Mem around(Mem mem);

        /** The same futexes, watched. */
        Futex around(Futex futex, Mem mem);
    }

    /**
     * Watches all segments to which this process attaches from now on.
     *
     * @throws IllegalStateException if this JVM was not started for it
     */
    public static void watch(Watcher given) {
        if (!ON) {
            throw new IllegalStateException("crash points are off; start this JVM with -D" + PROPERTY + "=true");
        }
        watcher = given;
    }

    /** A step of a file's life. */
    public static void at(String point) {
        if (ON) {
            reached(point);
        }
    }

    private static void reached(String point) {
        Watcher present = watcher;
        if (present != null) {
            present.at(point);
        }
    }

    /** Memory as the algorithms are to see it. */
    static Mem around(Mem mem) {
        return ON && watcher != null ? watcher.around(mem) : mem;
    }

    /** Futexes as the algorithms are to see them. */
    public static Futex around(Futex futex, Mem mem) {
        return ON && watcher != null ? watcher.around(futex, mem) : futex;
    }
}
