package io.interlock.stress.sim;

/**
 * Takes a process off the stack: it is not its turn any more, or it is dead. Until its program has been left, each of
 * its accesses throws this again, so that what {@code finally} blocks do reaches nobody.
 */
final class Unwind extends Error {

    static final Unwind NOW = new Unwind();

    private static final long serialVersionUID = 1;

    private Unwind() {
        super("unwind", null, false, false);
    }
}
