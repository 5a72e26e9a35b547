package io.interlock.stress.jcstress;

import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.ring.Taking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: a message of an {@link io.interlock.memory.IpcQueue} is taken by one of those who want it, whole. SYNC
 * ring.head, lock.word
 *
 * <pre>{@code ./interlock stress jcstress --only QueueTakeOnce}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>one, other</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>1, 0; 0, 1</td><td>always</td><td>mostly</td><td>one of them has it</td></tr>
 * <tr><td>1, 1</td><td>never</td><td>sometimes</td><td>both have it</td></tr>
 * </tbody>
 * </table>
 */
public final class QueueTakeOnce {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(Shipped.QUEUE_BYTES);
    private static final byte[] MESSAGE = Messages.of(1);

    private QueueTakeOnce() {
    }

    /** Makes a queue with one message. */
    private static IpcQueue<byte[]> filled(int place) {
        Shipped.makeQueue(FILE.left, place, 2, Codec.bytes());
        IpcQueue<byte[]> queue = Shipped.queue(FILE.left, place, Codec.bytes());
        queue.add(MESSAGE);
        return queue;
    }

    /** The shipped queue. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "One of them has it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or none.")
    @State
    public static class Real {

        private final int place = FILE.place();
        private final IpcQueue<byte[]> left = filled(place);
        private final IpcQueue<byte[]> right = Shipped.queue(FILE.right, place, Codec.bytes());

        @Actor
        public void one(II_Result r) {
            r.r1 = Messages.valueOf(left.poll());
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = Messages.valueOf(right.poll());
        }
    }

    /** The shipped roles, both used without having been entered: nobody holds the side. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "One of them has it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or none.")
    @State
    public static class Twin {

        private final int place = FILE.place();
        private final Taking left;
        private final Taking right;

        public Twin() {
            filled(place);
            left = Shipped.ring(FILE.left, place).consumers.role();
            right = Shipped.ring(FILE.right, place).consumers.role();
        }

        @Actor
        public void one(II_Result r) {
            r.r1 = RingSteps.take(left, FILE.left.mem);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = RingSteps.take(right, FILE.right.mem);
        }
    }
}
