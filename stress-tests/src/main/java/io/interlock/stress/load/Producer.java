package io.interlock.stress.load;

import io.interlock.memory.Claim;
import io.interlock.memory.ExclusiveProducer;
import io.interlock.memory.IpcQueue;
import io.interlock.stress.history.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Puts in random ways: waiting, with a time limit, by a claim, in batches, alone on its side. */
final class Producer implements Work {

    private static final int LARGEST_BATCH = 3;
    private static final int LONGEST_WAIT_MILLIS = 30;
    private static final int MOST_CLAIMED_IN_VAIN_BYTES = 20;

    private final Seat seat;
    private final Side all;
    private final IpcQueue<Long> queue;
    private final boolean batches;
    private final boolean roles;
    private final Tenure<ExclusiveProducer<Long>> tenure;
    private int count;

    Producer(Seat seat, IpcQueue<Long> queue, boolean batches, boolean roles) {
        this.seat = seat;
        this.queue = queue;
        this.all = new Shared(queue);
        this.batches = batches;
        this.roles = roles;
        this.tenure = new Tenure<>(seat, queue::exclusiveProducer, ExclusiveProducer::close);
    }

    @Override
    public boolean turn() throws InterruptedException {
        if (!roles) {
            return put(all);
        }
        ExclusiveProducer<Long> role = tenure.turn();
        return role != null && put(new Alone(role));
    }

    @Override
    public void end() {
        tenure.end();
    }

    private boolean put(Side side) throws InterruptedException {
        int many = batches ? 1 + seat.random().nextInt(LARGEST_BATCH) : 1;
        int first = count + 1;
        count += many;
        return seat.note(Action.PUT, QueueExchange.QUEUE, seat.value(first), many,
                () -> (many > 1 ? putAll(side, first, many) : putOne(side, seat.value(first))) ? 0
                        : Seat.WITHOUT_EFFECT) == 0;
    }

    private boolean putAll(Side side, int first, int many) throws InterruptedException {
        List<Long> batch = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            batch.add(seat.value(first + i));
        }
        return side.putAll(batch, waitMillis());
    }

    private boolean putOne(Side side, long value) throws InterruptedException {
        return seat.random().nextInt(3) == 0 ? claim(side, value) : side.put(value, waitMillis());
    }

    /** Now and then with a limit. */
    private long waitMillis() {
        return seat.random().nextInt(3) == 0 ? seat.random().nextInt(LONGEST_WAIT_MILLIS) : Long.MAX_VALUE;
    }

    private boolean claim(Side side, long value) throws InterruptedException {
        byte[] bytes = Parcels.bytes(value);
        if (seat.random().nextInt(4) == 0) {
            try (Claim aborted = side.claim(bytes.length)) {
                aborted.buffer().put(bytes, 0, bytes.length / 2);
            }
        }
        try (Claim claim = side.claim(bytes.length + seat.random().nextInt(MOST_CLAIMED_IN_VAIN_BYTES))) {
            claim.buffer().put(bytes);
            seat.linger();
            claim.commit(bytes.length);
        }
        return true;
    }

    /** The producers' side of a queue, as seen by one of many or by the only one. */
    private interface Side {

        boolean put(long value, long waitMillis) throws InterruptedException;

        boolean putAll(List<Long> values, long waitMillis) throws InterruptedException;

        Claim claim(int lengthBytes) throws InterruptedException;
    }

    private record Shared(IpcQueue<Long> queue) implements Side {

        @Override
        public boolean put(long value, long waitMillis) throws InterruptedException {
            if (waitMillis == Long.MAX_VALUE) {
                queue.put(value);
                return true;
            }
            return waitMillis == 0 ? queue.offer(value) : queue.offer(value, waitMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean putAll(List<Long> values, long waitMillis) throws InterruptedException {
            return queue.offerAll(values, waitMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public Claim claim(int lengthBytes) throws InterruptedException {
            return queue.claim(lengthBytes);
        }
    }

    private record Alone(ExclusiveProducer<Long> role) implements Side {

        @Override
        public boolean put(long value, long waitMillis) throws InterruptedException {
            return role.offer(value, waitMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean putAll(List<Long> values, long waitMillis) throws InterruptedException {
            return role.offerAll(values, waitMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public Claim claim(int lengthBytes) throws InterruptedException {
            return role.claim(lengthBytes);
        }
    }
}
