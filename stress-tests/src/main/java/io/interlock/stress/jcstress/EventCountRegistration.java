package io.interlock.stress.jcstress;

import io.interlock.core.robust.EventCount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: either the waiter sees the condition when it looks again after registering with an {@link
 * io.interlock.core.robust.EventCount}, or the signaller sees the waiter. Otherwise a wake-up would be lost.
 * SYNC eventcount.sequence
 *
 * <pre>{@code ./interlock stress jcstress --only EventCountRegistration}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>waiters, condition</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>1, 0</td><td>often</td><td>often</td><td>the signaller sees the waiter and wakes it</td></tr>
 * <tr><td>0, 1</td><td>often</td><td>often</td><td>the waiter sees the condition and does not sleep</td></tr>
 * <tr><td>1, 1</td><td>sometimes</td><td>sometimes</td><td>both</td></tr>
 * <tr><td>0, 0</td><td>never</td><td>sometimes</td><td>the waiter sleeps, and nobody wakes it</td></tr>
 * </tbody>
 * </table>
 */
public final class EventCountRegistration {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(2 * TwoMappings.LINE);

    private EventCountRegistration() {
    }

    /** The condition is stored volatile, as the class demands. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "At least one sees the other.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Lost wake-up.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final int condition = place + TwoMappings.LINE;
        private final EventCount left = new EventCount(FILE.left, place);
        private final EventCount right = new EventCount(FILE.right, place);

        @Actor
        public void signaller(II_Result r) {
            FILE.left.mem.putIntVolatile(condition, 1);
            r.r1 = left.waiters();
        }

        @Actor
        public void waiter(II_Result r) {
            right.register();
            r.r2 = FILE.right.mem.getIntVolatile(condition);
        }
    }

    /** The condition is stored with release only: the look at the count may overtake it. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "At least one sees the other.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Lost wake-up.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final int condition = place + TwoMappings.LINE;
        private final EventCount left = new EventCount(FILE.left, place);
        private final EventCount right = new EventCount(FILE.right, place);

        @Actor
        public void signaller(II_Result r) {
            FILE.left.mem.putIntRelease(condition, 1);
            r.r1 = left.waiters();
        }

        @Actor
        public void waiter(II_Result r) {
            right.register();
            r.r2 = FILE.right.mem.getIntVolatile(condition);
        }
    }
}
