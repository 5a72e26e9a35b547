package io.interlock.stress.sim;

import io.interlock.core.Segment;
import io.interlock.memory.IpcLong;

/** Processes that change a shared number: each change has happened once, between two others, or not at all. */
final class ValueScenario extends Scenario {

    private static final String VALUE = "value";
    /** Values that a schedule may have. */
    private static final int VALUES = 16;

    private final IpcLong auditor;
    /** Bit sets of what was put there, and of what somebody found there. */
    private final int put;
    private final int found;
    private final int doing;

    private ValueScenario(World world) {
        super(world);
        auditor = IpcLong.create(world.auditor(), VALUE);
        put = world.ghosts.add();
        found = world.ghosts.add();
        doing = world.ghosts.add(4);
        world.ghosts.atStart(() -> world.ghosts.set(put, 1));
    }

    /** Changes the value, and returns what it was. */
    interface Change {

        long change(IpcLong value);
    }

    /** Adds one; all ways of doing so. */
    static final Change ADD = value -> value.getAndAdd(1);
    static final Change UPDATE = value -> value.updateAndGet(old -> old + 1) - 1;
    static final Change ACCUMULATE = value -> value.getAndAccumulate(1, Long::sum);
    static final Change LOCKED = value -> {
        value.getLock().lock();
        long was = plainly(value);
        value.getLock().unlock();
        return was;
    };

    /** Planted bug: nobody else is kept from coming between, unless under the lock. */
    static long plainly(IpcLong value) {
        long was = value.getPlain();
        value.setPlain(was + 1);
        return was;
    }

    /** Each process adds one so often, in its way: so nobody finds what another one has found. */
    static ValueScenario adding(World world, int times, Change... ways) {
        ValueScenario scenario = new ValueScenario(world);
        for (Change way : ways) {
            scenario.add((me, value) -> {
                for (int i = 0; i < times; i++) {
                    me.set(scenario.doing + me.index, 1);
                    long was = way.change(value);
                    scenario.changed(me, was, was + 1);
                }
            });
        }
        return scenario;
    }

    /** Each process puts numbers of its own there, so often: what was there one of them finds, but for the last one. */
    static ValueScenario swapping(World world, int processes, int times) {
        ValueScenario scenario = new ValueScenario(world);
        for (int p = 0; p < processes; p++) {
            int first = 1 + p * times;
            scenario.add((me, value) -> {
                for (long number = first; number < first + times; number++) {
                    me.set(scenario.doing + me.index, 1);
                    scenario.changed(me, value.getAndSet(number), number);
                }
            });
        }
        return scenario;
    }

    private void changed(VirtualProcess me, long was, long is) {
        me.note(() -> "found " + was);
        me.check(was >= 0 && was < VALUES, () -> "found " + was + ", which nobody put there");
        me.check((ghost(found) & 1L << was) == 0, () -> "found " + was + ", as somebody did before");
        me.set(found, ghost(found) | 1L << was);
        me.set(put, ghost(put) | 1L << is);
        me.set(doing + me.index, 0);
    }

    /** The handle is made anew each time, as it keeps the lock that it was asked for. */
    private void add(Use use) {
        Segment[] segment = new Segment[1];
        VirtualProcess process = world.process(me -> use.run(me, IpcLong.open(segment[0], VALUE)));
        segment[0] = world.segment(process);
    }

    /** What a process does with the value. */
    private interface Use {

        void run(VirtualProcess me, IpcLong value);
    }

    /** What is there now nobody has found; everything else somebody has, but for what the dead may have. */
    @Override
    public String judge() {
        long last = auditor.get();
        if (last < 0 || last >= VALUES || (ghost(found) & 1L << last) != 0) {
            return "the value is " + last + ", and was replaced before";
        }
        long lost = ghost(put) & ~ghost(found) & ~(1L << last);
        long doubtful = 0;
        for (VirtualProcess process : world.machine.processes) {
            doubtful += process.state == VirtualProcess.State.DEAD ? ghost(doing + process.index) : 0;
        }
        return Long.bitCount(lost) <= doubtful ? null
                : "the value is " + last + ", and changes are lost: " + Long.toBinaryString(lost);
    }
}
