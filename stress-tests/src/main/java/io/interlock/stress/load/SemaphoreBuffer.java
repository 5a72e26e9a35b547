package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.History;
import io.interlock.stress.history.HistoryLog;
import io.interlock.stress.history.Linearizability;
import io.interlock.stress.history.LockModel;
import io.interlock.stress.history.QueueHistory;
import io.interlock.stress.history.SemaphoreModel;
import io.interlock.sync.IpcSemaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The bounded buffer with two semaphores and a lock. Permits that the dead had are gone, and nobody can tell whether
 * they had any: one of each kind is given back for each of the dead, and who finds that he has one too many drops it.
 */
public final class SemaphoreBuffer implements Workload {

    private static final int BUFFER = 0;
    private static final int LOCK = 1;
    private static final int EMPTY = 2;
    private static final int FILLED = 3;
    private static final int LONGEST_WAIT_MILLIS = 30;

    @Override
    public String name() {
        return "bounded-buffer";
    }

    @Override
    public void create(Segment segment) {
        Mutex.createLock(segment);
        Places.create(segment);
        IpcSemaphore.create(segment, "empty", Places.COUNT);
        IpcSemaphore.create(segment, "filled", 0);
    }

    @Override
    public Work open(Seat seat) {
        return new Exchange(seat);
    }

    @Override
    public void afterDeath(Segment segment, HistoryLog log) {
        release(IpcSemaphore.open(segment, "empty"), EMPTY, log);
        release(IpcSemaphore.open(segment, "filled"), FILLED, log);
    }

    private static void release(IpcSemaphore semaphore, int object, HistoryLog log) {
        int operation = log.begin(Action.RELEASE, object);
        semaphore.release();
        log.end(operation, 0);
    }

    @Override
    public void finish(Segment segment, HistoryLog log) throws InterruptedException {
        Places.open(segment).drain(log, BUFFER);
        takeAll(IpcSemaphore.open(segment, "empty"), EMPTY, log);
        takeAll(IpcSemaphore.open(segment, "filled"), FILLED, log);
    }

    /** So that the history has an opinion on how many are left. */
    private static void takeAll(IpcSemaphore semaphore, int object, HistoryLog log) {
        boolean acquired = true;
        while (acquired) {
            int operation = log.begin(Action.TRY_ACQUIRE, object);
            acquired = semaphore.tryAcquire();
            log.end(operation, acquired ? 1 : 0);
        }
    }

    @Override
    public Stream<String> judge(Segment segment, History history) {
        return Stream.of(
                Workload.about("the buffer", QueueHistory.check(history.of(BUFFER))),
                Workload.about("the lock", Linearizability.check(new LockModel(), history.of(LOCK))),
                Workload.about("semaphore empty",
                        Linearizability.check(new SemaphoreModel(Places.COUNT), history.of(EMPTY))),
                Workload.about("semaphore filled",
                        Linearizability.check(new SemaphoreModel(0), history.of(FILLED)))).flatMap(wrong -> wrong);
    }

    /** One producer or consumer. */
    private static final class Exchange implements Work {

        private final Seat seat;
        private final Mutex mutex;
        private final Places places;
        private final IpcSemaphore empty;
        private final IpcSemaphore filled;
        private int count;

        Exchange(Seat seat) {
            this.seat = seat;
            this.mutex = Mutex.lock(seat, LOCK, () -> {}); // what it guards is never in between
            this.places = Places.open(seat.segment());
            this.empty = IpcSemaphore.open(seat.segment(), "empty");
            this.filled = IpcSemaphore.open(seat.segment(), "filled");
        }

        @Override
        public boolean turn() throws InterruptedException {
            long result = seat.produces() ? seat.note(Action.PUT, BUFFER, seat.value(++count), this::put)
                    : seat.note(Action.TAKE, BUFFER, this::take);
            return result != Seat.WITHOUT_EFFECT;
        }

        private long put() throws InterruptedException {
            if (!acquire(empty, EMPTY)) {
                return Seat.WITHOUT_EFFECT;
            }
            mutex.lock();
            boolean isFull = places.isFull();
            if (!isFull) {
                places.put(seat.value(count));
                seat.linger();
            }
            mutex.unlock();
            if (!isFull) {
                release(filled, FILLED);
            }
            return isFull ? Seat.WITHOUT_EFFECT : 0;
        }

        private long take() throws InterruptedException {
            if (!acquire(filled, FILLED)) {
                return Seat.WITHOUT_EFFECT;
            }
            mutex.lock();
            boolean isEmpty = places.isEmpty();
            long item = isEmpty ? Seat.WITHOUT_EFFECT : places.take();
            seat.linger();
            mutex.unlock();
            if (!isEmpty) {
                release(empty, EMPTY);
            }
            return item;
        }

        private boolean acquire(IpcSemaphore semaphore, int object) throws InterruptedException {
            switch (seat.random().nextInt(4)) {
                case 0 -> {
                    return seat.note(Action.TRY_ACQUIRE, object, () -> semaphore.tryAcquire() ? 1 : 0) == 1;
                }
                case 1 -> {
                    long millis = seat.random().nextInt(LONGEST_WAIT_MILLIS);
                    return seat.note(Action.TRY_ACQUIRE, object,
                            () -> semaphore.tryAcquire(millis, TimeUnit.MILLISECONDS) ? 1 : 0) == 1;
                }
                default -> seat.note(Action.ACQUIRE, object, () -> {
                    semaphore.acquire();
                    return 0;
                });
            }
            return true;
        }

        private void release(IpcSemaphore semaphore, int object) throws InterruptedException {
            seat.note(Action.RELEASE, object, () -> {
                semaphore.release();
                return 0;
            });
        }
    }
}
