package io.interlock.stress.jcstress;

import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.ring.Ring;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Claim: messages leave an {@link io.interlock.memory.IpcQueue} in the order in which they came, and the place of one
 * is not written again before it was read. The ring is full with messages 1 and 2; 3 and 4 go to their places as soon
 * as there is room, while another participant takes. SYNC ring.head, ring.tail
 *
 * <pre>{@code ./interlock stress jcstress --only QueueOrder}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>four takes</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>1, 2, 0, 0</td><td>often</td><td>often</td><td>nothing new came in time</td></tr>
 * <tr><td>1, 2, 0, 3; 1, 2, 3, 0</td><td>often</td><td>often</td><td>one came in time</td></tr>
 * <tr><td>1, 2, 3, 4</td><td>often</td><td>sometimes</td><td>both came in time</td></tr>
 * <tr><td>others</td><td>never</td><td>sometimes</td><td>out of order, or written over</td></tr>
 * </tbody>
 * </table>
 */
public final class QueueOrder {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(Shipped.QUEUE_BYTES);
    private static final int MANY = 100;
    private static final byte[] FIRST = Messages.of(1);
    private static final byte[] SECOND = Messages.of(2);
    private static final byte[] THIRD = Messages.of(3);
    private static final byte[] FOURTH = Messages.of(4);

    private QueueOrder() {
    }

    /** Makes a queue whose ring is full. */
    private static IpcQueue<byte[]> full(int place) {
        Shipped.makeQueue(FILE.left, place, MANY, Codec.bytes());
        IpcQueue<byte[]> queue = Shipped.queue(FILE.left, place, Codec.bytes());
        queue.add(FIRST);
        queue.add(SECOND);
        return queue;
    }

    /** The shipped queue. */
    @JCStressTest
    @Outcome(id = "1, 2, 0, [03]", expect = Expect.ACCEPTABLE, desc = "In order.")
    @Outcome(id = "1, 2, 3, [04]", expect = Expect.ACCEPTABLE, desc = "In order.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Out of order, or written over before it was read.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final IpcQueue<byte[]> left = full(place);
        private final IpcQueue<byte[]> right = Shipped.queue(FILE.right, place, Codec.bytes());

        @Actor
        public void producer() {
            Messages.put(left, THIRD);
            Messages.put(left, FOURTH);
        }

        @Actor
        public void consumer(IIII_Result r) {
            r.r1 = Messages.valueOf(right.poll());
            r.r2 = Messages.valueOf(right.poll());
            r.r3 = Messages.valueOf(right.poll());
            r.r4 = Messages.valueOf(right.poll());
        }
    }

    /** The shipped ring, used by a consumer that commits before it reads. */
    @JCStressTest
    @Outcome(id = "1, 2, 0, [03]", expect = Expect.ACCEPTABLE, desc = "In order.")
    @Outcome(id = "1, 2, 3, [04]", expect = Expect.ACCEPTABLE, desc = "In order.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Out of order, or written over before it was read.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final IpcQueue<byte[]> left = full(place);
        private final Ring right = Shipped.ring(FILE.right, place);

        @Actor
        public void producer() {
            Messages.put(left, THIRD);
            Messages.put(left, FOURTH);
        }

        @Actor
        public void consumer(IIII_Result r) {
            r.r1 = RingSteps.takeHastily(right.consumers, FILE.right.mem);
            r.r2 = RingSteps.takeHastily(right.consumers, FILE.right.mem);
            r.r3 = RingSteps.takeHastily(right.consumers, FILE.right.mem);
            r.r4 = RingSteps.takeHastily(right.consumers, FILE.right.mem);
        }
    }
}
