package io.interlock.stress.sim;

/**
 * What a virtual process does: straight calls of the library. It runs again from its beginning whenever it gets its
 * turn, fed with the results that it has had (see {@link Machine}). So it must do the same for the same results, and
 * keep everything that it tells the judge in {@link Ghosts}.
 */
@FunctionalInterface
interface Program {

    void run(VirtualProcess me) throws InterruptedException;
}
