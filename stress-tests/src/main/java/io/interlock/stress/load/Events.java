package io.interlock.stress.load;

import io.interlock.core.Segment;
import io.interlock.stress.history.Action;
import io.interlock.stress.history.EventModel;
import io.interlock.stress.history.History;
import io.interlock.stress.history.Linearizability;
import io.interlock.stress.history.TimedWaits;
import io.interlock.sync.IpcEvent;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An event that some set and clear, and for which others wait. */
public final class Events implements Workload {

    private static final String NAME = "event";
    private static final int EVENT = 0;
    private static final int LONGEST_WAIT_MILLIS = 30;

    @Override
    public String name() {
        return "event";
    }

    @Override
    public void create(Segment segment) {
        IpcEvent.create(segment, NAME);
    }

    @Override
    public Work open(Seat seat) {
        IpcEvent event = IpcEvent.open(seat.segment(), NAME);
        return seat.produces() ? () -> pulse(seat, event) : () -> await(seat, event);
    }

    private static boolean pulse(Seat seat, IpcEvent event) throws InterruptedException {
        seat.note(Action.SET, EVENT, () -> {
            event.set();
            return 0;
        });
        seat.linger();
        seat.note(Action.CLEAR, EVENT, () -> {
            event.clear();
            return 0;
        });
        return true;
    }

    private static boolean await(Seat seat, IpcEvent event) throws InterruptedException {
        seat.note(Action.IS_SET, EVENT, () -> event.isSet() ? 1 : 0);
        if (seat.random().nextInt(4) == 0) {
            long millis = seat.random().nextInt(LONGEST_WAIT_MILLIS);
            return seat.note(Action.AWAIT, EVENT, TimeUnit.MILLISECONDS.toNanos(millis),
                    () -> event.await(millis, TimeUnit.MILLISECONDS) ? 1 : 0) == 1;
        }
        return seat.note(Action.AWAIT, EVENT, () -> {
            event.await();
            return 1;
        }) == 1;
    }

    @Override
    public Stream<String> judge(Segment segment, History history) {
        return Stream.concat(
                Workload.about("the event", Linearizability.check(new EventModel(), history.of(EVENT))),
                Workload.about("the event", TimedWaits.check(history.of(EVENT))));
    }
}
