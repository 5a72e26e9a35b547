package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.History;
import io.interlock.stress.history.HistoryLog;
import io.interlock.stress.history.Linearizability;
import io.interlock.stress.history.RegisterModel;
import java.util.stream.Stream;

/** The atomic operations of an {@code IpcLong}. */
public final class AtomicCounter implements Workload {

    private static final String NAME = "value";
    private static final int VALUE = 0;

    @Override
    public String name() {
        return "counter-atomic";
    }

    @Override
    public void create(Segment segment) {
        IpcLong.create(segment, NAME);
    }

    @Override
    public Work open(Seat seat) {
        IpcLong value = IpcLong.open(seat.segment(), NAME);
        return () -> {
            turn(seat, value);
            return true;
        };
    }

    private static void turn(Seat seat, IpcLong value) throws InterruptedException {
        long random = seat.random().nextInt(100);
        if (random < 50) {
            seat.note(Action.GET_AND_ADD, VALUE, random, () -> value.getAndAdd(random));
        } else if (random < 98) {
            long seen = seat.note(Action.GET, VALUE, value::get);
            seat.note(Action.COMPARE_AND_SET, VALUE, seen, random, () -> value.compareAndSet(seen, random) ? 1 : 0);
        } else {
            seat.note(Action.SET, VALUE, random, () -> {
                value.set(random);
                return 0;
            });
        }
    }

    @Override
    public void finish(Segment segment, HistoryLog log) {
        int operation = log.begin(Action.GET, VALUE);
        log.end(operation, IpcLong.open(segment, NAME).get());
    }

    @Override
    public Stream<String> judge(Segment segment, History history) {
        return Workload.about("the value", Linearizability.check(new RegisterModel(0), history.of(VALUE)));
    }
}
