package io.interlock.stress.jcstress;

import io.interlock.sync.IpcSemaphore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Claim: of two participants that try for the only permit of an {@link io.interlock.sync.IpcSemaphore}, exactly one
 * gets it. SYNC semaphore.permit
 *
 * <pre>{@code ./interlock stress jcstress --only SemaphoreExclusion}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>one, two, permits</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>1, 0, 0 or 0, 1, 0</td><td>always</td><td>often</td><td>one got it</td></tr>
 * <tr><td>1, 1, 0</td><td>never</td><td>sometimes</td><td>both got it</td></tr>
 * </tbody>
 * </table>
 */
public final class SemaphoreExclusion {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(TwoMappings.LINE);

    private SemaphoreExclusion() {
    }

    /** The shipped semaphore. */
    @JCStressTest
    @Outcome(id = {"1, 0, 0", "0, 1, 0"}, expect = Expect.ACCEPTABLE, desc = "One got it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both got it, or none.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final IpcSemaphore left = Shipped.semaphore(FILE.left, place);
        private final IpcSemaphore right = Shipped.semaphore(FILE.right, place);

        public Real() {
            left.release();
        }

        @Actor
        public void one(III_Result r) {
            r.r1 = left.tryAcquire() ? 1 : 0;
        }

        @Actor
        public void two(III_Result r) {
            r.r2 = right.tryAcquire() ? 1 : 0;
        }

        @Arbiter
        public void count(III_Result r) {
            r.r3 = left.availablePermits();
        }
    }

    /** {@link WeakSemaphore}: looks, then acts. */
    @JCStressTest
    @Outcome(id = {"1, 0, 0", "0, 1, 0"}, expect = Expect.ACCEPTABLE, desc = "One got it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both got it, or none.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final WeakSemaphore left = new WeakSemaphore(FILE.left.mem, place);
        private final WeakSemaphore right = new WeakSemaphore(FILE.right.mem, place);

        public Twin() {
            left.release();
        }

        @Actor
        public void one(III_Result r) {
            r.r1 = left.tryAcquire() ? 1 : 0;
        }

        @Actor
        public void two(III_Result r) {
            r.r2 = right.tryAcquire() ? 1 : 0;
        }

        @Arbiter
        public void count(III_Result r) {
            r.r3 = left.availablePermits();
        }
    }
}
