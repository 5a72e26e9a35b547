package io.interlock.stress.jcstress;

import io.interlock.sync.IpcSemaphore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Claim: an {@link io.interlock.sync.IpcSemaphore} neither makes nor loses permits. Two participants acquire the only
 * permit, waiting for it, and release it, three times; one permit is there afterwards. SYNC semaphore.permit
 *
 * <pre>{@code ./interlock stress jcstress --only SemaphoreConservation}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>permits</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>1</td><td>always</td><td>mostly</td><td>as many as before</td></tr>
 * <tr><td>2 or more</td><td>never</td><td>sometimes</td><td>one taken by both, released twice</td></tr>
 * <tr><td>0</td><td>never</td><td>sometimes</td><td>a release was overwritten</td></tr>
 * </tbody>
 * </table>
 */
public final class SemaphoreConservation {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(TwoMappings.LINE);
    private static final int TIMES = 3;

    private SemaphoreConservation() {
    }

    /** The shipped semaphore. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "As many as before.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A permit was made or lost.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final IpcSemaphore left = Shipped.semaphore(FILE.left, place);
        private final IpcSemaphore right = Shipped.semaphore(FILE.right, place);

        public Real() {
            left.release();
        }

        @Actor
        public void one() {
            for (int i = 0; i < TIMES; i++) {
                left.acquireUninterruptibly();
                left.release();
            }
        }

        @Actor
        public void two() {
            for (int i = 0; i < TIMES; i++) {
                right.acquireUninterruptibly();
                right.release();
            }
        }

        @Arbiter
        public void count(I_Result r) {
            r.r1 = left.availablePermits();
        }
    }

    /** {@link WeakSemaphore}: looks, then acts. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "As many as before.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A permit was made or lost.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final WeakSemaphore left = new WeakSemaphore(FILE.left.mem, place);
        private final WeakSemaphore right = new WeakSemaphore(FILE.right.mem, place);

        public Twin() {
            left.release();
        }

        @Actor
        public void one() {
            for (int i = 0; i < TIMES; i++) {
                left.acquire();
                left.release();
            }
        }

        @Actor
        public void two() {
            for (int i = 0; i < TIMES; i++) {
                right.acquire();
                right.release();
            }
        }

        @Arbiter
        public void count(I_Result r) {
            r.r1 = left.availablePermits();
        }
    }
}
