package io.interlock.stress.jcstress;

import io.interlock.memory.Codec;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.ring.Ring;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Claim: who takes a message from an {@link io.interlock.memory.IpcQueue} gets all of its bytes, and sees what the
 * producer wrote elsewhere before, plain words included. SYNC ring.tail
 *
 * <pre>{@code ./interlock stress jcstress --only QueuePublication}</pre>
 *
 * <table class="striped">
 * <caption>Outcomes</caption>
 * <thead><tr><th>message, words</th><th>shipped</th><th>twin</th><th>meaning</th></tr></thead>
 * <tbody>
 * <tr><td>0, 0 to 8</td><td>often</td><td>often</td><td>no message yet, nothing is promised</td></tr>
 * <tr><td>1, 8</td><td>often</td><td>often</td><td>the whole message, and the data</td></tr>
 * <tr><td>1, 0 to 7</td><td>never</td><td>sometimes</td><td>the message came before the data</td></tr>
 * <tr><td>-1, 0 to 8</td><td>never</td><td>sometimes</td><td>a part of the message</td></tr>
 * </tbody>
 * </table>
 */
public final class QueuePublication {

    private static final TwoMappings FILE = TwoMappings.withPlacesOf(Shipped.QUEUE_BYTES + Words.BYTES);
    private static final byte[] MESSAGE = Messages.of(1);

    private QueuePublication() {
    }

    /** The shipped queue. */
    @JCStressTest
    @Outcome(id = "0, \\d", expect = Expect.ACCEPTABLE, desc = "No message yet, nothing is promised.")
    @Outcome(id = "1, 8", expect = Expect.ACCEPTABLE, desc = "Message and data.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The message came before its bytes or the data.")
    @State
    public static class Real {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final int data = place + Shipped.QUEUE_BYTES;
        private final IpcQueue<byte[]> left;
        private final IpcQueue<byte[]> right;

        public Real() {
            Shipped.makeQueue(FILE.left, place, 2, Codec.bytes());
            left = Shipped.queue(FILE.left, place, Codec.bytes());
            right = Shipped.queue(FILE.right, place, Codec.bytes());
        }

        @Actor
        public void producer() {
            meeting.attend();
            Words.write(FILE.left.mem, data);
            left.offer(MESSAGE);
        }

        @Actor
        public void consumer(II_Result r) {
            meeting.attend();
            r.r1 = Messages.await(right::poll);
            r.r2 = Words.count(FILE.right.mem, data);
        }
    }

    /** The shipped ring, used by a producer that commits before it writes. */
    @JCStressTest
    @Outcome(id = "0, \\d", expect = Expect.ACCEPTABLE, desc = "No message yet, nothing is promised.")
    @Outcome(id = "1, 8", expect = Expect.ACCEPTABLE, desc = "Message and data.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The message came before its bytes or the data.")
    @State
    public static class Twin {

        private final Meeting meeting = new Meeting();
        private final int place = FILE.place();
        private final int data = place + Shipped.QUEUE_BYTES;
        private final Ring left;
        private final IpcQueue<byte[]> right;

        public Twin() {
            Shipped.makeQueue(FILE.left, place, 2, Codec.bytes());
            left = Shipped.ring(FILE.left, place);
            right = Shipped.queue(FILE.right, place, Codec.bytes());
        }

        @Actor
        public void producer() {
            meeting.attend();
            RingSteps.addHastily(left.producers, left, 1);
            Words.write(FILE.left.mem, data);
        }

        @Actor
        public void consumer(II_Result r) {
            meeting.attend();
            r.r1 = Messages.await(right::poll);
            r.r2 = Words.count(FILE.right.mem, data);
        }
    }
}
