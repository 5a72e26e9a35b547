package io.interlock.stress.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Claim: an end of an {@link io.interlock.memory.IpcPipe} that somebody closes gets no other owner: it is marked before
 * its lock is freed, and who gets the lock looks at the mark. SYNC lock.word
 *
 * <pre>{@code ./interlock stress jcstress --only PipeEndClosed}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>claimed</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>0</td><td>always</td><td>mostly</td><td>refused, before the close and after it</td></tr>
 * <tr><td>1</td><td>never</td><td>sometimes</td><td>the end has a second owner</td></tr>
 * </tbody>
 * </table>
 */
public final class PipeEndClosed {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(2 * TwoMappings.LINE);

    private PipeEndClosed() {
    }

    /** The shipped end. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Refused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The end has a second owner.")
    @State
    public static class Real {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final Object left = Shipped.pipeEnd(FILE.left, place);
        private final Object right = Shipped.pipeEnd(FILE.right, place);

        public Real() {
            Shipped.claim(left);
        }

        @Actor
        public void owner() {
            meeting.attend();
            Shipped.close(left);
        }

        @Actor
        public void other(I_Result r) {
            meeting.attend();
            r.r1 = Shipped.claim(right) ? 1 : 0;
        }
    }

    /** {@link WeakPipeEnd}: frees the lock before it marks the end. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Refused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The end has a second owner.")
    @State
    public static class Twin {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final WeakPipeEnd left = new WeakPipeEnd(FILE.left, place);
        private final WeakPipeEnd right = new WeakPipeEnd(FILE.right, place);

        public Twin() {
            left.claim();
        }

        @Actor
        public void owner() {
            meeting.attend();
            left.close();
        }

        @Actor
        public void other(I_Result r) {
            meeting.attend();
            r.r1 = right.claim() ? 1 : 0;
        }
    }
}
