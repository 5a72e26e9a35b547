package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.core.format.WaiterTableLayout;
import io.interlock.core.port.Mem;
import io.interlock.sync.IpcEvent;
import java.util.concurrent.TimeUnit;

/** Processes that wait for a condition, and others that signal it. */
final class ConditionScenario extends Scenario implements Machine.Watcher {

    private static final String COUNT = "count";

    private final MonitorKind kind;
    private final int count;
    /** Who waits and was not signalled; who perhaps does, since it may just have left. */
    private final int waiting;
    private final int perhapsWaiting;
    /** How many signals must have reached somebody, and have by the table; how many waits have ended with one. */
    private final int least;
    private final int marks;
    private final int signalled;
    private boolean counting;

    private ConditionScenario(World world, MonitorKind kind) {
        super(world);
        this.kind = kind;
        Segment auditor = world.auditor();
        kind.open(auditor.context(), auditor);
        IpcEvent.create(auditor, COUNT);
        count = auditor.directory().find(0, COUNT).offset();
        waiting = world.ghosts.add();
        perhapsWaiting = world.ghosts.add();
        least = world.ghosts.add();
        marks = world.ghosts.add();
        signalled = world.ghosts.add();
        int table = MonitorKind.table(auditor);
        world.machine.watch(table + WaiterTableLayout.CELLS_OFFSET, table + WaiterTableLayout.LAYOUT.lengthBytes(),
                this);
    }

    @Override
    public void changed(long before, long after, VirtualProcess by) {
        world.ghosts.set(marks, ghost(marks) + (isSignalled(after) && !isSignalled(before) ? 1 : 0));
    }

    private static boolean isSignalled(long cell) {
        return (cell >>> 30 & 3) == 2;
    }

    /** So many wait once each, the last of them for a limited time if {@code timed}; signals come one at a time. */
    static ConditionScenario exact(World world, MonitorKind kind, int waiters, int signals, boolean timed) {
        ConditionScenario scenario = new ConditionScenario(world, kind);
        if (timed) {
            world.machine.mayJumpOnce(TimeUnit.MILLISECONDS.toNanos(1));
        }
        for (int i = 0; i < waiters; i++) {
            boolean limited = timed && i == waiters - 1;
            scenario.add((me, monitor) -> scenario.waitOnce(me, monitor, limited));
        }
        scenario.addSignaller(signals);
        return scenario;
    }

    private void addSignaller(int times) {
        add((me, monitor) -> {
            for (int i = 0; i < times; i++) {
                monitor.lock();
                signals(me, 1);
                monitor.signal(1);
                monitor.unlock();
            }
        });
    }

    /** Two wait once each, of whom one may be interrupted: a signal that came first wins. There is one signal. */
    static ConditionScenario interrupted(World world, MonitorKind kind) {
        ConditionScenario scenario = new ConditionScenario(world, kind);
        scenario.add((me, monitor) -> scenario.waitOnce(me, monitor, false));
        scenario.add((me, monitor) -> {
            monitor.lock();
            me.add(scenario.perhapsWaiting, 1);
            int success = 1;
            try {
                monitor.await();
            } catch (InterruptedException e) {
                success = 0;
            }
            me.add(scenario.perhapsWaiting, -1);
            me.add(scenario.signalled, success);
            monitor.unlock();
        }).interruptOnce();
        scenario.addSignaller(1);
        return scenario;
    }

    /** So many wait once each, and one signals all of them, or two at once. */
    static ConditionScenario several(World world, MonitorKind kind, int waiters, int signals) {
        ConditionScenario scenario = new ConditionScenario(world, kind);
        for (int i = 0; i < waiters; i++) {
            scenario.add((me, monitor) -> scenario.waitOnce(me, monitor, false));
        }
        scenario.add((me, monitor) -> {
            monitor.lock();
            scenario.signals(me, signals);
            if (signals == Integer.MAX_VALUE) {
                monitor.signalAll();
            } else {
                monitor.signal(signals);
            }
            monitor.unlock();
        });
        return scenario;
    }

    /**
     * Each consumer waits until the count is not 0 and lowers it; each producer raises it and signals. A visitor only
     * locks and unlocks. Nobody waits for ever while the count is not 0.
     */
    static ConditionScenario counted(World world, MonitorKind kind, int consumers, int producers, int visitors) {
        ConditionScenario scenario = new ConditionScenario(world, kind);
        scenario.counting = true;
        for (int i = 0; i < consumers; i++) {
            scenario.add(scenario::consume);
        }
        for (int i = 0; i < producers; i++) {
            scenario.add((me, monitor) -> {
                monitor.lock();
                Mem mem = me.context().mem;
                mem.putLong(scenario.count, mem.getLong(scenario.count) + 1);
                monitor.signal(1);
                monitor.unlock();
            });
        }
        for (int i = 0; i < visitors; i++) {
            scenario.add((me, monitor) -> {
                monitor.lock();
                monitor.unlock();
            });
        }
        return scenario;
    }

    private void consume(VirtualProcess me, Monitor monitor) throws InterruptedException {
        Mem mem = me.context().mem;
        monitor.lock();
        while (mem.getLong(count) == 0) {
            monitor.await();
        }
        mem.putLong(count, mem.getLong(count) - 1);
        monitor.unlock();
    }

    /** The ghosts change under the lock: the wait frees it only when the waiter is in the table. */
    private void waitOnce(VirtualProcess me, Monitor monitor, boolean limited) throws InterruptedException {
        int whoWaits = limited ? perhapsWaiting : waiting;
        monitor.lock();
        me.add(whoWaits, 1);
        boolean success = true;
        if (limited) {
            success = monitor.await(1, TimeUnit.MILLISECONDS);
            me.add(perhapsWaiting, -1);
        } else {
            monitor.await();
        }
        me.add(signalled, success ? 1 : 0);
        monitor.unlock();
    }

    private void signals(VirtualProcess me, int count) {
        long given = Math.min(count, ghost(waiting));
        me.add(waiting, -given);
        me.add(least, Math.min(count - Math.min(count, ghost(perhapsWaiting)), given));
    }

    private VirtualProcess add(Use use) {
        Monitor[] monitor = new Monitor[1];
        VirtualProcess process = world.process(me -> use.run(me, monitor[0]));
        monitor[0] = kind.open(process.context(), world.segment(process));
        return process;
    }

    /** What a process does with the monitor. */
    private interface Use {

        void run(VirtualProcess me, Monitor monitor) throws InterruptedException;
    }

    @Override
    public boolean mayWait(VirtualProcess process) {
        return counting ? world.mem.getLong(count) == 0 : ghost(signalled) >= ghost(least) && ghost(signalled) == ghost(
                marks);
    }

    @Override
    public String judge() {
        boolean exact = ghost(signalled) == ghost(marks) && ghost(signalled) >= ghost(least);
        return counting || exact ? null : ghost(least) + " waiters had to be signalled, "
                + ghost(marks) + " were, and " + ghost(signalled) + " came back";
    }
}
