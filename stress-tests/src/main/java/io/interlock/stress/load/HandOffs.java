package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.History;
import io.interlock.stress.history.HistoryLog;
import io.interlock.stress.history.LockModel;
import io.interlock.stress.history.QueueHistory;
import io.interlock.sync.IpcCondition;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The bounded buffer with a lock and two conditions. Its lock is not written down, since waiting releases it in the
 * middle of an operation; {@link LockModel} is for the counters.
 */
abstract class HandOffs implements Workload {

    private static final String LOCK = "lock";
    private static final int BUFFER = 0;
    private static final int LONGEST_WAIT_MILLIS = 30;

    /** Conditions of an {@code IpcLock}. */
    public static final class UnderLock extends HandOffs {

        @Override
        public String name() {
            return "condition-lock";
        }

        @Override
        void createLock(Segment segment) {
            IpcLock.create(segment, LOCK);
        }

        @Override
        IpcMutex openLock(Segment segment) {
            return IpcLock.open(segment, LOCK);
        }
    }

    /** Conditions of an {@code IpcRLock}, which is held twice. */
    public static final class UnderRLock extends HandOffs {

        @Override
        public String name() {
            return "condition-rlock";
        }

        @Override
        void createLock(Segment segment) {
            IpcRLock.create(segment, LOCK);
        }

        @Override
        IpcMutex openLock(Segment segment) {
            return IpcRLock.open(segment, LOCK);
        }
    }

    abstract void createLock(Segment segment);

    abstract IpcMutex openLock(Segment segment);

    @Override
    public void create(Segment segment) {
        createLock(segment);
        Places.create(segment);
    }

    @Override
    public Work open(Seat seat) {
        return new Exchange(seat, openLock(seat.segment()));
    }

    @Override
    public void finish(Segment segment, HistoryLog log) {
        Places places = Places.open(segment);
        openLock(segment).run(() -> places.drain(log, BUFFER));
    }

    @Override
    public Stream<String> judge(Segment segment, History history) {
        return Workload.about("the buffer", QueueHistory.check(history.of(BUFFER)));
    }

    /** One producer or consumer. */
    private static final class Exchange implements Work {

        private final Seat seat;
        private final IpcMutex lock;
        private final IpcCondition notFull;
        private final IpcCondition notEmpty;
        private final Places places;
        private int count;

        Exchange(Seat seat, IpcMutex lock) {
            this.seat = seat;
            this.lock = lock;
            this.notFull = lock.condition("not-full");
            this.notEmpty = lock.condition("not-empty");
            this.places = Places.open(seat.segment());
        }

        @Override
        public boolean turn() throws InterruptedException {
            long result = seat.produces() ? seat.note(Action.PUT, BUFFER, seat.value(++count), this::put)
                    : seat.note(Action.TAKE, BUFFER, this::take);
            return result != Seat.WITHOUT_EFFECT;
        }

        private long put() throws InterruptedException {
            return locked(() -> {
                if (!await(notFull, () -> !places.isFull())) {
                    return Seat.WITHOUT_EFFECT;
                }
                places.put(seat.value(count));
                seat.linger();
                notEmpty.signal();
                return 0;
            });
        }

        private long take() throws InterruptedException {
            return locked(() -> {
                if (!await(notEmpty, () -> !places.isEmpty())) {
                    return Seat.WITHOUT_EFFECT;
                }
                long item = places.take();
                seat.linger();
                notFull.signal();
                return item;
            });
        }

        /** Under the lock, held once or twice. */
        private long locked(Seat.Call call) throws InterruptedException {
            try (var held = lock.hold()) {
                if (!(lock instanceof IpcRLock)) {
                    return call.call();
                }
                try (var again = lock.hold()) {
                    return call.call();
                }
            }
        }

        /** Mostly without a limit: then nothing but a signal, a death or the next signal ends the wait. */
        private boolean await(IpcCondition condition, BooleanSupplier predicate) throws InterruptedException {
            if (seat.random().nextInt(4) == 0) {
                return condition.waitFor(predicate, seat.random().nextInt(LONGEST_WAIT_MILLIS), TimeUnit.MILLISECONDS);
            }
            condition.waitFor(predicate);
            return true;
        }
    }
}
