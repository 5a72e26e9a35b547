package io.interlock.stress.jcstress;

import io.interlock.memory.IpcLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * Claim: no addition to an {@link io.interlock.memory.IpcLong} is lost, whether it is one atomic instruction or a
 * function that is tried again until nobody came between. Each participant adds 3, one in either way.
 *
 * <pre>{@code ./interlock stress jcstress --only ValueConservation}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>value</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>6</td><td>always</td><td>mostly</td><td>all were counted</td></tr>
 * <tr><td>1 to 5</td><td>never</td><td>sometimes</td><td>some were written over</td></tr>
 * </tbody>
 * </table>
 */
public final class ValueConservation {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(TwoMappings.LINE);
    private static final int TIMES = 3;

    private ValueConservation() {
    }

    /** The shipped operations. */
    @JCStressTest
    @Outcome(id = "6", expect = Expect.ACCEPTABLE, desc = "All additions count.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "An addition was lost.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final IpcLong left = Shipped.value(FILE.left, place);
        private final IpcLong right = Shipped.value(FILE.right, place);

        @Actor
        public void adder() {
            for (int i = 0; i < TIMES; i++) {
                left.getAndAdd(1);
            }
        }

        @Actor
        public void updater() {
            for (int i = 0; i < TIMES; i++) {
                right.updateAndGet(value -> value + 1);
            }
        }

        @Arbiter
        public void sum(J_Result r) {
            r.r1 = left.get();
        }
    }

    /** The same value, read and then written: two operations. */
    @JCStressTest
    @Outcome(id = "6", expect = Expect.ACCEPTABLE, desc = "All additions count.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "An addition was lost.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final IpcLong left = Shipped.value(FILE.left, place);
        private final IpcLong right = Shipped.value(FILE.right, place);

        @Actor
        public void adder() {
            for (int i = 0; i < TIMES; i++) {
                left.set(left.get() + 1);
            }
        }

        @Actor
        public void updater() {
            for (int i = 0; i < TIMES; i++) {
                right.set(right.get() + 1);
            }
        }

        @Arbiter
        public void sum(J_Result r) {
            r.r1 = left.get();
        }
    }
}
