package io.interlock.stress.kill;

import io.interlock.core.Segment;
import io.interlock.sync.IpcEvent;

/** Sets an event for which a survivor sleeps, or waits for it beside that survivor. */
final class EventDeed extends ObjectDeed {

    private final boolean sets;
    private IpcEvent event;
    private Survivor<Boolean> survivor;
    private boolean set;

    EventDeed(boolean sets) {
        this.sets = sets;
    }

    @Override
    void prepare(Segment made) throws Exception {
        event = IpcEvent.create(made, "event");
        survivor = Survivor.asleep(() -> {
            event.await();
            return true;
        });
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
    void look(Where where) {
        set = event.isSet();
        check(set || !survivor.isDone(), "a waiter has returned from an event that is not set");
    }

    /** Once it is set nobody may have to help. */
    @Override
    Finding after(Fate fate) throws Exception {
        set |= fate == Fate.FINISHED;
        if (!set) {
            check(!survivor.isDone(), "a waiter has returned from an event that is not set");
            event.set();
        }
        check(survivor.result() && event.isSet(), "the event is not set");
        event.clear();
        check(!event.isSet(), "the event cannot be cleared");
        return new Finding(!sets ? "set() wakes the others" : set ? "it is set; waiters wake"
                : "it is not set; others set it", survivor);
    }
}
