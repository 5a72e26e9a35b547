package io.interlock.stress.jcstress;

import io.interlock.sync.IpcEvent;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Claim: who has waited for an {@link io.interlock.sync.IpcEvent} goes on only when it is set, and sees what the
 * setter wrote before. SYNC event.state
 *
 * <pre>{@code ./interlock stress jcstress --only EventWaiting}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>words</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>8</td><td>always</td><td>mostly</td><td>waited long enough</td></tr>
 * <tr><td>0 to 7</td><td>never</td><td>sometimes</td><td>went on before the data</td></tr>
 * </tbody>
 * </table>
 */
public final class EventWaiting {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(TwoMappings.LINE + Words.BYTES);

    private EventWaiting() {
    }

    /** The shipped event. */
    @JCStressTest
    @Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "Waited long enough.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Went on before the data.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final int data = place + TwoMappings.LINE;
        private final IpcEvent left = Shipped.event(FILE.left, place);
        private final IpcEvent right = Shipped.event(FILE.right, place);

        @Actor
        public void setter() {
            Words.write(FILE.left.mem, data);
            left.set();
        }

        @Actor
        public void waiter(I_Result r) {
            right.awaitUninterruptibly();
            r.r1 = Words.count(FILE.right.mem, data);
        }
    }

    /** An event whose set is not ordered after the data: it comes first. */
    @JCStressTest
    @Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "Waited long enough.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Went on before the data.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final int data = place + TwoMappings.LINE;
        private final IpcEvent left = Shipped.event(FILE.left, place);
        private final IpcEvent right = Shipped.event(FILE.right, place);

        @Actor
        public void setter() {
            left.set();
            Words.write(FILE.left.mem, data);
        }

        @Actor
        public void waiter(I_Result r) {
            right.awaitUninterruptibly();
            r.r1 = Words.count(FILE.right.mem, data);
        }
    }
}
