package io.interlock.stress.jcstress;

import io.interlock.sync.IpcEvent;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: who sees an {@link io.interlock.sync.IpcEvent} set sees what the setter wrote before, plain words included.
 * SYNC event.state
 *
 * <pre>{@code ./interlock stress jcstress --only EventPublication}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>set, words</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>0, 0 to 8</td><td>often</td><td>often</td><td>clear yet, nothing is promised</td></tr>
 * <tr><td>1, 8</td><td>often</td><td>often</td><td>set, and data</td></tr>
 * <tr><td>1, 0 to 7</td><td>never</td><td>sometimes</td><td>set came before the data</td></tr>
 * </tbody>
 * </table>
 */
public final class EventPublication {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(TwoMappings.LINE + Words.BYTES);

    private EventPublication() {
    }

    /** The shipped event. */
    @JCStressTest
    @Outcome(id = "0, \\d", expect = Expect.ACCEPTABLE, desc = "Clear yet, nothing is promised.")
    @Outcome(id = "1, 8", expect = Expect.ACCEPTABLE, desc = "Set, and data.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Set came before the data.")
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
        public void looker(II_Result r) {
            r.r1 = right.isSet() ? 1 : 0;
            r.r2 = Words.count(FILE.right.mem, data);
        }
    }

    /** An event whose set is not ordered after the data: it comes first. */
    @JCStressTest
    @Outcome(id = "0, \\d", expect = Expect.ACCEPTABLE, desc = "Clear yet, nothing is promised.")
    @Outcome(id = "1, 8", expect = Expect.ACCEPTABLE, desc = "Set, and data.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Set came before the data.")
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
        public void looker(II_Result r) {
            r.r1 = right.isSet() ? 1 : 0;
            r.r2 = Words.count(FILE.right.mem, data);
        }
    }
}
