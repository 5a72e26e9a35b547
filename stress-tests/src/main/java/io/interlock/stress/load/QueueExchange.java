package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.memory.Capacity;
import io.interlock.memory.IpcQueue;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.History;
import io.interlock.stress.history.HistoryLog;
import io.interlock.stress.history.QueueHistory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One queue, used by some in all the ways in which one can put, by others in all in which one can take. */
abstract class QueueExchange implements Workload {

    static final int QUEUE = 0;

    private static final String NAME = "queue";
    private static final int CAPACITY_BYTES = 16 << 10;
    private static final long PATIENCE_SECONDS = 5;

    /** Message by message. */
    public static final class Messages extends QueueExchange {

        @Override
        public String name() {
            return "queue-messages";
        }

        @Override
        public Work open(Seat seat) {
            return seat.produces() ? new Producer(seat, queue(seat.segment()), false, false)
                    : new Consumer(seat, queue(seat.segment()), false, false);
        }
    }

    /** Some messages at once. */
    public static final class Batches extends QueueExchange {

        @Override
        public String name() {
            return "queue-batches";
        }

        @Override
        public Work open(Seat seat) {
            return seat.produces() ? new Producer(seat, queue(seat.segment()), true, false)
                    : new Consumer(seat, queue(seat.segment()), true, false);
        }
    }

    /** By producers and consumers that are alone on their side for a while. */
    public static final class Roles extends QueueExchange {

        @Override
        public String name() {
            return "queue-roles";
        }

        @Override
        public Work open(Seat seat) {
            return seat.produces() ? new Producer(seat, queue(seat.segment()), true, true)
                    : new Consumer(seat, queue(seat.segment()), true, true);
        }
    }

    @Override
    public void create(Segment segment) {
        IpcQueue.create(segment, NAME, Parcels.CODEC, Capacity.bytes(CAPACITY_BYTES));
    }

    static IpcQueue<Long> queue(Segment segment) {
        return IpcQueue.open(segment, NAME, Parcels.CODEC);
    }

    @Override
    public void finish(Segment segment, HistoryLog log) throws InterruptedException {
        IpcQueue<Long> queue = queue(segment);
        while (!queue.isEmpty()) {
            int operation = log.begin(Action.TAKE, QUEUE);
            Long value = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (value == null) {
                throw new IllegalStateException("nothing can be taken from " + queue + ", though it is not empty");
            }
            log.end(operation, value);
        }
    }

    @Override
    public Stream<String> judge(Segment segment, History history) {
        return Workload.about("the queue", QueueHistory.check(history.of(QUEUE)));
    }
}
