package io.interlock.stress.jcstress;

import io.interlock.sync.IpcLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Claim: an {@link io.interlock.sync.IpcLock} lets one participant in at a time. Two of them add 1 to a plain word
 * under the lock, and no addition is lost. SYNC lock.word
 *
 * <pre>{@code ./interlock stress jcstress --only LockExclusion}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>word</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>2</td><td>always</td><td>mostly</td><td>both were counted</td></tr>
 * <tr><td>1</td><td>never</td><td>sometimes</td><td>both read 0: two were inside</td></tr>
 * </tbody>
 * </table>
 */
public final class LockExclusion {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(2 * TwoMappings.LINE);

    private LockExclusion() {
    }

    /** The shipped lock. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both additions count.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two were inside at once.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final int word = place + TwoMappings.LINE;
        private final IpcLock left = Shipped.lock(FILE.left, place);
        private final IpcLock right = Shipped.lock(FILE.right, place);

        @Actor
        public void one() {
            left.lock();
            FILE.left.mem.putInt(word, FILE.left.mem.getInt(word) + 1);
            left.unlock();
        }

        @Actor
        public void two() {
            right.lock();
            FILE.right.mem.putInt(word, FILE.right.mem.getInt(word) + 1);
            right.unlock();
        }

        @Arbiter
        public void sum(I_Result r) {
            r.r1 = FILE.left.mem.getInt(word);
        }
    }

    /** {@link WeakLock}: looks, then takes. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both additions count.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two were inside at once.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final int word = place + TwoMappings.LINE;
        private final WeakLock left = new WeakLock(FILE.left.mem, place);
        private final WeakLock right = new WeakLock(FILE.right.mem, place);

        @Actor
        public void one() {
            left.lock();
            FILE.left.mem.putInt(word, FILE.left.mem.getInt(word) + 1);
            left.unlock();
        }

        @Actor
        public void two() {
            right.lock();
            FILE.right.mem.putInt(word, FILE.right.mem.getInt(word) + 1);
            right.unlock();
        }

        @Arbiter
        public void sum(I_Result r) {
            r.r1 = FILE.left.mem.getInt(word);
        }
    }
}
