package io.interlock.stress.jcstress;

import io.interlock.sync.IpcSemaphore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: who takes a permit of an {@link io.interlock.sync.IpcSemaphore} sees what the releaser wrote before, plain
 * words included. SYNC semaphore.permit
 *
 * <pre>{@code ./interlock stress jcstress --only SemaphorePublication}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>taken, words</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>0, 0 to 8</td><td>often</td><td>often</td><td>no permit yet, nothing is promised</td></tr>
 * <tr><td>1, 8</td><td>often</td><td>often</td><td>permit and data</td></tr>
 * <tr><td>1, 0 to 7</td><td>never</td><td>sometimes</td><td>the permit came before the data</td></tr>
 * </tbody>
 * </table>
 */
public final class SemaphorePublication {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(TwoMappings.LINE + Words.BYTES);

    private SemaphorePublication() {
    }

    /** The shipped semaphore. */
    @JCStressTest
    @Outcome(id = "0, \\d", expect = Expect.ACCEPTABLE, desc = "No permit yet, nothing is promised.")
    @Outcome(id = "1, 8", expect = Expect.ACCEPTABLE, desc = "Permit and data.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The permit came before the data.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final int data = place + TwoMappings.LINE;
        private final IpcSemaphore left = Shipped.semaphore(FILE.left, place);
        private final IpcSemaphore right = Shipped.semaphore(FILE.right, place);

        @Actor
        public void giver() {
            Words.write(FILE.left.mem, data);
            left.release();
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = right.tryAcquire() ? 1 : 0;
            r.r2 = Words.count(FILE.right.mem, data);
        }
    }

    /** A semaphore whose release is not ordered after the data: it comes first. */
    @JCStressTest
    @Outcome(id = "0, \\d", expect = Expect.ACCEPTABLE, desc = "No permit yet, nothing is promised.")
    @Outcome(id = "1, 8", expect = Expect.ACCEPTABLE, desc = "Permit and data.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The permit came before the data.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final int data = place + TwoMappings.LINE;
        private final IpcSemaphore left = Shipped.semaphore(FILE.left, place);
        private final IpcSemaphore right = Shipped.semaphore(FILE.right, place);

        @Actor
        public void giver() {
            left.release();
            Words.write(FILE.left.mem, data);
        }

        @Actor
        public void taker(II_Result r) {
            r.r1 = right.tryAcquire() ? 1 : 0;
            r.r2 = Words.count(FILE.right.mem, data);
        }
    }
}
