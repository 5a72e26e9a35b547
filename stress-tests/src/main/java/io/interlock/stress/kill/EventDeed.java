package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.sync.IpcEvent;
import java.util.concurrent.TimeUnit;

/** Sets an event for which a survivor waits, or waits for it beside that survivor. */
final class EventDeed extends ObjectDeed {

    private final boolean sets;
    private IpcEvent event;
    private Survivor<Boolean> survivor;

    EventDeed(boolean sets) {
        this.sets = sets;
    }

    @Override
    void prepare(Segment made) {
        event = IpcEvent.create(made, "event");
        survivor = Survivor.begin(() -> event.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    void act(Segment opened, Stage stage) throws InterruptedException {
        IpcEvent mine = IpcEvent.open(opened, "event");
        if (sets) {
            stage.is("event-setting");
            mine.set();
        } else {
            stage.is("event-waiting");
            mine.await();
        }
    }

    @Override
    void meanwhile() {
        event.set();
    }

    @Override
    Finding after(Fate fate) throws Exception {
        boolean set = event.isSet();
        check(set || fate == Fate.DIED, "the event is not set");
        event.set();
        check(survivor.result(), "the event is set, and a waiter sleeps: " + event);
        event.clear();
        check(!event.isSet(), "the event cannot be cleared");
        String seen = !sets ? "set() wakes the others" : set ? "it is set; waiters wake"
                : "it is not set; others set it";
        return new Finding(seen, survivor.doneNanos());
    }
}
