package io.interlock.stress.jcstress;

import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.robust.WaiterTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: a signal and a waiter that gives up never both win, and never both lose: a cell of a {@link
 * io.interlock.core.robust.WaiterTable} is left or signalled. SYNC condition.cell
 *
 * <pre>{@code ./interlock stress jcstress --only ConditionSignal}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>left, signalled</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>1, 0</td><td>often</td><td>often</td><td>the waiter was gone first</td></tr>
 * <tr><td>0, 1</td><td>often</td><td>often</td><td>the signal was first</td></tr>
 * <tr><td>1, 1</td><td>never</td><td>sometimes</td><td>the signal went to nobody</td></tr>
 * <tr><td>0, 0</td><td>never</td><td>sometimes</td><td>no signal, and no leaving</td></tr>
 * </tbody>
 * </table>
 */
public final class ConditionSignal {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(WaiterTableLayout.LAYOUT.lengthBytes());

    private ConditionSignal() {
    }

    /** The shipped table. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "One of them won.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both won, or none.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final WaiterTable left = new WaiterTable(FILE.left, place);
        private final WaiterTable right = new WaiterTable(FILE.right, place);
        private final int cell = right.enter();

        @Actor
        public void signaller() {
            left.signal(1);
        }

        @Actor
        public void waiter(II_Result r) {
            r.r1 = right.leave(cell) ? 1 : 0;
        }

        @Arbiter
        public void look(II_Result r) {
            r.r2 = right.isSignalled(cell) ? 1 : 0;
        }
    }

    /** {@link WeakCell}: looks, then changes. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "One of them won.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both won, or none.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final WeakCell left = new WeakCell(FILE.left.mem, place);
        private final WeakCell right = new WeakCell(FILE.right.mem, place);

        public Twin() {
            right.enter();
        }

        @Actor
        public void signaller() {
            left.signal();
        }

        @Actor
        public void waiter(II_Result r) {
            r.r1 = right.leave() ? 1 : 0;
        }

        @Arbiter
        public void look(II_Result r) {
            r.r2 = right.isSignalled() ? 1 : 0;
        }
    }
}
