package io.interlock.stress.load;

import io.interlock.memory.ExclusiveConsumer;
import io.interlock.memory.IpcQueue;
import io.interlock.memory.MessageHandler;
import io.interlock.stress.history.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes in random ways: waiting, with a time limit, by a handler, in batches, out of the middle, alone on its side. */
final class Consumer implements Work {

    private static final int LARGEST_BATCH = 8;
    private static final int LONGEST_WAIT_MILLIS = 30;

    private final Seat seat;
    private final Side all;
    private final IpcQueue<Long> queue;
    private final boolean batches;
    private final boolean roles;
    private final Tenure<ExclusiveConsumer<Long>> tenure;

    Consumer(Seat seat, IpcQueue<Long> queue, boolean batches, boolean roles) {
        this.seat = seat;
        this.queue = queue;
        this.all = new Shared(queue);
        this.batches = batches;
        this.roles = roles;
        this.tenure = new Tenure<>(seat, queue::exclusiveConsumer, ExclusiveConsumer::close);
    }

    @Override
    public boolean turn() throws InterruptedException {
        if (!roles) {
            return take(all);
        }
        ExclusiveConsumer<Long> role = tenure.turn();
        return role != null && take(new Alone(role));
    }

    @Override
    public void end() {
        tenure.end();
    }

    private boolean take(Side side) throws InterruptedException {
        seat.note(Action.IS_EMPTY, QueueExchange.QUEUE, () -> queue.isEmpty() ? 1 : 0);
        if (batches && seat.random().nextBoolean()) {
            return takeSome(side);
        }
        if (!roles && seat.random().nextInt(20) == 0) {
            return removeOne();
        }
        return seat.note(Action.TAKE, QueueExchange.QUEUE, () -> takeOne(side)) != Seat.WITHOUT_EFFECT;
    }

    private long takeOne(Side side) throws InterruptedException {
        int kind = seat.random().nextInt(4);
        if (kind == 0) {
            List<Long> got = new ArrayList<>();
            side.read(message -> {
                got.add(Parcels.CODEC.decode(message));
                seat.linger();
            }, 1);
            return got.isEmpty() ? Seat.WITHOUT_EFFECT : got.get(0);
        }
        Long value = side.take(kind == 1 ? seat.random().nextInt(LONGEST_WAIT_MILLIS) : Long.MAX_VALUE);
        return value == null ? Seat.WITHOUT_EFFECT : value;
    }

    /** Each value is written down by itself, before the take is: a kill in between leaves the others unknown. */
    private boolean takeSome(Side side) throws InterruptedException {
        int most = 1 + seat.random().nextInt(LARGEST_BATCH);
        int operation = seat.log().begin(Action.TAKE_UP_TO, QueueExchange.QUEUE, most, 0);
        List<Long> got = new ArrayList<>();
        try {
            takeSome(side, got, most);
        } catch (InterruptedException e) {
            seat.log().endWithoutEffect(operation);
            throw e;
        }
        got.forEach(value -> seat.log().part(operation, Action.TAKE, value));
        seat.log().end(operation, got.size());
        return !got.isEmpty();
    }

    private void takeSome(Side side, List<Long> got, int most) throws InterruptedException {
        switch (seat.random().nextInt(4)) {
            case 0 -> side.drainTo(got, most);
            case 1 -> side.read(message -> got.add(Parcels.CODEC.decode(message)), most);
            case 2 -> got.addAll(side.takeUpTo(most, seat.random().nextInt(LONGEST_WAIT_MILLIS)));
            default -> got.addAll(side.takeUpTo(most, Long.MAX_VALUE));
        }
    }

    /** One of the oldest; somebody may be faster, or hold the side in a handler. */
    private boolean removeOne() throws InterruptedException {
        Long value = queue.peek();
        Iterator<Long> items = queue.iterator();
        for (int i = seat.random().nextInt(LARGEST_BATCH); i > 0 && items.hasNext(); i--) {
            value = items.next();
        }
        return value != null && remove(value);
    }

    private boolean remove(Long value) throws InterruptedException {
        return seat.note(Action.REMOVE, QueueExchange.QUEUE, value, () -> {
            try {
                return queue.remove(value) ? 1 : 0;
            } catch (IllegalStateException e) {
                if (!e.getMessage().contains("cannot remove from")) {
                    throw e;
                }
                return Seat.WITHOUT_EFFECT;
            }
        }) == 1;
    }

    /** The consumers' side of a queue, as seen by one of many or by the only one. */
    private interface Side {

        Long take(long waitMillis) throws InterruptedException;

        List<Long> takeUpTo(int most, long waitMillis) throws InterruptedException;

        int drainTo(Collection<Long> target, int most);

        int read(MessageHandler handler, int limit);
    }

    private record Shared(IpcQueue<Long> queue) implements Side {

        @Override
        public Long take(long waitMillis) throws InterruptedException {
            if (waitMillis == Long.MAX_VALUE) {
                return queue.take();
            }
            return waitMillis == 0 ? queue.poll() : queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public List<Long> takeUpTo(int most, long waitMillis) throws InterruptedException {
            return queue.takeUpTo(most, waitMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public int drainTo(Collection<Long> target, int most) {
            return queue.drainTo(target, most);
        }

        @Override
        public int read(MessageHandler handler, int limit) {
            return queue.read(handler, limit);
        }
    }

    private record Alone(ExclusiveConsumer<Long> role) implements Side {

        @Override
        public Long take(long waitMillis) throws InterruptedException {
            return waitMillis == 0 ? role.poll() : role.poll(waitMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public List<Long> takeUpTo(int most, long waitMillis) throws InterruptedException {
            return role.takeUpTo(most, waitMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public int drainTo(Collection<Long> target, int most) {
            return role.drainTo(target, most);
        }

        @Override
        public int read(MessageHandler handler, int limit) {
            return role.read(handler, limit);
        }
    }
}
