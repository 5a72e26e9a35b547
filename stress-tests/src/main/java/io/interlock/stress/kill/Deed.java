package io.interlock.stress.kill;

import java.nio.file.Path;

/**
 * Something that a process does while it is killed or stopped, and what the others must find then. One half runs in
 * that process ({@link #act}), the rest in the process that watches it: one object for each trial, in this order:
 * {@code prepare}, {@code meanwhile} once the other sleeps, {@code look}, {@code whileStopped}, {@code after}.
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

    /** The other one sleeps: lets it have what it waits for. */
    void meanwhile() throws Exception {
    }

    /** The row to which a point in this stage belongs: what follows a hash is for {@link #look} alone. */
    String row(String stage) {
        return stage.replaceFirst("#.*", "");
    }

    /**
     * Where the other one stands still.
     *
     * @param stage what it does
     * @param label the point
     * @param early whether somebody is to wait since before it is killed
     */
    record Where(String stage, String label, boolean early) {

        /** Whether the stage is this one, or begins like it. */
        boolean isIn(String begin) {
            return stage.startsWith(begin);
        }
    }

    /** The other one stands still: sees what can be seen. */
    void look(Where where) throws Exception {
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
     * @param seen   in the words of the crash matrix
     * @param waiter somebody who waited for what the dead one had; null if nobody had to
     */
    record Finding(String seen, Survivor<?> waiter) {
    }

    /** Fails unless it holds. */
    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
