package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.port.Context;
import io.interlock.core.robust.EventCount;
import io.interlock.sync.IpcEvent;

/** A flag and an event count, in the block of an event: who waits for the flag does not miss that it is set. */
final class EventCountScenario extends Scenario {

    private static final int FLAG = 0;
    private static final int COUNT = 8;

    private final int block;

    /** One process sets the flag, by a volatile store or by one that may linger; the others wait. */
    EventCountScenario(World world, int waiters, boolean lingers) {
        super(world);
        Segment auditor = world.auditor();
        IpcEvent.create(auditor, "event");
        block = auditor.directory().find(0, "event").offset();
        world.process(me -> set(me.context(), lingers));
        for (int i = 0; i < waiters; i++) {
            world.process(me -> await(me.context()));
        }
    }

    private void set(Context context, boolean lingers) {
        if (lingers) {
            context.mem.putLongRelease(block + FLAG, 1);
        } else {
            context.mem.putLongVolatile(block + FLAG, 1);
        }
        new EventCount(context, block + COUNT).signalAll();
    }

    private void await(Context context) {
        EventCount count = new EventCount(context, block + COUNT);
        while (context.mem.getLongVolatile(block + FLAG) == 0) {
            long ticket = count.register();
            if (context.mem.getLongVolatile(block + FLAG) != 0) {
                count.cancel(ticket);
            } else {
                count.sleep(ticket, context.deadline(Long.MAX_VALUE), context.self.current(), false);
            }
        }
    }

    @Override
    public boolean mayWait(VirtualProcess process) {
        return world.mem.getLong(block + FLAG) == 0;
    }

    @Override
    public String judge() {
        int waiters = new EventCount(world.auditor().context(), block + COUNT).waiters();
        return world.machine.hasKilled() || waiters == 0 ? null : "nobody waits, and " + waiters + " are announced";
    }
}
