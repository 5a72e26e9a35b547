package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.robust.EventCount;
import io.interlock.sync.IpcEvent;
import java.util.concurrent.TimeUnit;

/**
 * Processes that wait for an event which another one sets, clears and sets again: nobody misses it, and nobody comes
 * through without it. Whether it is set, and was, is seen from its word.
 */
final class EventScenario extends Scenario implements Machine.Watcher {

    private static final String EVENT = "event";
    private static final long SET = 1;

    private final int state;
    private final int waiters;
    private final IpcEvent auditor;
    private final WeakEvent.Flaw flaw;
    /** For each process: whether the event was set at some moment of its wait, and clear at some moment. */
    private final int wasSet;
    private final int wasClear;

    private EventScenario(World world, WeakEvent.Flaw flaw) {
        super(world);
        this.flaw = flaw;
        Segment segment = world.auditor();
        auditor = IpcEvent.create(segment, EVENT);
        state = segment.directory().find(0, EVENT).offset();
        waiters = state + Long.BYTES;
        wasSet = world.ghosts.add(4);
        wasClear = world.ghosts.add(4);
        world.machine.watch(state, state + 1, this);
    }

    /**
     * One process sets the event, clears it and sets it again; the others wait, the last one of them for a limited time
     * if it is {@code timed}.
     */
    static EventScenario of(World world, int waiters, boolean timed) {
        return of(world, null, waiters, timed);
    }

    /** The same with a copy of the wait. */
    static EventScenario of(World world, WeakEvent.Flaw flaw, int waiters, boolean timed) {
        EventScenario scenario = new EventScenario(world, flaw);
        scenario.add((me, event) -> {
            event.set();
            event.clear();
            event.set();
        });
        for (int i = 0; i < waiters; i++) {
            scenario.addWaiter(timed && i == waiters - 1);
        }
        return scenario;
    }

    /** The same with one waiter, whose time may be over whenever it looks at the clock. */
    static EventScenario deadline(World world, WeakEvent.Flaw flaw) {
        world.machine.mayJumpOnce(TimeUnit.MILLISECONDS.toNanos(1));
        return of(world, flaw, 1, true);
    }

    /** One process waits; the other one sets the event, and clears it at once if somebody is waiting already. */
    static EventScenario pulse(World world) {
        return pulse(world, null);
    }

    /** The same with a copy of the wait. */
    static EventScenario pulse(World world, WeakEvent.Flaw flaw) {
        EventScenario scenario = new EventScenario(world, flaw);
        scenario.addWaiter(false);
        scenario.add((me, event) -> {
            boolean waiting = new EventCount(me.context(), scenario.waiters).waiters() > 0;
            event.set();
            if (waiting) {
                event.clear();
            }
        });
        return scenario;
    }

    private void addWaiter(boolean limited) {
        add((me, event) -> {
            long word = world.machine.memory.get(state, Long.BYTES);
            me.set(wasSet + me.index, word & SET);
            me.set(wasClear + me.index, ~word & SET);
            boolean through = await(me, event, limited ? 1 : Long.MAX_VALUE);
            me.note(() -> through ? "is through" : "gives up");
            me.check(!through || ghost(wasSet + me.index) == 1, () -> "came through, and the event was not set");
            me.check(through || ghost(wasClear + me.index) == 1, () -> "gave up, and the event was set all the time");
        });
    }

    private boolean await(VirtualProcess me, IpcEvent event, long millis) throws InterruptedException {
        if (flaw == null) {
            return event.await(millis, TimeUnit.MILLISECONDS);
        }
        return new WeakEvent(me.context(), state, waiters, flaw).await(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    public void changed(long before, long after, VirtualProcess by) {
        int mark = (after & SET) != 0 ? wasSet : wasClear;
        for (int process = 0; process < 4; process++) {
            world.ghosts.set(mark + process, 1);
        }
    }

    private void add(Use use) {
        IpcEvent[] event = new IpcEvent[1];
        VirtualProcess process = world.process(me -> use.run(me, event[0]));
        event[0] = IpcEvent.open(world.segment(process), EVENT);
    }

    /** What a process does with the event. */
    private interface Use {

        void run(VirtualProcess me, IpcEvent event) throws InterruptedException;
    }

    /** If the setter was killed with the event clear. */
    @Override
    public boolean mayWait(VirtualProcess process) {
        return world.machine.hasKilled() && !auditor.isSet();
    }
}
