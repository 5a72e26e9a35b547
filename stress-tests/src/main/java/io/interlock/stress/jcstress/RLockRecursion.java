package io.interlock.stress.jcstress;

import io.interlock.sync.IpcRLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Claim: an {@link io.interlock.sync.IpcRLock} that was acquired twice and released once is still held. Two
 * participants do that, then add 1 to a plain word, and no addition is lost. SYNC lock.word
 *
 * <pre>{@code ./interlock stress jcstress --only RLockRecursion}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>word</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>2</td><td>always</td><td>mostly</td><td>both were counted</td></tr>
 * <tr><td>1</td><td>never</td><td>sometimes</td><td>the inner unlock let the other one in</td></tr>
 * </tbody>
 * </table>
 */
public final class RLockRecursion {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(2 * TwoMappings.LINE);

    private RLockRecursion() {
    }

    /** The shipped lock. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both additions count.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two were inside at once.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final int word = place + TwoMappings.LINE;
        private final IpcRLock left = Shipped.rlock(FILE.left, place);
        private final IpcRLock right = Shipped.rlock(FILE.right, place);

        @Actor
        public void one() {
            left.lock();
            left.lock();
            left.unlock();
            FILE.left.mem.putInt(word, FILE.left.mem.getInt(word) + 1);
            left.unlock();
        }

        @Actor
        public void two() {
            right.lock();
            right.lock();
            right.unlock();
            FILE.right.mem.putInt(word, FILE.right.mem.getInt(word) + 1);
            right.unlock();
        }

        @Arbiter
        public void sum(I_Result r) {
            r.r1 = FILE.left.mem.getInt(word);
        }
    }

    /** {@link WeakRLock}: the inner unlock frees. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both additions count.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two were inside at once.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final int word = place + TwoMappings.LINE;
        private final WeakRLock left = new WeakRLock(FILE.left.mem, place, 1);
        private final WeakRLock right = new WeakRLock(FILE.right.mem, place, 2);

        @Actor
        public void one() {
            left.lock();
            left.lock();
            left.unlock();
            FILE.left.mem.putInt(word, FILE.left.mem.getInt(word) + 1);
            left.unlock();
        }

        @Actor
        public void two() {
            right.lock();
            right.lock();
            right.unlock();
            FILE.right.mem.putInt(word, FILE.right.mem.getInt(word) + 1);
            right.unlock();
        }

        @Arbiter
        public void sum(I_Result r) {
            r.r1 = FILE.left.mem.getInt(word);
        }
    }
}
