package io.interlock.memory;

import io.interlock.memory.error.QueueShutDownException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Puts parcels in all the ways there are, in random order. It may be killed at any instruction. */
final class ParcelProducer {

    private final IpcQueue<Parcel> queue;
    private final StreamLog log;
    private final int me;
    private final int last;
    private final int largestBatch;
    private final Random random;
    private int next;

    /** One that puts the numbers after those that were intended before, up to {@code last}. */
    ParcelProducer(IpcQueue<Parcel> queue, StreamLog log, int me, int last, int largestBatch, long seed) {
        this.queue = queue;
        this.log = log;
        this.me = me;
        this.last = last;
        this.largestBatch = largestBatch;
        this.random = new Random(seed);
        this.next = (int) log.intended(me) + 1;
    }

    /** Puts until the last number was put, the log says stop, or the queue is shut down: what of these it was. */
    String run() throws InterruptedException {
        Way all = new Ordinary(queue);
        try {
            while (goesOn()) {
                if (random.nextInt(50) == 0) {
                    addAlone();
                } else {
                    add(all);
                }
            }
            return next > last ? "put all" : "stopped";
        } catch (QueueShutDownException e) {
            return "shut down";
        }
    }

    private boolean goesOn() {
        return next <= last && !log.isStopped();
    }

    private void addAlone() throws InterruptedException {
        try (ExclusiveProducer<Parcel> role = queue.exclusiveProducer()) {
            Way alone = new Alone(role);
            for (int i = random.nextInt(100); i > 0 && goesOn(); i--) {
                add(alone);
            }
        }
    }

    private void add(Way way) throws InterruptedException {
        int kind = random.nextInt(5);
        int count = kind == 0 ? Math.min(1 + random.nextInt(largestBatch), last - next + 1) : 1;
        int newest = next + count - 1;
        log.intends(me, newest);
        switch (kind) {
            case 0 -> way.putAll(parcels(count));
            case 1 -> offer(way);
            case 2 -> claim(way);
            default -> way.put(new Parcel(me, next));
        }
        log.hasDone(me, newest);
        next = newest + 1;
    }

    private List<Parcel> parcels(int count) {
        List<Parcel> parcels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parcels.add(new Parcel(me, next + i));
        }
        return parcels;
    }

    private void offer(Way way) throws InterruptedException {
        Parcel parcel = new Parcel(me, next);
        boolean added = false;
        while (!added) {
            added = way.offer(parcel, random.nextInt(200), TimeUnit.MICROSECONDS);
        }
    }

    private void claim(Way way) throws InterruptedException {
        byte[] bytes = new Parcel(me, next).bytes();
        if (random.nextBoolean()) {
            try (Claim aborted = way.claim(bytes.length)) {
                aborted.buffer().put(bytes, 0, bytes.length / 2);
            }
        }
        try (Claim claim = way.claim(bytes.length + random.nextInt(20))) {
            claim.buffer().put(bytes);
            claim.commit(bytes.length);
        }
    }

    /** The producers' side of a queue, or of a role. */
    private interface Way {

        void put(Parcel parcel) throws InterruptedException;

        boolean offer(Parcel parcel, long timeout, TimeUnit unit) throws InterruptedException;

        void putAll(List<Parcel> parcels) throws InterruptedException;

        Claim claim(int lengthBytes) throws InterruptedException;
    }

    private record Ordinary(IpcQueue<Parcel> queue) implements Way {

        @Override
        public void put(Parcel parcel) throws InterruptedException {
            queue.put(parcel);
        }

        @Override
        public boolean offer(Parcel parcel, long timeout, TimeUnit unit) throws InterruptedException {
            return queue.offer(parcel, timeout, unit);
        }

        @Override
        public void putAll(List<Parcel> parcels) throws InterruptedException {
            queue.putAll(parcels);
        }

        @Override
        public Claim claim(int lengthBytes) throws InterruptedException {
            return queue.claim(lengthBytes);
        }
    }

    private record Alone(ExclusiveProducer<Parcel> role) implements Way {

        @Override
        public void put(Parcel parcel) throws InterruptedException {
            role.put(parcel);
        }

        @Override
        public boolean offer(Parcel parcel, long timeout, TimeUnit unit) throws InterruptedException {
            return role.offer(parcel, timeout, unit);
        }

        @Override
        public void putAll(List<Parcel> parcels) throws InterruptedException {
            role.putAll(parcels);
        }

        @Override
        public Claim claim(int lengthBytes) throws InterruptedException {
            return role.claim(lengthBytes);
        }
    }
}
