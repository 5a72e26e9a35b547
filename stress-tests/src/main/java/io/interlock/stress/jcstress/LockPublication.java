package io.interlock.stress.jcstress;

import io.interlock.sync.IpcLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Claim: what one participant wrote under an {@link io.interlock.sync.IpcLock} is seen, all of it, by the next one
 * that acquires; plain words suffice. There are eight of them. SYNC lock.word
 *
 * <pre>{@code ./interlock stress jcstress --only LockPublication}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>words</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>0</td><td>often</td><td>often</td><td>the reader came first</td></tr>
 * <tr><td>8</td><td>often</td><td>often</td><td>the writer came first</td></tr>
 * <tr><td>1 to 7</td><td>never</td><td>sometimes</td><td>the reader saw a part</td></tr>
 * </tbody>
 * </table>
 */
public final class LockPublication {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(TwoMappings.LINE + Words.BYTES);

    private LockPublication() {
    }

    /** The shipped lock. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The reader came first.")
    @Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "The writer came first.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The reader saw a part.")
    @State
    public static class Real {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final int data = place + TwoMappings.LINE;
        private final IpcLock left = Shipped.lock(FILE.left, place);
        private final IpcLock right = Shipped.lock(FILE.right, place);

        @Actor
        public void writer() {
            meeting.attend();
            left.lock();
            Words.write(FILE.left.mem, data);
            left.unlock();
        }

        @Actor
        public void reader(I_Result r) {
            meeting.attend();
            right.lock();
            r.r1 = Words.count(FILE.right.mem, data);
            right.unlock();
        }
    }

    /** {@link WeakLock}: the reader may be inside with the writer. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The reader came first.")
    @Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "The writer came first.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The reader saw a part.")
    @State
    public static class Twin {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final int data = place + TwoMappings.LINE;
        private final WeakLock left = new WeakLock(FILE.left.mem, place);
        private final WeakLock right = new WeakLock(FILE.right.mem, place);

        @Actor
        public void writer() {
            meeting.attend();
            left.lock();
            Words.write(FILE.left.mem, data);
            left.unlock();
        }

        @Actor
        public void reader(I_Result r) {
            meeting.attend();
            right.lock();
            r.r1 = Words.count(FILE.right.mem, data);
            right.unlock();
        }
    }
}
