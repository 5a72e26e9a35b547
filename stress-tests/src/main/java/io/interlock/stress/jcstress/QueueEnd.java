package io.interlock.stress.jcstress;

import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.error.QueueShutDownException;
import io.interlock.memory.ring.ProducerRole;
import io.interlock.memory.ring.Ring;
import java.util.ArrayList;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: nothing is put into an {@link io.interlock.memory.IpcQueue} after somebody has seen its end: who shuts it down
 * and takes what there is has all of it. SYNC ring.requests, ring.tail
 *
 * <p>One participant puts two messages, the other one shuts down and drains.
 *
 * <pre>{@code ./interlock stress jcstress --only QueueEnd}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>put, taken</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>0, 0</td><td>often</td><td>often</td><td>both refused after the end</td></tr>
 * <tr><td>1, 1</td><td>sometimes</td><td>sometimes</td><td>one before the end</td></tr>
 * <tr><td>2, 2</td><td>often</td><td>often</td><td>both before the end</td></tr>
 * <tr><td>more put than taken</td><td>never</td><td>sometimes</td><td>put after the end</td></tr>
 * </tbody>
 * </table>
 */
public final class QueueEnd {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(Shipped.QUEUE_BYTES);
    private static final byte[] MESSAGE = Messages.of(1);

    private QueueEnd() {
    }

    /** Makes an empty queue; the right side's view of it. */
    private static IpcQueue<byte[]> empty(int place) {
        Shipped.makeQueue(FILE.left, place, 2, Codec.bytes());
        return Shipped.queue(FILE.right, place, Codec.bytes());
    }

    /** The shipped queue. */
    @JCStressTest
    @Outcome(id = {"0, 0", "1, 1", "2, 2"}, expect = Expect.ACCEPTABLE, desc = "What was put was taken.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Put after the end.")
    @State
    public static class Real {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final IpcQueue<byte[]> right = empty(place);
        private final IpcQueue<byte[]> left = Shipped.queue(FILE.left, place, Codec.bytes());

        @Actor
        public void producer(II_Result r) {
            meeting.attend();
            try {
                r.r1 = left.offer(MESSAGE) ? 1 : 0;
                r.r1 += left.offer(MESSAGE) ? 1 : 0;
            } catch (QueueShutDownException e) {
                return;
            }
        }

        @Actor
        public void closer(II_Result r) {
            meeting.attend();
            right.shutdown();
            r.r2 = right.drainTo(new ArrayList<>());
        }
    }

    /** The shipped role, used without having been entered: it puts while the other one seals. */
    @JCStressTest
    @Outcome(id = {"0, 0", "1, 1", "2, 2"}, expect = Expect.ACCEPTABLE, desc = "What was put was taken.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Put after the end.")
    @State
    public static class Twin {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final IpcQueue<byte[]> right = empty(place);
        private final Ring ring = Shipped.ring(FILE.left, place);
        private final ProducerRole left = ring.producers.role();

        @Actor
        public void producer(II_Result r) {
            meeting.attend();
            r.r1 = RingSteps.add(left, ring, 1) ? 1 : 0;
            r.r1 += RingSteps.add(left, ring, 1) ? 1 : 0;
        }

        @Actor
        public void closer(II_Result r) {
            meeting.attend();
            right.shutdown();
            r.r2 = right.drainTo(new ArrayList<>());
        }
    }
}
