package io.interlock.stress.kill;

import java.nio.file.Path;

/**
 * Something that a process does while it is killed or stopped, and what the others must find then. One half runs in
 * that process ({@link #act}), the rest in the process that watches it: one object for each trial, in this order:
 * {@code prepare}, {@code meanwhile} if the other begins to wait, {@code look}, {@code whileStopped}, {@code after}.
 * Each of them throws if something is not as it must be.
 */
abstract class Deed {

    /** What came of the other process. */
    enum Fate {
        /** It was killed. */
        DIED,
        /** It did the deed to its end. */
        FINISHED
    }

    /** Makes what the deed needs. */
    abstract void prepare(Path path) throws Exception;

    /** Does it. */
    abstract void act(Path path, Stage stage) throws Exception;

    /** What another process does before, and is killed in: null if nothing. */
    Act before() {
        return null;
    }

    /** A half of a deed. */
    @FunctionalInterface
    interface Act {

        /** Does it. */
        void act(Path path, Stage stage) throws Exception;
    }

    /** The other one is going to sleep now: lets it have what it waits for. */
    void meanwhile() throws Exception {
    }

    /** The row to which a point in this stage belongs: one stage may be two rows, if only the watcher can tell. */
    String row(String stage) {
        return stage;
    }

    /** The other one stands still: sees what can be seen, and lets somebody wait if {@code early}. */
    void look(String stage, boolean early) throws Exception {
    }

    /** The other one is stopped: nobody may rob it. Says what the others see, or null if nothing was tried. */
    String whileStopped() throws Exception {
        return null;
    }

    /** The other one was killed a moment ago, or is done: what the others find. */
    abstract Finding after(Fate fate) throws Exception;

    /** Removes what was made. */
    abstract void close();

    /**
     * What the others found.
     *
     * @param seen         in the words of the crash matrix
     * @param wentOnNanos  the moment at which somebody had what the dead one had had; 0 if there was nothing to wait
     *                     for
     */
    record Finding(String seen, long wentOnNanos) {

        static Finding now(String seen) {
            return new Finding(seen, System.nanoTime());
        }
    }

    /** Fails unless it holds. */
    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
