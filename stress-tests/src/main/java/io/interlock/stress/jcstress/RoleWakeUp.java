package io.interlock.stress.jcstress;

import io.interlock.core.port.Mem;
import io.interlock.core.robust.EventCount;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: an exclusive role, which stores and then looks whether somebody sleeps without a fence in between, and a
 * sleeper, which registers, calls {@link io.interlock.core.port.Futex#barrier()} and then looks again, do not miss each
 * other. SYNC ring.tail, eventcount.sequence
 *
 * <pre>{@code ./interlock stress jcstress --only RoleWakeUp}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>waiters, tail</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>1, 0</td><td>often</td><td>often</td><td>the role sees the sleeper and wakes it</td></tr>
 * <tr><td>0, 1</td><td>often</td><td>often</td><td>the sleeper sees the message and does not sleep</td></tr>
 * <tr><td>1, 1</td><td>sometimes</td><td>sometimes</td><td>both</td></tr>
 * <tr><td>0, 0</td><td>never</td><td>sometimes</td><td>the sleeper sleeps, and nobody wakes it</td></tr>
 * </tbody>
 * </table>
 */
public final class RoleWakeUp {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(2 * TwoMappings.LINE);

    private RoleWakeUp() {
    }

    /** What a role does after each message. */
    private static void commit(Mem mem, int tail) {
        mem.putLongRelease(tail, 1);
        mem.compilerFence();
    }

    /** The sleeper has the barrier made. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "At least one sees the other.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Lost wake-up.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final int tail = place + TwoMappings.LINE;
        private final EventCount left = new EventCount(FILE.left, place);
        private final EventCount right = new EventCount(FILE.right, place);

        @Actor
        public void role(II_Result r) {
            commit(FILE.left.mem, tail);
            r.r1 = left.waiters();
        }

        @Actor
        public void sleeper(II_Result r) {
            right.register();
            FILE.right.futex.barrier();
            r.r2 = (int) FILE.right.mem.getLongVolatile(tail);
        }
    }

    /** Nobody fences. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "At least one sees the other.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Lost wake-up.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final int tail = place + TwoMappings.LINE;
        private final EventCount left = new EventCount(FILE.left, place);
        private final EventCount right = new EventCount(FILE.right, place);

        @Actor
        public void role(II_Result r) {
            commit(FILE.left.mem, tail);
            r.r1 = left.waiters();
        }

        @Actor
        public void sleeper(II_Result r) {
            right.register();
            r.r2 = (int) FILE.right.mem.getLongVolatile(tail);
        }
    }
}
