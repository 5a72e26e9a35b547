package io.interlock.memory;

import io.interlock.memory.error.QueueShutDownException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Takes parcels in all the ways there are, in random order, marks each in the log, and fails if one comes twice, out of
 * its producer's order, or damaged. It may be killed at any instruction.
 */
final class ParcelConsumer {

    private final IpcQueue<Parcel> queue;
    private final StreamLog log;
    private final Random random;
    private final int[] newest = new int[StreamLog.MOST];
    private int taken;
    private int pills;

    ParcelConsumer(IpcQueue<Parcel> queue, StreamLog log, long seed) {
        this.queue = queue;
        this.log = log;
        this.random = new Random(seed);
    }

    /** Takes until the end of the stream or a pill; how many there were. */
    int run() throws InterruptedException {
        Way all = new Ordinary(queue);
        try {
            while (pills == 0) {
                if (random.nextInt(50) == 0) {
                    takeAlone();
                } else {
                    take(all);
                }
            }
        } catch (QueueShutDownException e) {
            return taken;
        }
        for (int others = pills - 1; others > 0; others--) {
            queue.put(Parcel.PILL);
        }
        return taken;
    }

    private void takeAlone() throws InterruptedException {
        try (ExclusiveConsumer<Parcel> role = queue.exclusiveConsumer()) {
            Way alone = new Alone(role);
            for (int i = random.nextInt(100); i > 0 && pills == 0; i--) {
                take(alone);
            }
        }
    }

    private void take(Way way) throws InterruptedException {
        int kind = random.nextInt(6);
        int most = kind < 2 ? 1 : 1 + random.nextInt(9);
        List<Parcel> got = new ArrayList<>();
        switch (kind) {
            case 0 -> got.add(way.take());
            case 1 -> poll(way, got);
            case 2 -> way.drainTo(got, most);
            case 3 -> way.read(message -> got.add(Parcel.read(message)), most);
            default -> got.addAll(way.takeUpTo(most));
        }
        if (got.size() > most) {
            throw new IllegalStateException(got.size() + " instead of at most " + most);
        }
        got.forEach(this::noteInOrder);
    }

    private void poll(Way way, List<Parcel> got) throws InterruptedException {
        Parcel parcel = way.poll(random.nextInt(200), TimeUnit.MICROSECONDS);
        if (parcel != null) {
            got.add(parcel);
        }
    }

    private void noteInOrder(Parcel parcel) {
        if (parcel.equals(Parcel.PILL)) {
            pills++;
            return;
        }
        if (parcel.number() <= newest[parcel.producer()]) {
            throw new IllegalStateException(parcel + " after number " + newest[parcel.producer()]);
        }
        newest[parcel.producer()] = parcel.number();
        note(parcel);
    }

    private void note(Parcel parcel) {
        taken++;
        if (!log.mark(parcel)) {
            throw new IllegalStateException(parcel + " was there twice");
        }
    }

    /** The consumers' side of a queue, or of a role. */
    private interface Way {

        Parcel take() throws InterruptedException;

        Parcel poll(long timeout, TimeUnit unit) throws InterruptedException;

        List<Parcel> takeUpTo(int most) throws InterruptedException;

        void drainTo(List<Parcel> target, int most);

        void read(MessageHandler handler, int most);
    }

    private record Ordinary(IpcQueue<Parcel> queue) implements Way {

        @Override
        public Parcel take() throws InterruptedException {
            return queue.take();
        }

        @Override
        public Parcel poll(long timeout, TimeUnit unit) throws InterruptedException {
            return queue.poll(timeout, unit);
        }

        @Override
        public List<Parcel> takeUpTo(int most) throws InterruptedException {
            return queue.takeUpTo(most);
        }

        @Override
        public void drainTo(List<Parcel> target, int most) {
            queue.drainTo(target, most);
        }

        @Override
        public void read(MessageHandler handler, int most) {
            queue.read(handler, most);
        }
    }

    private record Alone(ExclusiveConsumer<Parcel> role) implements Way {

        @Override
        public Parcel take() throws InterruptedException {
            return role.take();
        }

        @Override
        public Parcel poll(long timeout, TimeUnit unit) throws InterruptedException {
            return role.poll(timeout, unit);
        }

        @Override
        public List<Parcel> takeUpTo(int most) throws InterruptedException {
            return role.takeUpTo(most);
        }

        @Override
        public void drainTo(List<Parcel> target, int most) {
            role.drainTo(target, most);
        }

        @Override
        public void read(MessageHandler handler, int most) {
            role.read(handler, most);
        }
    }
}
