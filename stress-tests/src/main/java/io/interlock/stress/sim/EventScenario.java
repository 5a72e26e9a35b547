package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.robust.EventCount;
import io.interlock.sync.IpcEvent;
import java.util.concurrent.TimeUnit;

/** Processes that wait for an event which another one sets, clears and sets again: nobody misses it. */
final class EventScenario extends Scenario {

    private final int setting;
    private final int waiters;
    private final IpcEvent auditor;

    private EventScenario(World world) {
        super(world);
        Segment segment = world.auditor();
        auditor = IpcEvent.create(segment, "event");
        waiters = segment.directory().find(0, "event").offset() + Long.BYTES;
        setting = world.ghosts.add();
    }

    /**
     * One process sets the event, clears it and sets it again; the others wait, the last one of them for a limited time
     * if it is {@code timed}.
     */
    static EventScenario of(World world, int waiters, boolean timed) {
        EventScenario scenario = new EventScenario(world);
        scenario.add((me, event) -> {
            me.add(scenario.setting, 1);
            event.set();
            event.clear();
            event.set();
        });
        for (int i = 0; i < waiters; i++) {
            scenario.addWaiter(timed && i == waiters - 1);
        }
        return scenario;
    }

    private void addWaiter(boolean limited) {
        add((me, event) -> {
            if (limited ? event.await(1, TimeUnit.MILLISECONDS) : awaited(event)) {
                me.check(ghost(setting) > 0, () -> "came through before the event was set");
            }
        });
    }

    private static boolean awaited(IpcEvent event) throws InterruptedException {
        event.await();
        return true;
    }

    private void add(Use use) {
        IpcEvent[] event = new IpcEvent[1];
        VirtualProcess process = world.process(me -> use.run(me, event[0]));
        event[0] = IpcEvent.open(world.segment(process), "event");
    }

    /** What a process does with the event. */
    private interface Use {

        void run(VirtualProcess me, IpcEvent event) throws InterruptedException;
    }

    /** One process waits; the other one sets the event, and clears it at once if somebody is waiting already. */
    static EventScenario pulse(World world) {
        EventScenario scenario = new EventScenario(world);
        scenario.addWaiter(false);
        scenario.add((me, event) -> {
            me.add(scenario.setting, 1);
            boolean waiting = new EventCount(me.context(), scenario.waiters).waiters() > 0;
            event.set();
            if (waiting) {
                event.clear();
            }
        });
        return scenario;
    }

    /** If the setter was killed with the event clear. */
    @Override
    public boolean mayWait(VirtualProcess process) {
        return world.machine.hasKilled() && !auditor.isSet();
    }
}
