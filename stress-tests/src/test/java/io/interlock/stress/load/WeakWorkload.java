package io.interlock.stress.load;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.memory.IpcQueue;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.History;
import io.interlock.stress.history.Linearizability;
import io.interlock.stress.history.LockModel;
import io.interlock.stress.history.RegisterModel;
import io.interlock.sync.IpcEvent;
import io.interlock.sync.IpcSemaphore;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Workloads with a planted weakness, which a round must see. */
abstract class WeakWorkload implements Workload {

    @Override
    public String name() {
        return getClass().getSimpleName();
    }

    @Override
    public int seats(SplittableRandom random) {
        return 2;
    }

    /** A counter that is read, then written. */
    public static final class CheckThenAct extends WeakWorkload {

        @Override
        public void create(Segment segment) {
            IpcLong.create(segment, "value");
        }

        @Override
        public Work open(Seat seat) {
            IpcLong value = IpcLong.open(seat.segment(), "value");
            return () -> seat.note(Action.GET_AND_ADD, 0, 1, () -> {
                long before = value.get();
                seat.linger();
                value.set(before + 1);
                return before;
            }) >= 0;
        }

        @Override
        public Stream<String> judge(Segment segment, History history) {
            return Linearizability.check(new RegisterModel(0), history.of(0)).stream();
        }
    }

    /** A lock that tells nobody of a death; the one who is killed has it nearly always. */
    public static final class NobodyIsTold extends WeakWorkload {

        private static final int LONG = 20;

        @Override
        public int seats(SplittableRandom random) {
            return 1;
        }

        @Override
        public void create(Segment segment) {
            Mutex.createLock(segment);
        }

        @Override
        public Work open(Seat seat) {
            Mutex mutex = Mutex.lock(seat, 1, () -> {});
            return () -> {
                seat.note(Action.LOCK, 0, () -> {
                    mutex.lock();
                    return 0;
                });
                for (int i = 0; i < LONG; i++) {
                    seat.linger();
                }
                return seat.note(Action.UNLOCK, 0, () -> {
                    mutex.unlock();
                    return 0;
                }) == 0;
            };
        }

        @Override
        public Stream<String> judge(Segment segment, History history) {
            return Linearizability.check(new LockModel(), history.of(0)).stream();
        }
    }

    /** A consumer that looks at the oldest item, and then takes it for the one that it removes. */
    public static final class LooksThenTakes extends WeakWorkload {

        private final QueueExchange sound = new QueueExchange.Messages();

        @Override
        public void create(Segment segment) {
            sound.create(segment);
        }

        @Override
        public int seats(SplittableRandom random) {
            return 4;
        }

        @Override
        public Work open(Seat seat) {
            IpcQueue<Long> queue = QueueExchange.queue(seat.segment());
            return seat.produces() ? sound.open(seat) : () -> seat.note(Action.TAKE, QueueExchange.QUEUE, () -> {
                Long first = queue.peek();
                seat.linger();
                return first == null || queue.poll() == null ? Seat.WITHOUT_EFFECT : first;
            }) != Seat.WITHOUT_EFFECT;
        }

        @Override
        public Stream<String> judge(Segment segment, History history) {
            return sound.judge(segment, history);
        }
    }

    /** A single permit that nobody gives back for the dead: the survivors wait for it for ever. */
    public static final class NobodyGivesBack extends WeakWorkload {

        @Override
        public void create(Segment segment) {
            IpcSemaphore.create(segment, "permit", 1);
        }

        @Override
        public Work open(Seat seat) {
            IpcSemaphore permit = IpcSemaphore.open(seat.segment(), "permit");
            return () -> {
                permit.acquire();
                seat.linger();
                permit.release();
                return true;
            };
        }

        @Override
        public Stream<String> judge(Segment segment, History history) {
            return Stream.empty();
        }
    }

    /** Its workers cannot make one, so none of them takes its seat. */
    public static final class CannotBegin extends WeakWorkload {

        CannotBegin(String unused) {
            assertNotNull(unused);
        }

        @Override
        public void create(Segment segment) {
            // nothing is used
        }

        @Override
        public Work open(Seat seat) {
            return () -> true;
        }

        @Override
        public Stream<String> judge(Segment segment, History history) {
            return Stream.empty();
        }
    }

    /** Waits for something that never comes. */
    public static final class Stuck extends WeakWorkload {

        @Override
        public void create(Segment segment) {
            IpcEvent.create(segment, "event");
        }

        @Override
        public Work open(Seat seat) {
            IpcEvent event = IpcEvent.open(seat.segment(), "event");
            return () -> {
                event.await();
                return true;
            };
        }

        @Override
        public Stream<String> judge(Segment segment, History history) {
            return Stream.empty();
        }
    }
}
