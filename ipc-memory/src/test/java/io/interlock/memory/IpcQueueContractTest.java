package io.interlock.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.interlock.core.Segment;
import io.interlock.core.testing.Async;
import io.interlock.core.testing.TestDirs;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the contract on ours, with a ring that has few more bytes than its elements need. */
class IpcQueueContractTest extends BlockingQueueContract {

    @RegisterExtension
    final TestDirs dirs = new TestDirs();
    private Segment segment;

    @Override
    BlockingQueue<Integer> newQueue(int capacity) {
        if (segment == null) {
            segment = dirs.closeLater(Segment.create(dirs.path("s")));
        }
        return IpcQueue.create(segment, Codec.int32(), Capacity.items(capacity).bytesEach(32));
    }

    @Override
    boolean isWaiting(Thread thread) {
        return QueueFixture.isAsleep(segment, thread);
    }

    /** Where ours has bytes, and the JDK's array queue has not. */
    @Nested
    class RemovalFromTheMiddle {

        @Test
        void freesItsPlaceAtOnceAndItsBytesWithTheOlderOnes() {
            BlockingQueue<Integer> queue = holding(1, 4);
            int rounds = 0;
            while (queue.offer(1)) {
                assertTrue(queue.remove((Object) 1));
                rounds++;
            }
            assertTrue(rounds > 4, "rounds " + rounds);
            assertEquals(1, queue.size());
            assertEquals(3, queue.remainingCapacity());
            assertEquals(0, queue.poll());
            assertTrue(queue.offer(2) && queue.offer(3) && queue.offer(4) && queue.offer(5));
            assertEquals(2, queue.poll());
        }
    }

    /** Where ours does what the JDK's array queue does not. */
    @Nested
    class RemovalByAPredicate {

        private void releasesAProducer(Consumer<BlockingQueue<Integer>> removal) {
            BlockingQueue<Integer> queue = holding(2, 2);
            Async<Void> producer = Async.run(() -> queue.put(2));
            awaitWaiting(producer);
            removal.accept(queue);
            producer.get();
            assertTrue(queue.contains(2));
        }

        @Test
        void releasesAProducer() {
            releasesAProducer(queue -> queue.removeIf(i -> i == 1));
        }

        @Test
        void releasesAProducerAlsoByACollection() {
            releasesAProducer(queue -> queue.removeAll(Set.of(0, 1)));
        }

        @Test
        void releasesAProducerAlsoByAComplement() {
            releasesAProducer(queue -> queue.retainAll(Set.of(1)));
        }
    }
}
