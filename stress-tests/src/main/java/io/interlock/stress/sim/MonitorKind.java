package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.port.Context;
import io.interlock.core.robust.RobustLock;
import io.interlock.sync.IpcLock;
import io.interlock.sync.IpcMutex;
import io.interlock.sync.IpcRLock;

/** How the processes of a scenario come to the lock "lock" and its condition "condition". */
@FunctionalInterface
interface MonitorKind {

    String CONDITION = "condition";

    Monitor open(Context context, Segment segment);

    MonitorKind LOCK = (context, segment) -> of(IpcLock.openOrCreate(segment, GuardKind.NAME));
    MonitorKind RLOCK = (context, segment) -> of(IpcRLock.openOrCreate(segment, GuardKind.NAME));

    private static Monitor of(IpcMutex lock) {
        return new Monitor.Shipped(lock, lock.condition(CONDITION));
    }

    /** A copy with a weakness, on a shipped plain lock. */
    static MonitorKind weak(WeakMonitor.Flaw flaw) {
        return weak(flaw, WeakTable.Flaw.NONE);
    }

    /** A copy whose signals have a weakness, on a shipped plain lock. */
    static MonitorKind weak(WeakTable.Flaw flaw) {
        return weak(WeakMonitor.Flaw.NONE, flaw);
    }

    private static MonitorKind weak(WeakMonitor.Flaw flaw, WeakTable.Flaw flawOfSignals) {
        return (context, segment) -> {
            IpcLock lock = IpcLock.openOrCreate(segment, GuardKind.NAME);
            lock.condition(CONDITION);
            return new WeakMonitor(context, lock, new RobustLock(context, GuardKind.block(segment), false),
                    table(segment), flaw, flawOfSignals);
        };
    }

    /** Where the table of waiters is. */
    static int table(Segment segment) {
        int lock = segment.directory().find(0, GuardKind.NAME).id();
        return segment.directory().find(lock, CONDITION).offset();
    }
}
