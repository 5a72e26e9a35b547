package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.History;
import io.interlock.stress.history.HistoryLog;
import io.interlock.stress.history.Linearizability;
import io.interlock.stress.history.LockModel;
import io.interlock.stress.history.RegisterModel;
import java.util.stream.Stream;

/**
 * A number in two words under a lock: between the two stores the words differ, and whoever finds them so without having
 * been told of a death has been let in while somebody was inside.
 */
abstract class Counter implements Workload {

    private static final int LOCK = 0;
    private static final int VALUE = 1;

    /** Under an {@code IpcLock} with a hook that repairs. */
    public static final class UnderLock extends Counter {

        @Override
        public String name() {
            return "counter-lock";
        }

        @Override
        void createLock(Segment segment) {
            Mutex.createLock(segment);
        }

        @Override
        Mutex openLock(Seat seat, int object, Runnable repair) {
            return Mutex.lock(seat, object, repair);
        }
    }

    /** Under an {@code IpcRLock} whose owner asks and repairs. */
    public static final class UnderRLock extends Counter {

        @Override
        public String name() {
            return "counter-rlock";
        }

        @Override
        void createLock(Segment segment) {
            Mutex.createRLock(segment);
        }

        @Override
        Mutex openLock(Seat seat, int object, Runnable repair) {
            return Mutex.rlock(seat, object, repair);
        }
    }

    abstract void createLock(Segment segment);

    abstract Mutex openLock(Seat seat, int object, Runnable repair);

    @Override
    public void create(Segment segment) {
        createLock(segment);
        IpcLong.create(segment, "first");
        IpcLong.create(segment, "second");
    }

    @Override
    public Work open(Seat seat) {
        return new Counting(this, seat);
    }

    @Override
    public void finish(Segment segment, HistoryLog log) {
        int operation = log.begin(Action.GET, VALUE);
        log.end(operation, IpcLong.open(segment, "first").get());
    }

    @Override
    public Stream<String> judge(Segment segment, History history) {
        return Stream.concat(
                Workload.about("the lock", Linearizability.check(new LockModel(), history.of(LOCK))),
                Workload.about("the counter", Linearizability.check(new RegisterModel(0), history.of(VALUE))));
    }

    /** One worker. */
    private static final class Counting implements Work {

        private final Seat seat;
        private final Mutex mutex;
        private final IpcLong first;
        private final IpcLong second;

        Counting(Counter counter, Seat seat) {
            this.seat = seat;
            this.first = IpcLong.open(seat.segment(), "first");
            this.second = IpcLong.open(seat.segment(), "second");
            this.mutex = counter.openLock(seat, LOCK, this::repair);
        }

        @Override
        public boolean turn() throws InterruptedException {
            return seat.note(Action.GET_AND_ADD, VALUE, 1,
                    () -> mutex.acquire() ? increment() : Seat.WITHOUT_EFFECT) != Seat.WITHOUT_EFFECT;
        }

        private long increment() throws InterruptedException {
            long before = first.get();
            if (second.get() != before) {
                throw new IllegalStateException("nobody was said to have died, but the words are " + before + " and "
                        + second.get());
            }
            first.set(before + 1);
            seat.linger();
            second.set(before + 1);
            mutex.unlock();
            return before;
        }

        /** The first word is stored first, so what it says has happened. */
        private void repair() {
            second.set(first.get());
        }
    }
}
