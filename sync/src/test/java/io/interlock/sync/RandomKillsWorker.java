package io.interlock.sync;

import io.interlock.core.Segment;
import java.nio.file.Path;
import java.util.Random;

/**
 * Main class of the workers of {@link RandomKillsCrashIT}: uses every kind of object in turn, for ever or until told by
 * a word of the segment. It may be killed at any instruction.
 */
final class RandomKillsWorker {

    static final int WORKERS = 4;
    static final int ITEMS = 2;

    private final int me;
    private final Random random;
    private final Guarded plain;
    private final Guarded recursive;
    private final IpcSemaphore semaphore;
    private final IpcEvent event;
    private final Words rounds;
    private final Words stop;

    private RandomKillsWorker(Segment segment, int me, long seed) {
        this.me = me;
        this.random = new Random(seed);
        this.plain = new Guarded(segment, IpcLock.open(segment, "lock"));
        this.recursive = new Guarded(segment, IpcRLock.open(segment, "rlock"));
        this.semaphore = IpcSemaphore.open(segment, "semaphore");
        this.event = IpcEvent.open(segment, "event");
        this.rounds = Words.of(segment, "rounds-" + me);
        this.stop = Words.of(segment, "stop");
    }

    /** Arguments: the segment, the worker's number, its seed. */
    public static void main(String[] args) throws Exception {
        Segment segment = Segment.open(Path.of(args[0]));
        RandomKillsWorker worker =
                new RandomKillsWorker(segment, Integer.parseInt(args[1]), Long.parseLong(args[2]));
        System.out.println("ready");
        while (worker.stop.get() == 0) {
            worker.round();
        }
        System.out.println("done");
        System.exit(0);
    }

    private void round() throws InterruptedException {
        plain.count(me);
        permit();
        recursive.count(me);
        signalOrWait();
        (random.nextBoolean() ? plain : recursive).putOrTake(random.nextBoolean());
        rounds.set(rounds.get() + 1);
    }

    private void permit() throws InterruptedException {
        semaphore.acquire();
        pause();
        try {
            semaphore.release();
        } catch (IllegalStateException e) {
            // The supervisor has made up for a permit that was not lost.
            assert semaphore.availablePermits() <= semaphore.bound();
        }
    }

    private void signalOrWait() throws InterruptedException {
        switch (random.nextInt(3)) {
            case 0 -> event.set();
            case 1 -> event.clear();
            default -> event.await();
        }
    }

    /** Long enough to be killed in. */
    static void pause() {
        for (int i = 0; i < 200; i++) {
            Thread.onSpinWait();
        }
    }

    /**
     * A lock and what it guards: two words that are always equal, and equal to the sum of what each worker has counted;
     * and a number of items for which one can wait.
     */
    static final class Guarded {

        final IpcMutex lock;
        private final IpcCondition itemsThere;
        private final Words first;
        private final Words second;
        private final Words items;
        private final Words wrong;
        private final Words[] counted = new Words[WORKERS];

        Guarded(Segment segment, IpcMutex lock) {
            this.lock = lock;
            this.itemsThere = lock.condition("items");
            this.first = Words.of(segment, "first-" + lock.name());
            this.second = Words.of(segment, "second-" + lock.name());
            this.items = Words.of(segment, "items-" + lock.name());
            this.wrong = Words.of(segment, "wrong");
            for (int i = 0; i < WORKERS; i++) {
                counted[i] = Words.of(segment, "counted-" + lock.name() + "-" + i);
            }
            lock.onOwnerDeath(this::repair);
        }

        private long sum() {
            long sum = 0;
            for (Words words : counted) {
                sum += words.get();
            }
            return sum;
        }

        /** What each has counted is one store, and so never half done. */
        private void repair() {
            long sum = sum();
            first.set(sum);
            pause();
            second.set(sum);
        }

        /** Under the lock. */
        private void check() {
            if (first.get() != second.get() || first.get() != sum()) {
                wrong.set(wrong.get() + 1);
                throw new IllegalStateException(lock + ": " + first.get() + ", " + second.get() + ", " + sum());
            }
        }

        void count(int worker) {
            lock.lock();
            check();
            boolean again = lock instanceof IpcRLock;
            if (again) {
                lock.lock();
            }
            first.set(first.get() + 1);
            pause();
            counted[worker].set(counted[worker].get() + 1);
            pause();
            second.set(second.get() + 1);
            if (again) {
                lock.unlock();
            }
            lock.unlock();
        }

        void putOrTake(boolean put) throws InterruptedException {
            lock.lock();
            if (put) {
                items.set(items.get() + 1);
                pause();
                itemsThere.signal();
            } else {
                itemsThere.waitFor(() -> items.get() > 0);
                items.set(items.get() - 1);
                pause();
            }
            check();
            lock.unlock();
        }

        /** Lets somebody go on if all wait. */
        void putIfEmpty() {
            lock.run(() -> {
                if (items.get() == 0) {
                    items.set(ITEMS);
                    itemsThere.signal(ITEMS);
                }
            });
        }

        /** Fails unless the words are right; gives their value. */
        long verified() {
            lock.lock();
            check();
            long value = first.get();
            lock.unlock();
            return value;
        }

        int waiters() {
            return itemsThere.waiters();
        }
    }
}
